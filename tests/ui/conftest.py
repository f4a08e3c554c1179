"""The application as `run` makes it: Fusion, our palette and stylesheet, a real font."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.language import use_language
from app.ui.theme import theme
from tests.ui.desk import Desk


class PatientBot(QtBot):
    """Waits long for what must come: its limits are guards for a busy machine, not measures."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=30_000)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=30_000)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=30_000)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of the tests of the window."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _themed(qapp: QApplication) -> None:
    use_language(qapp, "en_US")  # whatever the machine speaks
    theme().apply(qapp)


@pytest.fixture(autouse=True)
def _light_theme(_themed: None) -> Iterator[None]:
    if theme().mode != "light":
        theme().set_mode("light")
    theme().set_reduce_motion(True)
    yield
    if theme().mode != "light":
        theme().set_mode("light")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A window that is not started yet; closed at the end."""
    made = Desk(qtbot, tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    QApplication.processEvents()
