"""What a name may be: of a journey, an event, a client, a workspace."""

from __future__ import annotations

from app.kernel.errors import Problem
from app.kernel.said import said
from app.kernel.unseen import unseen

MAX_NAME = 200
"""Ours: names are shown whole in lists."""


def name_problem(name: str, missing: str, example: str) -> Problem | None:
    """What is wrong with a name, None where nothing is. `missing` is said where there is none, with an `example`."""
    if not name.strip():
        return Problem("empty", missing, "name", said("For example: {example}", example=example))
    if len(name) > MAX_NAME:
        message = said("The name has {n} characters.", n=len(name))
        return Problem("too_long", message, "name", said("Take at most {most}.", most=MAX_NAME))
    return None


def visible_name_problem(name: str, missing: str, example: str) -> Problem | None:
    """The same for a name that may have no characters that cannot be seen."""
    problem = name_problem(name, missing, example)
    if problem is None and (bad := unseen(name)):
        message = said("The name has a character that cannot be seen ({bad}).", bad=bad)
        problem = Problem("unseen", message, "name", said("Take it out."))
    return problem
