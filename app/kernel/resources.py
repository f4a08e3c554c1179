"""Where the files of the program are: `resources/` of a checkout, `app/_resources` of an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def resources_root() -> Traversable:
    """The folder that holds icons, styles, examples and help."""
    here = Path(__file__).resolve()
    for folder in (here.parents[1] / "_resources", here.parents[2] / "resources"):
        if folder.is_dir():
            return folder
    # Inside an archive there are no folders. Imported here: it loads zipfile and more, which the first paint would pay.
    from importlib import resources

    return resources.files("app") / "_resources"


def resource(*parts: str) -> Traversable:
    """One file or folder, `resource("icons", "wait.svg")`; it may not exist."""
    return resources_root().joinpath(*parts)


def resource_text(*parts: str) -> str:
    """The text of one file (UTF-8). Raises FileNotFoundError with the path when the installation lacks it."""
    return resource(*parts).read_text("utf-8")
