"""Ids that grow with time, so that inserts stay at the end of their trees.

A guid is a version 7 UUID (RFC 9562, section 5.7): 48 bits of milliseconds, then a counter and chance.
"""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0
_chance: list[int] = []
if hasattr(os, "register_at_fork"):
    # A child process must not draw what its parent draws.
    os.register_at_fork(after_in_child=_chance.clear)


def new_guid() -> str:
    """A new guid as 36 lower-case characters; each sorts after all that this process made before."""
    global _last
    stamp = time.time_ns() // 1_000_000
    with _lock:
        if not _chance:
            # Many at once: each question to the system lets another thread in, which then keeps the interpreter.
            drawn = os.urandom(10 * 256)
            _chance.extend(int.from_bytes(drawn[at : at + 10], "big") for at in range(0, len(drawn), 10))
        chance = _chance.pop()
        fresh = (stamp << 80) | (0x7 << 76) | ((chance >> 4) & ((1 << 76) - 1))
        # Two in the same millisecond: count on from the last one, so that order is kept within the process.
        if fresh <= _last:
            fresh = _last + 1 + (chance & 0xFFFF)
        _last = fresh
    value = fresh & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_field_id() -> str:
    """A new id for a field of a data extension: `f_` and 16 hexadecimal digits, unique in every workspace.

    It is also the physical name of the field's column: no user's text is ever an identifier.
    """
    return f"f_{os.urandom(8).hex()}"
