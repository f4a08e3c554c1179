"""Leads contacts on in the background while a window or a server is open."""

from __future__ import annotations

from datetime import datetime

from app.services.advance_due import advance_due
from app.services.end_pauses import end_pauses, over
from app.services.judge_waiting import INTERVALS, judge_all_waiting
from app.services.release_arrivals import release_arrivals
from app.services.worker import LOOK_SECONDS, Worker
from app.services.workspace import Workspace


class DueWorker(Worker):
    """Takes up due waits, arrivals that a pause had kept, pauses whose days are over, and who meets criteria while it
    waits. Several processes may each have one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("due-waits", "due waits")
        self._workspace = workspace
        self._judged_at: datetime | None = None

    def look(self) -> float:
        """What is over, in the order in which one lets another go on."""
        due, kept, ended = self._waiting()
        if ended:
            end_pauses(self._workspace)
        if due:
            advance_due(self._workspace)
        if kept:
            release_arrivals(self._workspace)
        now = self._workspace.clock.now()
        if self._judged_at is None or self._judged_at + min(INTERVALS.values()) <= now:
            judge_all_waiting(self._workspace)
            self._judged_at = now
        return LOOK_SECONDS

    def _waiting(self) -> tuple[bool, bool, bool]:
        """Whether waits are over, whether arrivals wait that a pause had kept, and whether the days of a pause are
        over. Takes no lock: most of the time there is nothing to do."""
        with self._workspace.unit_of_work(writes=False) as work:
            due = work.stays.next_due()
            kept = work.stays.queued(1)
            ended = over(self._workspace, work)
        return due is not None and due <= self._workspace.clock.now(), bool(kept), bool(ended)
