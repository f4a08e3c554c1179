"""News that never end: pages, the log and the status bar show them while they come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from app.services.news import EventsArrived
from app.ui.pages.list_page import ListPage
from app.ui.panels.event_log import EventLog
from app.ui.widgets import EmptyState
from tests.ui.desk import Desk

FASTER_MS = 20
"""Well below what news wait for one another."""


class _Letters(ListPage):
    title = "Letters"
    shown = 0

    def fetch(self, search: str) -> Callable[[], str]:
        return lambda: "abc"

    def show_result(self, result: str) -> bool:
        self.shown += 1
        return True


def test_a_page_shows_news_while_they_go_on(desk: Desk, qtbot) -> None:
    window = desk.start()
    page = _Letters(window.desk.session, "From a to z", "Search")
    page.set_parts(QLabel("all"), EmptyState("Nothing", "yet"))
    window.tabs.open("letters", lambda: page, "Letters", "list")
    page.session.bridge.events_arrived.connect(page.refresh_soon)
    with _pouring(desk):
        qtbot.waitUntil(lambda: page.shown >= 4)


def test_the_status_bar_tells_of_the_last_event_while_others_come(desk: Desk, qtbot) -> None:
    window = desk.start()
    assert window.status.events.text() == "No events yet"
    desk.seeded()
    with _pouring(desk):
        qtbot.waitUntil(lambda: "NTO-1001" in window.status.events.text())


def test_a_log_that_nobody_sees_is_read_when_it_is_shown(desk: Desk, qtbot) -> None:
    window = desk.start()
    log = EventLog(window.desk.workspace, window.work, window)
    qtbot.waitUntil(lambda: window.work.idle)
    desk.seeded()
    log.refresh_soon()
    assert not log._soon.isActive()
    log.show()
    qtbot.waitUntil(lambda: log.model.rowCount() == 1)


class _pouring:  # noqa: N801 - read as a word
    """While it lasts events arrive faster than they can be shown."""

    def __init__(self, desk: Desk) -> None:
        self._timer = QTimer(interval=FASTER_MS)
        bus = desk.window.desk.workspace.bus
        self._timer.timeout.connect(lambda: bus.publish(EventsArrived("x")))

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()
