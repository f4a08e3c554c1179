"""Makes the calls of REST activities in the background while a window or a server is open."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from app.kernel.errors import SwitchbackError
from app.services.advance_due import advance_due
from app.services.call_due import AT_ONCE, call_due
from app.services.calls import MakeCall
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks whether a call is due: one indexed question over calls that wait."""

RETRY_SECONDS = 5.0
"""After the workspace was in the way."""


class CallWorker:
    """A thread that makes calls that are due, in a pool. Several processes may each have one: each call is made by
    exactly one of them, unless that one dies in the middle."""

    def __init__(self, workspace: Workspace, make: MakeCall) -> None:
        self._workspace = workspace
        self._make = make
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rest-calls", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the calls that are under way, which whoever made `make` can break off."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rest-call") as pool:
            while not self._stop.is_set():
                self._stop.wait(self._look(pool))

    def _look(self, pool: ThreadPoolExecutor) -> float:
        """Make what is due; how long to rest then, in seconds."""
        try:
            if self._due() and call_due(self._workspace, self._make, pool.map):
                advance_due(self._workspace)
                return 0.0
        except SwitchbackError as error:
            _log.warning("calls of custom activities rest: %s", error.message)
            return RETRY_SECONDS
        except Exception:  # noqa: BLE001 - calls must go on after whatever this was
            _log.exception("calls of custom activities could not be made")
            return RETRY_SECONDS
        return LOOK_SECONDS

    def _due(self) -> bool:
        """Whether a call is due. Takes no lock: most of the time there is none."""
        with self._workspace.unit_of_work(writes=False) as work:
            due = work.calls.next_due()
        return due is not None and due <= self._workspace.clock.now()
