"""Jobs run elsewhere, answers come here, and only to those who still live."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from app.kernel.bus import Bus
from app.services.news import ContactsMoved, EventsArrived, WorkspaceChanged
from app.ui.bridge import Bridge
from app.ui.work import Work


@pytest.fixture
def work(qtbot):
    made = Work()
    yield made
    made.close()


def test_the_job_runs_off_the_gui_thread_and_answers_on_it(qtbot, work: Work) -> None:
    owner = QObject()
    seen: list[tuple[int, int]] = []
    work.run(owner, threading.get_ident, lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == threading.get_ident() != there
    assert work.idle


def test_an_error_goes_to_failed_else_to_the_window(qtbot, work: Work) -> None:
    owner = QObject()
    seen: list[Exception] = []

    def job() -> None:
        raise ValueError("no")

    work.run(owner, job, lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    with qtbot.waitSignal(work.unhandled) as heard:
        work.run(owner, job, lambda _: None)
    assert str(heard.args[0]) == "no"


def test_a_dead_owner_and_a_cancelled_ticket_hear_nothing(qtbot, work: Work) -> None:
    from shiboken6 import delete

    gone, here = QObject(), QObject()
    go = threading.Event()
    stop = threading.Event()
    seen: list[str] = []
    work.run(gone, lambda: go.wait(60), lambda _: seen.append("dead"))
    ticket = work.run(here, lambda: go.wait(60), lambda _: seen.append("cancelled"), cancel=stop)
    delete(gone)
    ticket.cancel()
    assert stop.is_set()
    go.set()
    qtbot.waitUntil(lambda: work.idle)
    assert seen == []


def test_a_long_job_says_what_it_does(qtbot, work: Work) -> None:
    owner = QObject()
    go = threading.Event()
    said: list[str] = []
    work.busy.connect(said.append)
    work.run(owner, lambda: go.wait(60), lambda _: None, label="Counting rows")
    qtbot.waitUntil(lambda: said == ["Counting rows"], timeout=20_000)
    go.set()
    qtbot.waitUntil(lambda: said == ["Counting rows", ""], timeout=20_000)


def test_news_of_any_thread_arrives_on_the_gui_thread(qtbot) -> None:
    bus = Bus()
    bridge = Bridge(bus)
    heard: list[tuple[str, object, bool]] = []

    def note(kind: str):
        return lambda what: heard.append((kind, what, threading.current_thread() is threading.main_thread()))

    bridge.events_arrived.connect(note("events"))
    bridge.contacts_moved.connect(note("contacts"))
    bridge.workspace_changed.connect(note("workspace"))

    def publish() -> None:
        bus.publish(EventsArrived("7"))
        bus.publish(ContactsMoved(("j",)))
        bus.publish(WorkspaceChanged("journeys"))

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [("events", "7", True), ("contacts", ("j",), True), ("workspace", "journeys", True)]
    bridge.close()
    bus.publish(EventsArrived("8"))
    qtbot.wait(20)
    assert len(heard) == 3
