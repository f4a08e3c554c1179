"""The toolbar of a journey: no word of it is cut off, whatever room there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.journey.edits import SetJourney
from app.ui.journey_toolbar import JourneyToolbar
from app.ui.widgets.button import IconButton
from tests.ui.canvas.stage import Stage


def cut_off(toolbar: JourneyToolbar) -> list[QWidget]:
    QApplication.processEvents()
    row = toolbar.layout()
    assert row is not None
    parts = [row.itemAt(at).widget() for at in range(row.count())]
    shown = [each for each in parts if each is not None and each is not toolbar.name and each.isVisible()]
    assert shown[-1] is toolbar.activate
    assert toolbar.activate.geometry().right() < toolbar.width()
    return [each for each in shown if not isinstance(each, IconButton) and each.width() < each.sizeHint().width()]


@pytest.fixture
def toolbar(stage: Stage) -> Iterator[JourneyToolbar]:
    """Out of its page, which needs some room itself."""
    stage.until(lambda: bool(stage.document.problems))
    stage.document.apply(SetJourney(name="Abandoned cart of those who never came back to the shop"))
    stage.document.flush()
    window = QWidget()
    window.resize(1600, 60)
    stage.page.toolbar.setParent(window)
    window.show()
    stage.page.toolbar.show()
    yield stage.page.toolbar
    window.close()


@pytest.mark.parametrize(
    ("width", "words", "saved", "undo"),
    [
        (500, ("", ""), False, False),
        (640, ("", ""), False, True),
        (780, ("", "Settings"), False, True),
        (880, ("", "Settings"), True, True),
        (1000, ("Find anything", "Settings"), True, True),
    ],
)
def test_where_room_is_short_icons_stand_for_words(
    toolbar: JourneyToolbar, width: int, words: tuple[str, str], saved: bool, undo: bool
) -> None:
    toolbar.resize(width, 49)
    assert cut_off(toolbar) == []
    assert (toolbar.find_anything.text(), toolbar.settings.text()) == words
    assert (toolbar.saved.isVisible(), toolbar.undo.isVisible()) == (saved, undo)
    assert toolbar.find_anything.accessibleName() == "Find anything"
    toolbar.resize(1400, 49)
    assert cut_off(toolbar) == []
    assert toolbar.find_anything.text() == "Find anything"
    assert toolbar.saved.isVisible()


def test_that_a_draft_is_not_saved_is_said_whatever_room_there_is(stage: Stage, toolbar: JourneyToolbar) -> None:
    toolbar.resize(640, 49)
    assert not toolbar.saved.isVisible()
    stage.document.save_failed.emit("The disk is full.")
    assert cut_off(toolbar) == []
    assert toolbar.saved.isVisible()
    assert toolbar.saved.text() == "not saved, trying again"


def test_at_no_width_is_anything_cut_off(toolbar: JourneyToolbar) -> None:
    for width in range(500, 1400, 20):
        toolbar.resize(width, 49)
        assert cut_off(toolbar) == [], width
