"""The Event Definition Key: what the API call names. Its rules, and a key to propose where one is wrong.

Rules: 1 to 200 characters, unique, no period (the original warns of one); letters, digits, `-` and `_` (reference, 9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from app.kernel.errors import Problem
from app.kernel.ids import new_guid
from app.kernel.said import listed, said

MAX_LENGTH = 200
FIELD = "key"
"""The place that problems of a key name."""

_OTHER = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)
# Letters that do not come apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "Ł": "L"}
)


def propose_key() -> str:
    """A new key in the original's form, `APIEvent-` and a guid."""
    return f"APIEvent-{new_guid()}"


def mend_key(text: str) -> str:
    """The nearest key that is allowed: accents dropped, anything else that is not allowed turned into one dash."""
    plain = (
        normalize("NFD", text.translate(_LETTERS)).encode("ascii", "ignore").decode() if text.isprintable() else text
    )
    kept = _OTHER.sub("-", plain).strip("-")[:MAX_LENGTH].strip("-")
    return kept or propose_key()


def check_key(key: str, taken: Callable[[str], bool]) -> tuple[Problem, ...]:
    """What is wrong with a key; each problem's hint proposes one that passes. `taken` says whether another event of
    the workspace has a key."""
    if not key:
        return (_problem("empty", said("The Event Definition Key is empty."), free_key(propose_key(), taken)),)
    mended = free_key(mend_key(key), taken)
    problems = []
    if "." in key:
        problems.append(
            _problem(
                "period",
                said(
                    "A period is not allowed in the Event Definition Key: it would break bindings such as "
                    '{{Event.key."Field"}}.'
                ),
                mended,
            )
        )
    others = sorted({c for c in key if _OTHER.match(c)} - {"."})
    if others:
        named = listed(_named(c) for c in others[:5])
        problems.append(
            _problem(
                "characters",
                said(
                    "The Event Definition Key contains {named}; only letters A-Z, digits, - and _ are allowed.",
                    named=named,
                ),
                mended,
            )
        )
    if len(key) > MAX_LENGTH:
        problems.append(
            _problem(
                "too_long",
                said(
                    "The Event Definition Key has {n} characters; at most {max_length} fit.",
                    n=len(key),
                    max_length=MAX_LENGTH,
                ),
                mended,
            )
        )
    if not problems and taken(key):
        problems.append(_problem("taken", said("Another event has the key {key}.", key=key), mended))
    return tuple(problems)


def free_key(key: str, taken: Callable[[str], bool]) -> str:
    """`key`, or `key-2`, `key-3`, ... whichever is the first that is not taken."""
    candidate, number = key, 1
    while taken(candidate):
        number += 1
        ending = f"-{number}"
        candidate = key[: MAX_LENGTH - len(ending)] + ending
    return candidate


def _named(character: str) -> str:
    if character == " ":
        return said("a space")
    return character if character.isprintable() else said("an invisible character")


def _problem(code: str, message: str, proposal: str) -> Problem:
    return Problem(f"key_{code}", message, FIELD, said("For example: {proposal}", proposal=proposal))
