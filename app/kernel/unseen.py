"""Characters that have no place in a name: nobody sees them, and some turn what is around them."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows, also of the words around a name."""


def unseen(text: str) -> str:
    """The first character of a text that no name on one line may have, as "U+202E"; "" where there is none.

    Joiners stay: emoji and several scripts are written with them.
    """
    for each in text:
        if each in _TURNING or unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp"):
            return f"U+{ord(each):04X}"
    return ""
