"""Problems as JSON text: plain English for whoever reads the file, and beside it what a window says anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from app.kernel.errors import Problem, Severity
from app.kernel.said import Said, bare, beside, from_parts


def problems_to_json(problems: Sequence[Problem]) -> str:
    """A list of objects with the members of a problem; `parts` has what its message and hint were made of."""
    return msgspec.json.encode([_to_object(each) for each in problems], enc_hook=bare).decode()


def problems_from_json(text: str | None) -> tuple[Problem, ...]:
    """What `problems_to_json` wrote, also before it wrote parts; none for None."""
    return tuple(_from_object(each) for each in msgspec.json.decode(text)) if text else ()


def _to_object(problem: Problem) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(problem, enc_hook=bare)
    texts = {"message": problem.message, "hint": problem.hint}
    parts = {name: beside(text) for name, text in texts.items() if isinstance(text, Said)}
    return found | {"parts": parts} if parts else found


def _from_object(found: Mapping[str, Any]) -> Problem:
    parts = found.get("parts", {})
    texts = {
        name: from_parts({"text": found[name], **parts[name]}) if name in parts else found[name]
        for name in ("message", "hint")
    }
    return Problem(found["code"], texts["message"], found["where"], texts["hint"], Severity(found["severity"]))
