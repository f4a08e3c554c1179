"""Leads contacts on in the background while a window or a server is open."""

from __future__ import annotations

from app.services.advance_due import advance_due
from app.services.end_pauses import end_pauses, over
from app.services.release_arrivals import release_arrivals
from app.services.worker import LOOK_SECONDS, Worker
from app.services.workspace import Workspace


class DueWorker(Worker):
    """Takes up due waits, arrivals that a pause had kept, and pauses whose days are over. Several processes may each
    have one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("due-waits", "due waits")
        self._workspace = workspace

    def look(self) -> float:
        """What is over, in the order in which one lets another go on."""
        due, kept, ended = self._waiting()
        if ended:
            end_pauses(self._workspace)
        if due:
            advance_due(self._workspace)
        if kept:
            release_arrivals(self._workspace)
        return LOOK_SECONDS

    def _waiting(self) -> tuple[bool, bool, bool]:
        """Whether waits are over, whether arrivals wait that a pause had kept, and whether the days of a pause are
        over. Takes no lock: most of the time there is nothing to do."""
        with self._workspace.unit_of_work(writes=False) as work:
            due = work.stays.next_due()
            kept = work.stays.queued(1)
            ended = over(self._workspace, work)
        return due is not None and due <= self._workspace.clock.now(), bool(kept), bool(ended)
