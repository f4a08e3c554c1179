"""Files that must survive a power cut, and that nobody else may read."""

from __future__ import annotations

import os
from pathlib import Path


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read: a workspace holds contacts, and the key that signs tokens.

    SQLite gives the files that it keeps beside it the same permissions. Raises FileExistsError.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Return when the file, or the names in the folder, are on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # Windows syncs only what it may write
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
