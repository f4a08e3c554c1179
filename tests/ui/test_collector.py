"""Garbage with Qt objects in it goes on the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from app.ui.collector import Collector


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
