"""Which calls are for the window. Imports nothing dear: it stands before the first paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SUFFIX = ".journey"


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """What the window is to open. `workspace` None is the one that was open last; `files` are previewed for import."""

    workspace: str | None = None
    files: tuple[str, ...] = ()


def window_request(words: Sequence[str]) -> WindowRequest | None:
    """What the words ask of the window; None when they are for a verb (or wrong, which the verbs' parser says)."""
    workspace: str | None = None
    files: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--workspace":
            workspace = next(rest, None)
            if workspace is None:
                return None
        elif word.startswith("--workspace="):
            workspace = word.partition("=")[2]
        elif word.lower().endswith(SUFFIX) and not word.startswith("-"):
            files.append(word)
        else:
            return None
    return WindowRequest(workspace, tuple(files))
