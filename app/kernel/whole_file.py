"""Writing files whole or not at all: whatever fails on the way, what was there before stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A fresh file beside `path` to be written to, which takes its place in one step at the end. After an exception it
    is gone, and `path` is as it was. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:100]}.")
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        fresh.chmod(_mode(path))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """All of `content`, or what was there. Raises OSError."""
    if path.exists() and not path.is_file():  # a pipe or a device: there is nothing to replace
        path.write_bytes(content)
        return
    with replacing(path) as fresh:
        fresh.write_bytes(content)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or what a new file gets here."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
