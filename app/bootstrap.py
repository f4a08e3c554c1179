"""The one place where ports meet their adapters. Dear imports happen inside functions, after the first paint."""

from __future__ import annotations

from app.kernel.bus import Bus
from app.kernel.clock import Clock, SystemClock
from app.services.workspace import Workspace


def open_workspace(location: str | None = None, *, clock: Clock | None = None, background: bool = False) -> Workspace:
    """Open the workspace at `location`, or make it: a path, a `postgresql://` URL, or None for the default file in the
    platform's data folder.

    `background` also starts what a running app or server does by itself: hearing what other processes write. Raises
    a WorkspaceError that says what to do; a file that cannot be opened is left as it was. Close it when done.
    """
    from app.storage.location import read_location
    from app.storage.secrets import LocalSecrets
    from app.storage.workspace import StoredWorkspace
    from app.storage.writer import Writer

    clock = clock or SystemClock()
    bus = Bus()
    stored = StoredWorkspace(read_location(location), bus, clock.now())
    writer = Writer(stored.engine, clock, bus)

    def close() -> None:
        writer.close()
        stored.close()

    if background:
        stored.watch()
    return Workspace(
        info=stored.info(),
        clock=clock,
        bus=bus,
        unit_of_work=stored.unit_of_work,
        submit=writer.submit,
        close=close,
        backup=stored.backup,
        secrets=LocalSecrets(),
    )
