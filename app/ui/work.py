"""Services off the GUI thread: the job runs in a pool, its answer comes back on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_log = logging.getLogger(__name__)
ResultT = TypeVar("ResultT")

_THREADS = 4
_SHOW_AFTER_MS = 500
"""A job that is shorter is not worth a word: a progress that flashes by only worries."""


@dataclass(eq=False)
class Ticket:
    """One job on its way. `cancel` drops its answer and sets the job's own event, if it has one."""

    owner: QObject
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    label: str
    stop: threading.Event | None
    done: bool = False
    cancelled: bool = False
    result: Any = None
    error: Exception | None = None
    shown: bool = field(default=False)

    def cancel(self) -> None:
        """Do not answer any more; a job that watches its event ends early."""
        self.cancelled = True
        if self.stop is not None:
            self.stop.set()


class Work(QObject):
    """Runs jobs for widgets. One for the window; `close` waits for what is under way.

    `busy` says what takes longer than half a second ("" when nothing does). `unhandled` gets an exception that
    nobody asked for.
    """

    busy = Signal(str)
    unhandled = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: ThreadPoolExecutor | None = None
        self._under_way: list[Ticket] = []
        self._closed = False
        self.waited_for = 0
        """How many jobs are under way whose answers somebody waits for (see `wait_for`)."""
        # Explicitly queued: the signal is emitted by the pool's threads, the answer belongs to ours.
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        job: Callable[[], ResultT],
        then: Callable[[ResultT], None],
        failed: Callable[[Exception], None] | None = None,
        label: str = "",
        cancel: threading.Event | None = None,
    ) -> Ticket:
        """Do `job` off the GUI thread, then `then(result)` on it, or `failed(error)`.

        Nothing is called once `owner` has died or the ticket was cancelled. `label` ("Counting rows") is shown
        while it takes longer than half a second. Without `failed`, the window shows the error.
        """
        ticket = Ticket(owner, then, failed, label, cancel)
        if self._closed:  # the window is going: a timer's last wish is not granted
            ticket.cancelled = True
            return ticket
        self._under_way.append(ticket)
        self._pool().submit(self._do, ticket, job)
        if label:
            QTimer.singleShot(_SHOW_AFTER_MS, self, lambda: self._show(ticket))
        return ticket

    def wait_for(self, job: Callable[[], ResultT], label: str = "") -> ResultT:
        """What `job` gives, for who can go on only then: it is done off the GUI thread, and the window stays painted,
        but nothing can be clicked or typed. Raises what the job raises."""
        if self._closed:
            return job()
        answers: list[ResultT] = []
        errors: list[Exception] = []
        loop = QEventLoop()

        def then(result: ResultT) -> None:
            answers.append(result)
            loop.quit()

        def failed(error: Exception) -> None:
            errors.append(error)
            loop.quit()

        self.run(self, job, then, failed, label)
        self.waited_for += 1
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.waited_for -= 1
        if errors:
            raise errors[0]
        return answers[0]

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and every answer was given."""
        return not self._under_way

    def close(self) -> None:
        """Let what is under way finish, drop its answers, and end the threads."""
        self._closed = True
        for ticket in self._under_way:
            ticket.cancel()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None
        self._under_way.clear()

    def _pool(self) -> ThreadPoolExecutor:
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # not before the first job: the first paint comes first

            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="work")
        return self._threads

    def _do(self, ticket: Ticket, job: Callable[[], Any]) -> None:
        if not ticket.cancelled:
            try:
                ticket.result = job()
            except Exception as error:  # noqa: BLE001 - carried to the GUI thread, which shows or logs it
                ticket.error = error
        ticket.done = True
        if isValid(self):
            self._finished.emit(ticket)

    def _show(self, ticket: Ticket) -> None:
        if not ticket.done and not ticket.cancelled:
            ticket.shown = True
            self.busy.emit(ticket.label)

    def _answer(self, ticket: Ticket) -> None:
        if ticket in self._under_way:
            self._under_way.remove(ticket)
        if ticket.shown:
            self.busy.emit(next((t.label for t in self._under_way if t.shown), ""))
        if ticket.cancelled or not isValid(ticket.owner):
            if ticket.error is not None:
                _log.info("%s: dropped with %s", ticket.label or "a job", type(ticket.error).__name__)
            return
        if ticket.error is None:
            ticket.then(ticket.result)
        elif ticket.failed is not None:
            ticket.failed(ticket.error)
        else:
            self.unhandled.emit(ticket.error)
