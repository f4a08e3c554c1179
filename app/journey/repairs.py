"""Ready mends of settings: small changes that a person would make, worked out from what is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.data_extensions.data_extension import DataExtension
from app.journey.personalise import token_for, tokens, unknown_names
from app.kernel.said import listed, said


@dataclass(frozen=True, slots=True)
class Repair:
    """The settings to change, and in a few words what that does."""

    settings: Mapping[str, Any]
    says: str


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like it, whatever the case; None where none is."""
    by_small = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_small, n=1, cutoff=0.6)
    return by_small[found[0]] if found else None


def right_names(settings: Mapping[str, Any], names: Sequence[str], schema: DataExtension | None) -> Repair | None:
    """Personalisation that asks for a field that there is not asks for the one that is most like it."""
    if schema is None:
        return None
    known = [field.name for field in schema.fields]
    changed: dict[str, Any] = {}
    used: dict[str, None] = {}
    for setting in names:
        text = settings.get(setting)
        if not isinstance(text, str):
            continue
        better = {name: found for name in unknown_names(text, schema) if (found := nearest(name, known))}
        mended = _replaced(text, better, schema)
        if mended != text:
            changed[setting] = mended
            used.update(dict.fromkeys(better.values()))
    return Repair(changed, said("Use {name}", name=listed(used))) if changed else None


def _replaced(text: str, better: Mapping[str, str], schema: DataExtension) -> str:
    pieces, at = [], 0
    for token in tokens(text, schema):
        if token.name in better:
            name = better[token.name]
            fallback = f" | {token.fallback}" if token.fallback is not None else ""
            pieces += [text[at : token.start], token_for(name + fallback)]
            at = token.end
    return "".join((*pieces, text[at:]))
