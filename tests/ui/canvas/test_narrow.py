"""The page of a journey in a small window, or at a large scale: nothing lies over another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.canvas.stage import Stage

LEAST = QSize(480, 120)
"""As in the window, which has a least size of its own."""


def place(stage: Stage, part: QWidget) -> QRect:
    return QRect(part.mapTo(stage.page, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("width", [524, 640, 800, 1300])
def test_palette_canvas_and_panels_stand_side_by_side(stage: Stage, width: int) -> None:
    page = stage.page
    page.setMinimumSize(LEAST)
    page.resize(width, 260)
    QTest.qWait(0)
    assert page.width() == width
    parts = [each for each in (page.palette_bar, page.canvas, page.side) if each.isVisible()]
    for left, right in pairwise(parts):
        assert place(stage, left).right() < place(stage, right).left()
    assert place(stage, page.side).right() < width
    assert page.palette_bar.isVisible() == (width >= 800)


def test_all_tabs_of_the_panels_are_seen_beside_the_palette(stage: Stage) -> None:
    stage.page.add_panel("tile", "Tile", QWidget())
    stage.page.add_panel("test", "Test", QWidget())
    stage.page.setMinimumSize(LEAST)
    stage.page.resize(600, 400)
    stage.page.resize(800, 400)
    bar = stage.page.side.tabs.tabBar()
    assert stage.page.palette_bar.isVisible()
    assert bar.sizeHint().width() <= stage.page.side.width()
    assert stage.canvas.width() >= 240


def test_the_palette_is_back_when_there_is_room_again(stage: Stage) -> None:
    stage.page.setMinimumSize(LEAST)
    stage.page.resize(600, 400)
    assert not stage.page.palette_bar.isVisible()
    assert stage.canvas.width() > 280, "the canvas has what the palette left"
    stage.page.present()
    stage.page.resize(1300, 800)
    assert not stage.page.palette_bar.isVisible(), "a presentation shows the canvas alone"
    stage.page.present()
    assert stage.page.palette_bar.isVisible()
