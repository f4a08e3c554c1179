"""Reading and writing the files that are named on the command line."""

from __future__ import annotations

import os
from pathlib import Path

from app.exchange.json_text import LARGEST_FILE
from app.kernel.errors import NotFound, UserError
from app.kernel.whole_file import write_whole


def read_file(path: Path) -> bytes:
    """The file's content. Raises NotFound or UserError with what to do."""
    try:
        if os.path.isdir(path):
            raise UserError(f"{path} is a folder.", hint="Name a file in it.")
        with path.open("rb") as file:
            # One byte more than is read anyway: whoever reads it says that it is too large.
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise NotFound(
            f"There is no file {path}.", hint="Check the path; it is read from the current folder."
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {_reason(error)}.", hint="Check its permissions.") from None


def check_target(path: Path) -> None:
    """See before the work that a file can be written there. Raises UserError."""
    folder = path.absolute().parent
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder.", hint="Name a file in it.")
    if not os.path.isdir(folder):
        raise UserError(f"There is no folder {folder}.", hint="Make it first, or choose another one.")


def write_file(path: Path, content: bytes) -> None:
    """Write the whole file, or leave what was there: it is put in place in one step. Raises UserError."""
    check_target(path)
    try:
        write_whole(path, content)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {_reason(error)}.", hint="Choose another folder.") from None


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
