"""What follows the tree while it is edited: diagnostics and the count, off the GUI thread, dropped when it changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.filters.diagnose import Diagnostic, diagnose
from app.filters.tree import Path
from app.kernel.errors import Severity
from app.ui.errors import in_short
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.services.views import FilterCount
    from app.ui.work import Ticket

_DIAGNOSE_AFTER_MS = 120
_COUNT_AFTER_MS = 200
"""Long enough that a typed number is counted once, not once a digit."""


class Live(QObject):
    """Emits `diagnosed` (a mapping from path to the gravest Diagnostic there), `counting`, `counted` (FilterCount),
    and `count_failed` (the reason in one sentence; "" where a condition only waits for its value)."""

    diagnosed = Signal(object)
    counting = Signal()
    counted = Signal(object)
    count_failed = Signal(str)

    def __init__(self, model: FilterModel, surroundings: Surroundings) -> None:
        super().__init__(model)
        self._model = model
        self._surroundings = surroundings
        self._cancel = threading.Event()
        self._tickets: list[Ticket] = []
        self._diagnose_timer = self._timer(_DIAGNOSE_AFTER_MS, self._diagnose)
        self._count_timer = self._timer(_COUNT_AFTER_MS, self._count)
        self._unfinished = False
        """Whether all that is wrong is that values are not there yet."""
        self.diagnosed.connect(self._note)
        model.changed.connect(self.restart)

    @property
    def can_count(self) -> bool:
        """Whether there is a table to count in."""
        return self._surroundings.workspace is not None and self._surroundings.data_extension_id is not None

    def restart(self) -> None:
        """The tree changed: what was under way is about another one."""
        self.stop()
        self._diagnose_timer.start()
        if self.can_count:
            self._count_timer.start()
            self.counting.emit()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._cancel.set()
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets.clear()
        self._unfinished = False
        self._diagnose_timer.stop()
        self._count_timer.stop()

    def _diagnose(self) -> None:
        surroundings = self._surroundings
        group, catalog, now, zone = self._model.group, surroundings.catalog, surroundings.now(), surroundings.time_zone

        def job() -> Mapping[Path, Diagnostic]:
            return by_path(diagnose(group, catalog, now, zone))

        if surroundings.work is None:
            self.diagnosed.emit(job())
        else:
            # Hundreds of conditions take long enough to be felt between two keys.
            self._tickets.append(surroundings.work.run(self, job, self.diagnosed.emit))

    def _count(self) -> None:
        surroundings = self._surroundings
        workspace, work, home = surroundings.workspace, surroundings.work, surroundings.data_extension_id
        if workspace is None or work is None or home is None:
            return
        group = self._model.group
        self._cancel = cancel = threading.Event()

        def job() -> FilterCount:
            from app.services.count_filter import count_filter

            return count_filter(workspace, group, home, cancel.is_set)

        ticket = work.run(self, job, self.counted.emit, self._failed, label=tr("Counting rows"), cancel=cancel)
        self._tickets.append(ticket)

    def _failed(self, error: Exception) -> None:
        self.count_failed.emit("" if self._unfinished else in_short(error))

    def _note(self, found: Mapping[Path, Diagnostic]) -> None:
        codes = {each.code for each in found.values() if each.severity is Severity.ERROR}
        self._unfinished = codes == {"missing_value"}

    def _timer(self, interval: int, call: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(call)
        return timer


def by_path(found: tuple[Diagnostic, ...]) -> Mapping[Path, Diagnostic]:
    """One diagnostic a place: the first, which is the gravest."""
    answer: dict[Path, Diagnostic] = {}
    for diagnostic in found:
        answer.setdefault(diagnostic.path, diagnostic)
    return answer
