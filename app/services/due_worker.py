"""Leads contacts on in the background while a window or a server is open."""

from __future__ import annotations

import logging
import threading

from app.kernel.errors import SwitchbackError
from app.services.advance_due import advance_due
from app.services.end_pauses import end_pauses, over
from app.services.release_arrivals import release_arrivals
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks whether a wait is over: one indexed question."""

RETRY_SECONDS = 5.0
"""After the workspace was in the way."""


class DueWorker:
    """A thread that takes up due waits, arrivals that a pause had kept, and pauses whose days are over. Several
    processes may each have one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="due-waits", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the transaction that is under way; does nothing to one that was not started."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            pause = LOOK_SECONDS
            try:
                due, kept, ended = self._look()
                if ended:
                    end_pauses(self._workspace)
                if due:
                    advance_due(self._workspace)
                if kept:
                    release_arrivals(self._workspace)
            except SwitchbackError as error:
                _log.warning("due waits rest: %s", error.message)
                pause = RETRY_SECONDS
            except Exception:  # noqa: BLE001 - contacts must go on after whatever this was
                _log.exception("due waits could not be taken up")
                pause = RETRY_SECONDS
            self._stop.wait(pause)

    def _look(self) -> tuple[bool, bool, bool]:
        """Whether waits are over, whether arrivals wait that a pause had kept, and whether the days of a pause are
        over. Takes no lock: most of the time there is nothing to do."""
        with self._workspace.unit_of_work(writes=False) as work:
            due = work.stays.next_due()
            kept = work.stays.queued(1)
            ended = over(self._workspace, work)
        return due is not None and due <= self._workspace.clock.now(), bool(kept), bool(ended)
