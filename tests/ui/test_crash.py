"""What nobody caught is written down, told, and never ends the program."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication

from app.kernel.errors import Conflict
from app.ui.crash import CrashGuard
from app.ui.dialogs.crash import CrashDialog


@pytest.fixture
def guard(qtbot, tmp_path: Path):
    made = CrashGuard(tmp_path / "logs")
    before = (sys.excepthook, threading.excepthook)
    made.install()
    yield made
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


def raise_it(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_an_escaped_exception_is_logged_and_told(qtbot, guard: CrashGuard) -> None:
    with qtbot.waitSignal(guard.crashed) as told:
        raise_it(ZeroDivisionError("by nothing"))
    assert "ZeroDivisionError: by nothing" in told.args[0]
    assert "PySide" in told.args[0] or "Qt" in told.args[0]
    assert "by nothing" in guard.log_file.read_text()


def test_an_exception_of_a_thread_is_told_on_the_gui_thread(qtbot, guard: CrashGuard) -> None:
    seen: list[bool] = []
    guard.crashed.connect(lambda _text: seen.append(threading.current_thread() is threading.main_thread()))
    thread = threading.Thread(target=lambda: raise_in_thread())
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: seen == [True])


def raise_in_thread() -> None:
    raise RuntimeError("in a thread")


def test_our_own_errors_are_words_and_not_tracebacks(qtbot, guard: CrashGuard) -> None:
    crashed: list[str] = []
    guard.crashed.connect(crashed.append)
    with qtbot.waitSignal(guard.trouble) as told:
        raise_it(Conflict("The name is taken."))
    assert told.args[0].message == "The name is taken."
    assert crashed == []


def test_messages_of_qt_go_to_the_log(qtbot, guard: CrashGuard) -> None:
    qWarning("from Qt")
    assert "WARNING qt: from Qt" in guard.log_file.read_text()


def test_the_dialog_copies_its_report_and_carries_on(qtbot, tmp_path: Path) -> None:
    dialog = CrashDialog("the report", tmp_path / "switchback.log")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add("another")
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "the report" in copied
    assert "another" in copied
    dialog.carry_on.click()
    assert dialog.result() == dialog.DialogCode.Accepted
