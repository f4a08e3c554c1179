"""The one place where ports meet their adapters. Dear imports happen inside functions, after the first paint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.bus import Bus
from app.kernel.clock import Clock, SystemClock
from app.services.workspace import Workspace

if TYPE_CHECKING:
    from app.cli.tools import PictureStyle, ServeRequest
    from app.cli.window import WindowRequest
    from app.journey.context import JourneyContext
    from app.journey.journey import Journey


def open_workspace(location: str | None = None, *, clock: Clock | None = None, background: bool = False) -> Workspace:
    """Open the workspace at `location`, or make it: a path, a `postgresql://` URL, or None for the default file in the
    platform's data folder.

    `background` also starts what a running app or server does by itself: hearing what other processes write, leading
    contacts on when their wait is over, and calling what REST activities call. Raises a WorkspaceError that says what
    to do; a file that cannot be opened is left as it was. Close it when done.
    """
    from app.outbound.http_caller import HttpCaller
    from app.services.call_worker import CallWorker
    from app.services.due_worker import DueWorker
    from app.storage.location import read_location
    from app.storage.secrets import LocalSecrets
    from app.storage.workspace import StoredWorkspace
    from app.storage.writer import Writer

    clock = clock or SystemClock()
    bus = Bus()
    stored = StoredWorkspace(read_location(location), bus, clock.now())
    writer = Writer(stored.engine, clock, bus)

    def close() -> None:
        due.stop()
        caller.close()
        calls.stop()
        writer.close()
        stored.close()

    workspace = Workspace(
        info=stored.info(),
        clock=clock,
        bus=bus,
        unit_of_work=stored.unit_of_work,
        submit=writer.submit,
        hand_over=writer.hand_over,
        close=close,
        backup=stored.backup,
        secrets=LocalSecrets(),
    )
    due = DueWorker(workspace)
    caller = HttpCaller()
    calls = CallWorker(workspace, caller)
    if background:
        stored.watch()
        due.start()
        calls.start()
    return workspace


def run_verb(words: Sequence[str]) -> int:
    """Run a verb of the command line; the exit status."""
    from app import __version__
    from app.cli.run import run
    from app.cli.tools import Tools

    return run(words, Tools(open_workspace, _serve, _write_picture, _log_file, __version__))


def run_window(request: WindowRequest) -> int:
    """Show the window until it is closed; the exit status, 2 where there is no screen or Qt cannot start."""
    if not _has_screen():
        return _complain("There is no screen here. The verbs work without one: switchback --help lists them.")
    try:
        from app.ui.app import run
    except ImportError as missing:
        if missing.name and missing.name.partition(".")[0] == "app":
            raise
        return _complain(
            f"The window cannot start: {missing}. On Debian and Ubuntu python3 packaging/run.py installs it."
        )
    return run(
        lambda location: open_workspace(location, background=True),
        request.workspace,
        request.files,
        _serve_command(),
    )


def _serve(workspace: Workspace, request: ServeRequest, say: Callable[[str], None]) -> int:
    from app.api.server import ServeOptions, serve

    options = ServeOptions(
        request.host,
        request.port,
        request.credentials,
        request.expose,
        request.ends_with_stdin,
        request.calls_per_second,
    )
    return serve(workspace, options, say)


def _write_picture(journey: Journey, context: JourneyContext, path: Path, style: PictureStyle) -> None:
    # Before Qt is imported: a picture needs no screen, and must not look for one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.ui.picture import Look, write_picture

    look = Look(dark=style.dark, transparent=style.transparent, scale=style.scale, only=style.only)
    write_picture(journey, context, path, look)


def _serve_command() -> list[str]:
    """The command for the window's own server. A frozen program is its own interpreter."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "app"]
    return [*program, "serve", "--until-stdin-ends"]


def _has_screen() -> bool:
    """Elsewhere than on Linux there is one; a platform that was asked for by name needs none."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in asked)


def _log_file() -> Path:
    from platformdirs import user_log_path

    return user_log_path("switchback", appauthor=False) / "switchback.log"


def _complain(message: str) -> int:
    sys.stderr.write(f"switchback: {message}\n")
    return 2
