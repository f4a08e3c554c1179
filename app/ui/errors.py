"""An error as words for a person: what is wrong, and what to do."""

from __future__ import annotations

from app.kernel.errors import InvalidInput, SwitchbackError
from app.ui.translation import shown, trn

_MOST = 4


def in_words(error: SwitchbackError) -> str:
    """Message, then the problems (a few of many), then the hint."""
    parts = [shown(error.message)]
    if isinstance(error, InvalidInput):
        said = [f"{shown(p.message)} {shown(p.hint)}".strip() for p in error.problems if p.message != error.message]
        parts += said[:_MOST]
        if len(said) > _MOST:
            parts.append(trn("And {n} more.", "And {n} more.", len(said) - _MOST))
    if error.hint:
        parts.append(shown(error.hint))
    return " ".join(parts)
