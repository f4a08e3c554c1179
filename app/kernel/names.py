"""What a name may be: of a journey, an event, a client, a workspace."""

from __future__ import annotations

import re

from app.kernel.errors import Problem
from app.kernel.said import said
from app.kernel.unseen import unseen

MAX_NAME = 200
"""Ours: names are shown whole in lists."""

_BREAK = re.compile(r"\s*[\t-\r\x1c-\x1f\x85\u2028\u2029]\s*")


def one_line(text: str) -> str:
    """A name as it is kept: no spaces around it; a line break or a tab, which come with what is pasted, is a space."""
    return _BREAK.sub(" ", text).strip()


def readable(text: str) -> str:
    """A name that a file brings, on one line and without the characters that no name may have."""
    return "".join(each for each in one_line(text) if not unseen(each))


def name_problem(name: str, missing: str, example: str) -> Problem | None:
    """What is wrong with a name, None where nothing is. `missing` is said where there is none, with an `example`."""
    if not name.strip():
        return Problem("empty", missing, "name", said("For example: {example}", example=example))
    if len(name) > MAX_NAME:
        message = said("The name has {n} characters.", n=len(name))
        return Problem("too_long", message, "name", said("Take at most {most}.", most=MAX_NAME))
    if bad := unseen(name):
        message = said("The name has a character that cannot be seen ({bad}).", bad=bad)
        return Problem("unseen", message, "name", said("Take it out."))
    return None
