"""From right to left: what the window paints and places itself changes sides, the journey keeps its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMargins, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.canvas.summary_shape import summary_shape
from app.ui.canvas.tile import TILE, Tile
from app.ui.canvas.tile_painter import paint_tile
from app.ui.icons import paint_icon
from app.ui.language import use_language
from app.ui.pages.table import Column, ThingsTable
from app.ui.sides import beside, margins, mirrored
from app.ui.stylesheet import stylesheet
from app.ui.theme import theme
from app.ui.widgets import label

LATIN, HEBREW = "Cart", "\u05e2\u05d2\u05dc\u05d4"


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    """A language that is written so."""
    use_language(qapp, "pseudo-rtl")
    yield
    use_language(qapp, "en_US")


def test_from_left_to_right_nothing_moves() -> None:
    assert beside(QRectF(0, 0, 100, 10), QRectF(5, 0, 20, 10)) == QRectF(5, 0, 20, 10)
    assert margins(1, 2, 3, 4) == QMargins(1, 2, 3, 4)


def test_a_part_lies_equally_far_from_the_other_edge(right_to_left: None) -> None:
    assert beside(QRectF(0, 0, 100, 10), QRectF(5, 0, 20, 10)) == QRectF(75, 0, 20, 10)
    assert beside(QRect(10, 0, 100, 10), QRect(15, 0, 20, 10)) == QRect(85, 0, 20, 10)
    assert margins(1, 2, 3, 4) == QMargins(3, 2, 1, 4)


def test_a_stylesheet_changes_sides_but_for_the_places_that_qt_turns() -> None:
    css = "a { padding-left: 1px; border-right: none; border-top-left-radius: 2px; subcontrol-position: center right; }"
    assert mirrored(css) == (
        "a { padding-right: 1px; border-left: none; border-top-right-radius: 2px; subcontrol-position: center right; }"
    )


def test_the_windows_own_sheet_is_mirrored(right_to_left: None) -> None:
    sheet = stylesheet(theme().tokens, dark=False)
    assert "QComboBox { padding-left: 26px; }" in sheet


@pytest.mark.parametrize("words", [LATIN, HEBREW])
def test_labels_begin_at_the_right_whatever_the_letters(right_to_left: None, qtbot: QtBot, words: str) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(300, 20)
    ground.setStyleSheet("background: white; color: black")
    label(words, parent=ground).resize(300, 20)
    left, right = _ink(ground)
    assert left > 200
    assert right > 290


def test_cells_of_a_table_begin_at_the_right(right_to_left: None, qtbot: QtBot) -> None:
    table = ThingsTable([Column("", lambda text: text), Column("", lambda _: "", width=50)], "Things")
    qtbot.addWidget(table)
    table.resize(400, 120)
    table.show_things([LATIN], lambda text: text)
    table.show()
    left, _ = _ink(table.viewport())
    assert left > 300


def test_the_icon_of_a_tile_stands_at_its_right(right_to_left: None, qapp: QApplication) -> None:
    mail = theme().color("blue_soft")
    assert _first(_tile(), mail) > TILE.width() / 2


def test_the_icon_of_a_tile_stands_at_its_left(qapp: QApplication) -> None:
    assert _first(_tile(), theme().color("blue_soft")) < TILE.width() / 2


def test_the_buttons_of_the_summary_tile_stand_where_they_are_clicked(right_to_left: None) -> None:
    tile = Tile("Cart", "", "api-event", "entry", event_key="KEY", is_entry=True)
    shape = summary_shape(tile)
    assert shape.copy.right() == pytest.approx(shape.width - 12)
    assert shape.code.right() < shape.copy.left()


def test_buttons_of_the_summary_tile_are_as_wide_as_their_words(qapp: QApplication) -> None:
    tile = Tile("Cart", "", "api-event", "entry", event_key="KEY", is_entry=True)
    before = summary_shape(tile).copy.width()
    use_language(qapp, "pseudo")
    try:
        assert summary_shape(tile).copy.width() > before
    finally:
        use_language(qapp, "en_US")


def test_an_icon_that_points_along_the_line_turns_round(qapp: QApplication) -> None:
    tip, other = _tip("chevron-right"), _tip("chevron-left")
    assert tip > 16 > other
    use_language(qapp, "pseudo-rtl")
    try:
        assert _tip("chevron-right") == pytest.approx(other, abs=1)
        assert _tip("chevron-left") == pytest.approx(tip, abs=1)
    finally:
        use_language(qapp, "en_US")


def _tip(name: str) -> int:
    """The column in which an icon has ink at half its height."""
    image = _icon(name)
    return next(x for x in range(image.width()) if image.pixelColor(x, 16).lightness() < 128)


def _icon(name: str) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, 32, 32), QColor("black"))
    painter.end()
    return image


def _tile() -> QImage:
    size = QSizeF(TILE)
    image = QImage(round(size.width()), round(size.height()), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(QPointF(0, 0))
    paint_tile(painter, Tile("Cart", "Reminder", "send-email", "messages"), size, 0, lifted=False)
    painter.end()
    return image


def _first(image: QImage, colour: QColor) -> int:
    middle = image.height() // 2
    return next(x for x in range(image.width()) if image.pixelColor(x, middle - 12).rgb() == colour.rgb())


def _ink(widget: QWidget) -> tuple[int, int]:
    """The first and the last column with something dark in it, away from the edge."""
    image = widget.grab().toImage()
    dark = [
        x
        for x in range(2, image.width() - 2)
        for y in range(2, image.height() - 2)
        if image.pixelColor(x, y).lightness() < 120
    ]
    return min(dark), max(dark)
