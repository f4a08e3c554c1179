"""The open workspace: what bootstrap wires together and every use case takes as its first argument."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.bus import Bus
from app.kernel.clock import Clock

if TYPE_CHECKING:
    from app.engine.facts import Fired
    from app.events.fire_event import FireEvent
    from app.services.ports import Secrets, UnitsOfWork
    from app.services.views import WorkspaceInfo


@dataclass
class Workspace:
    """Ports and their adapters. Safe to use from any thread; a unit of work belongs to the thread that opened it.

    `submit` hands an event to the group-commit writer: the future is done after the commit. `hand_over` does the same
    for who would rather be called than wait: with the facts or with what was in the way, in the writer's thread, which
    all others wait for meanwhile. Both raise WorkspaceBusy while the workspace is being closed. `close` finishes what
    was accepted and lets go of the database. `backup` copies the workspace to a file while it is in use; `secrets` is
    this machine's place for the secret of the default local pair. `info` is replaced when the settings change.
    """

    info: WorkspaceInfo
    clock: Clock
    bus: Bus
    unit_of_work: UnitsOfWork
    submit: Callable[[FireEvent], Future[Fired]]
    hand_over: Callable[[FireEvent, Callable[[Fired | Exception], None]], None]
    close: Callable[[], None]
    backup: Callable[[Path], None]
    secrets: Secrets
