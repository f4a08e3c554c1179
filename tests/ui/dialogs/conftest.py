"""A journey that is open, in a workspace with data extensions, an event and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.journey.edits import AddActivity, SetEntry
from app.journey.journey import ENTRY, Activity, Entry, Place
from app.services.create_journey import create_journey
from app.services.journey_context import journey_context
from app.services.open_journey import open_journey
from app.ui.dialogs import open_settings
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.document import JourneyDocument
from app.ui.work import Work
from tests.support.cart_rows import Carts, carts, work

__all__ = ["carts", "work"]


@pytest.fixture
def document(qtbot: QtBot, carts: Carts, work: Work) -> Iterator[JourneyDocument]:
    """An empty draft; what is unsaved at the end is dropped."""
    opened = open_journey(carts.workspace, create_journey(carts.workspace, "Abandoned cart").id)
    made = JourneyDocument(carts.workspace, work, opened, journey_context(carts.workspace, opened.journey))
    yield made
    qtbot.waitUntil(lambda: work.idle)
    made.close()
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """Something for dialogs to stand on."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    return made


@pytest.fixture
def open_tile(
    qtbot: QtBot, document: JourneyDocument, work: Work, window: QMainWindow, carts: Carts
) -> Callable[[Activity], ActivityDialog]:
    """Puts a tile at the start of a journey whose event is set, and opens its settings."""

    def make(activity: Activity) -> ActivityDialog:
        if document.journey.entry is None:
            with qtbot.waitSignal(document.context_changed):
                document.apply(SetEntry(Entry(event_definition_id=carts.event.id)))
        assert document.apply(AddActivity(activity, Place(ENTRY)))
        dialog = open_settings(document, activity.key, work, window)
        assert isinstance(dialog, ActivityDialog)
        qtbot.waitExposed(dialog)
        return dialog

    return make


@pytest.fixture
def open_api_event(
    qtbot: QtBot, document: JourneyDocument, work: Work, window: QMainWindow
) -> Callable[[], ApiEventDialog]:
    """Opens the dialog and waits for its lists."""

    def make() -> ApiEventDialog:
        dialog = open_settings(document, ENTRY, work, window)
        assert isinstance(dialog, ApiEventDialog)
        qtbot.waitUntil(dialog.primary.isEnabled)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make
