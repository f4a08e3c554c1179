"""Where the files of the program are: `resources/` of a checkout, `app/_resources` of an installed wheel."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def resources_root() -> Traversable:
    """The folder that holds icons, styles, examples and help."""
    packed = resources.files("app") / "_resources"
    if packed.is_dir():
        return packed
    return Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Traversable:
    """One file or folder, `resource("icons", "wait.svg")`; it may not exist."""
    return resources_root().joinpath(*parts)


def resource_text(*parts: str) -> str:
    """The text of one file (UTF-8). Raises FileNotFoundError with the path when the installation lacks it."""
    return resource(*parts).read_text("utf-8")
