"""The one place where ports meet their adapters. Dear imports happen inside functions, after the first paint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.bus import Bus
from app.kernel.clock import Clock, SystemClock
from app.services.workspace import Workspace

if TYPE_CHECKING:
    from app.cli.tools import ServeRequest
    from app.cli.window import WindowRequest


def open_workspace(location: str | None = None, *, clock: Clock | None = None, background: bool = False) -> Workspace:
    """Open the workspace at `location`, or make it: a path, a `postgresql://` URL, or None for the default file in the
    platform's data folder.

    `background` also starts what a running app or server does by itself: hearing what other processes write, and
    leading contacts on when their wait is over. Raises a WorkspaceError that says what to do; a file that cannot be
    opened is left as it was. Close it when done.
    """
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
        writer.close()
        stored.close()

    workspace = Workspace(
        info=stored.info(),
        clock=clock,
        bus=bus,
        unit_of_work=stored.unit_of_work,
        submit=writer.submit,
        close=close,
        backup=stored.backup,
        secrets=LocalSecrets(),
    )
    due = DueWorker(workspace)
    if background:
        stored.watch()
        due.start()
    return workspace


def run_verb(words: Sequence[str]) -> int:
    """Run a verb of the command line; the exit status."""
    from app import __version__
    from app.cli.run import run
    from app.cli.tools import Tools

    return run(words, Tools(open_workspace, _serve, _log_file, __version__))


def run_window(request: WindowRequest) -> int:
    """Show the window; the exit status. Files that cannot be previewed are said in the window."""
    from app.ui.app import run

    def open_for_window(location: str | None) -> Workspace:
        return open_workspace(location, background=True)

    # The same interpreter and the same program, as a child that ends when the window's end of its input does.
    serve = [sys.executable, "-m", "app", "serve", "--until-stdin-ends"]
    return run(open_for_window, request.workspace, request.files, serve)


def _serve(workspace: Workspace, request: ServeRequest, say: Callable[[str], None]) -> int:
    from app.api.server import ServeOptions, serve

    options = ServeOptions(request.host, request.port, request.credentials, request.expose, request.ends_with_stdin)
    return serve(workspace, options, say)


def _log_file() -> Path:
    from platformdirs import user_log_path

    return user_log_path("switchback", appauthor=False) / "switchback.log"
