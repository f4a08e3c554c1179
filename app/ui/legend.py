"""What the signs of a canvas mean: categories of tiles and marks, those that a picture has and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.ui.canvas.brush import draw_badge, draw_panel, font, metrics
from app.ui.canvas.scene import NOTE
from app.ui.canvas.tile import Tile
from app.ui.picture import Picture
from app.ui.theme import theme
from app.ui.translation import mark, tr
from app.ui.widgets.icon_tile import CATEGORY_COLOURS, paint_icon_tile

LINE = 26.0
_SIGN = 16.0
_GAP = 22.0

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Item:
    """A sign and its meaning."""

    text: str
    paint: Paint

    @property
    def width(self) -> float:
        """How wide it is, with the gap behind it."""
        return _SIGN + 8 + metrics(_face()).horizontalAdvance(self.text) + _GAP


_CATEGORIES = (
    ("entry", "api-event", mark("Entry source")),
    ("messages", "mail", mark("Message")),
    ("flow", "split", mark("Flow control")),
    ("updates", "contacts", mark("Customer update")),
    ("custom", "code", mark("Custom activity")),
)


def legend(picture: Picture) -> list[Item]:
    """The items for what a picture shows, in a fixed order."""
    scene = picture.scene
    tiles = [scene.tile(key) for key in scene.boxes if scene.is_tile(key)]
    icons = _first_icons(tiles)
    items = [
        Item(tr(words), _category(icons[category], category)) for category, _, words in _CATEGORIES if category in icons
    ]
    if any(tile.category == "unknown" and tile.icon != "group" for tile in tiles):
        items.append(Item(tr("Kept from another program"), _category("help", "unknown")))
    if any(tile.icon == "group" for tile in tiles):
        items.append(Item(tr("Several tiles, folded to one"), _category("group", "unknown")))
    for severity, words in (("error", mark("Must be mended first")), ("warning", mark("Worth a look"))):
        if any(tile.severity == severity for tile in tiles):
            items.append(Item(tr(words), _badge(severity)))
    if any(tile.disabled for tile in tiles):
        items.append(Item(tr("Disabled: contacts go past it"), _disabled))
    if any(key.startswith(NOTE) for key in scene.boxes):
        items.append(Item(tr("Note"), _note))
    if any(each.target is None for each in scene.wires.connectors.values()):
        items.append(Item(tr("The journey ends here"), _open_end))
    if picture.shows_path:
        items.append(Item(tr("The way of one contact, step by step"), _step))
    return items


def rows(items: list[Item], width: float) -> list[list[Item]]:
    """The items in lines no wider than `width`."""
    found: list[list[Item]] = []
    room = 0.0
    for item in items:
        if not found or room + item.width - _GAP > width:
            found.append([])
            room = 0.0
        found[-1].append(item)
        room += item.width
    return found


def paint_legend(painter: QPainter, at: QPointF, lines: list[list[Item]]) -> None:
    """Lines of signs and words, from a point downwards, LINE apart."""
    for number, line in enumerate(lines):
        left, top = at.x(), at.y() + number * LINE
        for item in line:
            painter.save()
            item.paint(painter, QRectF(left, top + (LINE - _SIGN) / 2, _SIGN, _SIGN))
            painter.restore()
            painter.setFont(_face())
            painter.setPen(theme().color("ink2"))
            box = QRectF(left + _SIGN + 8, top, item.width, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, item.text)
            left += item.width


def _face() -> QFont:
    return font("body", 12)


def _first_icons(tiles: list[Tile]) -> dict[str, str]:
    """An icon of each category that is there."""
    found: dict[str, str] = {}
    for tile in tiles:
        found.setdefault(tile.category, tile.icon)
    return found


def _category(icon: str, category: str) -> Paint:
    def paint(painter: QPainter, rect: QRectF) -> None:
        if category == "unknown":
            draw_panel(painter, rect, theme().color("bg"), theme().color("ctl"), 4)
        else:
            paint_icon_tile(painter, rect, icon, CATEGORY_COLOURS[category])

    return paint


def _badge(severity: str) -> Paint:
    return lambda painter, rect: draw_badge(painter, rect.center(), severity)


def _disabled(painter: QPainter, rect: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("ctl"), 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect.adjusted(0, 2, 0, -2), 4, 4)


def _note(painter: QPainter, rect: QRectF) -> None:
    draw_panel(painter, rect.adjusted(0, 2, 0, -2), theme().color("note"), theme().color("note_line"), 3)


def _open_end(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(theme().color("wire"), 2))
    painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))


def _step(painter: QPainter, rect: QRectF) -> None:
    draw_panel(painter, rect, theme().color("panel"), theme().color("line"), 4)
    painter.setFont(font("body", 11, QFont.Weight.DemiBold))
    painter.setPen(theme().color("accent"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "1")
