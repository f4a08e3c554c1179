"""Writes drafts in their order: an older state never comes after a newer one, whichever thread is slower."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.journey.journey import Journey
from app.services.save_draft import save_draft

if TYPE_CHECKING:
    from app.services.workspace import Workspace


class DraftWriter:
    """One for each open journey; a write raises Conflict where a colleague saved meanwhile. Safe to use from the
    pool's threads and the window's."""

    def __init__(self, workspace: Workspace, saved_at: datetime) -> None:
        """`saved_at` is when the state that is edited was saved: a colleague's later one is not written over."""
        self._workspace = workspace
        self._base = saved_at
        self._lock = threading.Lock()
        self._asked = 0
        self._written = 0
        self._at: datetime | None = None

    def job(self, journey: Journey, history: Mapping[str, Any]) -> Callable[[], datetime]:
        """What writes this state when it is called; when it was written. Raises SwitchbackError."""
        self._asked += 1
        number = self._asked

        def write() -> datetime:
            with self._lock:
                if number > self._written or self._at is None:
                    self._at = save_draft(self._workspace, journey, history, unchanged_since=self._base)
                    self._base, self._written = self._at, number
                return self._at

        return write

    def begin_at(self, saved_at: datetime) -> None:
        """Another state was read, and is what is edited from now on."""
        with self._lock:
            self._base = saved_at
