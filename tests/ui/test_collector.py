"""Garbage with Qt objects in it goes on the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.canvas.memory import Sweeper, no_sweeps
from app.ui.collector import THOROUGH_EVERY, Collector


class Cycle:
    """Says in which thread it was collected."""

    def __init__(self, told: list[int]) -> None:
        self.told = told
        self.myself = self

    def __del__(self) -> None:
        self.told.append(threading.get_ident())


def test_cycles_go_on_the_gui_thread_alone(qtbot: QtBot) -> None:
    told: list[int] = []
    usual = gc.get_threshold()
    collector = Collector()
    collector.start()
    try:
        assert not gc.isenabled()
        Cycle(told)
        # A pool's thread that allocates far more than the threshold collects nothing.
        thread = threading.Thread(target=lambda: [[] for _ in range(50_000)])
        thread.start()
        thread.join()
        assert told == []
        gc.set_threshold(1, 1, 1)  # so that the next look finds something to do
        qtbot.waitUntil(lambda: bool(told))
        assert told == [threading.get_ident()]
    finally:
        gc.set_threshold(*usual)
        collector.stop()
        gc.disable()  # the tests' own way, see tests/conftest.py


def test_what_lives_is_set_aside_and_goes_in_the_end(qtbot: QtBot) -> None:
    told: list[int] = []
    usual = gc.get_threshold()
    collector = Collector()
    collector.start()
    try:
        gc.set_threshold(1, 1, 1)
        cycle = Cycle(told)
        new = [[] for _ in range(200)]  # more than Python keeps ready: those it does not count
        collector.look()
        assert not any(each is cycle for each in gc.get_objects()), "later looks do not see it"
        del cycle
        assert told == []
        for _ in range(THOROUGH_EVERY):
            new += [[] for _ in range(200)]
            collector.look()
        assert len(told) == 1
    finally:
        gc.set_threshold(*usual)
        collector.stop()
        gc.disable()  # the tests' own way, see tests/conftest.py


def test_what_was_set_aside_is_looked_at_now_and_then_only(qtbot: QtBot) -> None:
    told: list[int] = []
    parent = QObject()
    sweeper = Sweeper(parent)
    try:
        gc.collect()
        with no_sweeps():
            Cycle(told)  # garbage already, and set aside at the end
        Cycle(told)
        sweeper.sweep()
        sweeper.sweep()
        assert told, "what is new goes at the next sweep"
        for _ in range(20):
            sweeper.sweep()
        assert len(told) == 2
    finally:
        gc.unfreeze()
