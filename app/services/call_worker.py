"""Makes the calls of REST activities in the background while a window or a server is open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from app.services.advance_due import advance_due
from app.services.call_due import AT_ONCE, call_due
from app.services.calls import MakeCall
from app.services.worker import LOOK_SECONDS, Worker
from app.services.workspace import Workspace


class CallWorker(Worker):
    """Makes calls that are due, in a pool. Several processes may each have one: each call is made by exactly one of
    them, unless that one dies in the middle."""

    def __init__(self, workspace: Workspace, make: MakeCall) -> None:
        super().__init__("rest-calls", "calls of custom activities")
        self._workspace = workspace
        self._make = make
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rest-call")  # no thread before the first call

    def stop(self) -> None:
        """End after the calls that are under way, which whoever made `make` can break off."""
        super().stop()
        self._pool.shutdown()

    def look(self) -> float:
        """Calls, and then what waited for their answers; no rest while there may be more."""
        if self._due() and call_due(self._workspace, self._make, self._pool.map):
            advance_due(self._workspace)
            return 0.0
        return LOOK_SECONDS

    def _due(self) -> bool:
        """Whether a call is due. Takes no lock: most of the time there is none."""
        with self._workspace.unit_of_work(writes=False) as work:
            due = work.calls.next_due()
        return due is not None and due <= self._workspace.clock.now()
