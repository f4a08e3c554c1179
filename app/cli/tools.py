"""What `bootstrap` hands to the command line, because it may not import it: the workspace, the server, the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.kernel.errors import NotFound

if TYPE_CHECKING:
    from app.journey.context import JourneyContext
    from app.journey.journey import Journey
    from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ServeRequest:
    """Where and for whom to serve; `port` 0 takes a free one, `credentials` None the workspace's own local pair.

    `expose` allows an address that other computers reach. `ends_with_stdin`: stop when the standard input ends.
    `calls_per_second` bounds each client; None sets no limit.
    """

    host: str
    port: int
    credentials: tuple[str, str] | None
    expose: bool
    ends_with_stdin: bool
    calls_per_second: float | None = None


class OpenWorkspace(Protocol):
    """Opens a workspace: a path, a URL, or None for the default file."""

    def __call__(self, location: str | None, *, background: bool = False) -> Workspace:
        """The workspace. Raises InvalidInput or a WorkspaceError. `background` also starts what runs by the clock."""
        ...


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How a picture looks: `scale` counts for PNG (1 is a pixel for a pixel of the canvas at 100 %), `only` are the
    keys of the tiles to draw, all of them where it is empty."""

    dark: bool = False
    transparent: bool = False
    scale: float = 2.0
    only: frozenset[str] = frozenset()


class WritePicture(Protocol):
    """Draws a journey as PNG, SVG or PDF, by the ending of the path."""

    def __call__(self, journey: Journey, context: JourneyContext, path: Path, style: PictureStyle) -> None:
        """Raises InvalidInput where the file cannot be written."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The adapters behind the verbs.

    `serve` runs until it is told to stop, says one line with its address, and gives the exit status; `log_file` gives
    where faults of the program are written.
    """

    open_workspace: OpenWorkspace
    serve: Callable[[Workspace, ServeRequest, Callable[[str], None]], int]
    write_picture: WritePicture
    log_file: Callable[[], Path]
    version: str


def open_existing(tools: Tools, location: str | None) -> Workspace:
    """The workspace for a verb that reads: a path without a file is a mistyped one, and no workspace is made there.

    Raises NotFound, and what opening raises. The default workspace (None) is made when it is missing.
    """
    if location is not None and "://" not in location and not Path(location).expanduser().exists():
        raise NotFound(
            f"There is no workspace {location}.",
            where="--workspace",
            hint="Check the path. switchback import and switchback serve make a workspace where there is none.",
        )
    return tools.open_workspace(location)
