"""An error as words for a person: what is wrong, and what to do."""

from __future__ import annotations

from app.kernel.errors import InvalidInput, Problem, SwitchbackError
from app.ui.translation import shown, trn

_MOST = 4


def in_short(error: Exception) -> str:
    """What is wrong, without what to do; of an error that is not ours, its own words."""
    return shown(error.message) if isinstance(error, SwitchbackError) else str(error)


def at_once(problem: Problem) -> str:
    """A problem on one line: what is wrong and what to do."""
    return f"{shown(problem.message)} {shown(problem.hint)}".strip()


def in_words(error: Exception) -> str:
    """Message, then the problems (a few of many), then the hint; of an error that is not ours, its own words."""
    if not isinstance(error, SwitchbackError):
        return str(error)
    parts = [shown(error.message)]
    if isinstance(error, InvalidInput):
        said = [at_once(p) for p in error.problems if str(p.message) not in str(error.message)]
        parts += said[:_MOST]
        if len(said) > _MOST:
            parts.append(trn("And {n} more.", "And {n} more.", len(said) - _MOST))
    hint = shown(error.hint)
    if hint and not parts[-1].endswith(hint):
        parts.append(hint)
    return " ".join(parts)
