"""Draws tiles with a painter that is already at the tile's corner: for the cache, for pictures and for ghosts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from app.ui.canvas import summary_shape as measures
from app.ui.canvas.brush import (
    draw_badge,
    draw_code,
    draw_icon,
    draw_line,
    draw_middle,
    draw_panel,
    draw_shadow,
    font,
    wrap,
)
from app.ui.canvas.summary_shape import summary_shape
from app.ui.canvas.tile import CATEGORY_TOKENS, Tile
from app.ui.sides import beside, right_to_left
from app.ui.theme import theme
from app.ui.translation import tr

RADIUS = 11.0
MARGIN = 16.0
"""Room around a tile for its shadow, its ring and its badge."""


def paint_tile(painter: QPainter, tile: Tile, size: QSizeF, ring: float, *, lifted: bool) -> None:
    """Paint `tile` with its corner at the painter's origin; `ring` is the width of the accent's ring
    round it, `lifted` the shadow of what is being dragged."""
    rect = QRectF(QPointF(0, 0), size)
    colour = theme().color
    draw_shadow(painter, rect, RADIUS, lifted=lifted)
    draw_panel(painter, rect, colour("panel"), colour("ctl" if tile.disabled else "line"), RADIUS)
    if tile.is_entry:
        _paint_summary(painter, tile, rect)
    else:
        _paint_activity(painter, tile, rect)
    if tile.disabled:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("ctl"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS, RADIUS)
    if ring:
        paint_ring(painter, size, ring)
    if tile.severity:
        draw_badge(painter, rect.topRight() + QPointF(-3, 2), tile.severity)


def paint_ring(painter: QPainter, size: QSizeF, width: float) -> None:
    """The accent's ring round a tile of that size; a badge lies on it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("accent"), width))
    painter.drawRoundedRect(QRectF(-0.5, -0.5, size.width() + 1, size.height() + 1), RADIUS, RADIUS)


def _paint_head(painter: QPainter, tile: Tile, rect: QRectF, middle: float) -> None:
    ink, soft = CATEGORY_TOKENS.get(tile.category, CATEGORY_TOKENS["unknown"])
    colour = theme().color
    square = beside(rect, QRectF(rect.left() + 12, middle - 14, 28, 28))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("bg") if tile.disabled else colour(soft))
    painter.drawRoundedRect(square, 7, 7)
    draw_icon(painter, square.adjusted(6, 6, -6, -6), tile.icon, "ink3" if tile.disabled else ink)
    width = rect.width() - 62
    left = rect.left() + 12 if right_to_left() else rect.left() + 50
    title = font("body", 13, QFont.Weight.DemiBold)
    summary = tr("Disabled · {summary}", summary=tile.summary) if tile.disabled and tile.summary else tile.summary
    if tile.disabled and not summary:
        summary = tr("Disabled")
    title_ink = colour("ink2" if tile.disabled else "ink")
    if not summary:
        draw_line(painter, QRectF(left, middle - 10, width, 20), tile.title, title, title_ink)
        return
    draw_line(painter, QRectF(left, middle - 19, width, 20), tile.title, title, title_ink)
    draw_line(painter, QRectF(left, middle + 1, width, 18), summary, font("body", 12), colour("ink2"))


def _paint_activity(painter: QPainter, tile: Tile, rect: QRectF) -> None:
    _paint_head(painter, tile, rect, rect.center().y())


def _paint_summary(painter: QPainter, tile: Tile, rect: QRectF) -> None:
    colour = theme().color
    shape = summary_shape(tile)
    if tile.event_key:
        foot = QPainterPath()
        foot.addRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        lower = QPainterPath()
        lower.addRect(QRectF(rect.left(), shape.key_top, rect.width(), rect.height() - shape.key_top))
        painter.fillPath(foot.intersected(lower), colour("bg"))
    _paint_head(painter, tile, rect, measures.HEADER / 2)
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(QPointF(1, measures.HEADER), QPointF(rect.right() - 1, measures.HEADER))
    if tile.teaching:
        _paint_teaching(painter, tile, rect)
        return
    for label, lines, top in shape.rows:
        draw_line(
            painter,
            beside(rect, QRectF(12, top, measures.LABEL, measures.ROW_LINE)),
            label,
            font("body", 12),
            colour("ink3"),
        )
        left = 12 + measures.LABEL + 8
        for number, line in enumerate(lines):
            box = QRectF(left, top + number * measures.ROW_LINE, rect.right() - 10 - left, measures.ROW_LINE)
            draw_line(painter, beside(rect, box), line, font("body", 12), colour("ink"))
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(QPointF(1, shape.key_top), QPointF(rect.right() - 1, shape.key_top))
    for number, line in enumerate(shape.key_lines):
        box = QRectF(shape.key.left(), shape.key.top() + number * measures.KEY_LINE, shape.key.width() + 4, 14)
        draw_code(painter, box, line, font("mono", 11), colour("ink2"))
    paint_button(painter, shape.copy, tr(measures.COPY_KEY), hovered=False)
    paint_button(painter, shape.code, tr(measures.CODE), hovered=False)


def paint_button(painter: QPainter, rect: QRectF, text: str, *, hovered: bool) -> None:
    """A small button of the Summary tile."""
    colour = theme().color
    edge = colour("accent" if hovered else "line")
    draw_panel(painter, rect, colour("accent_soft" if hovered else "panel"), edge, 6)
    draw_middle(painter, rect, text, font("body", 11, QFont.Weight.DemiBold), colour("accent"))


def _paint_teaching(painter: QPainter, tile: Tile, rect: QRectF) -> None:
    colour = theme().color
    box = QRectF(12, measures.HEADER + 11, rect.width() - 24, rect.height() - measures.HEADER - 23)
    painter.setPen(QPen(colour("accent"), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(colour("accent_soft"))
    painter.drawRoundedRect(box, 8, 8)
    draw_middle(painter, box, tile.teaching, font("body", 13, QFont.Weight.DemiBold), colour("accent"))


def paint_slot(painter: QPainter, rect: QRectF, text: str, *, hot: bool, lit: bool = False) -> None:
    """An empty place that would take a tile: dashed, filled when the pointer would drop there.

    `lit`: a drag goes on that could end here; what the slot says else is covered.
    """
    colour = theme().color
    painter.setPen(QPen(colour("accent" if hot or lit else "ctl"), 2, Qt.PenStyle.DashLine))
    painter.setBrush(colour("accent_soft") if hot else colour("panel") if lit else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    ink = colour("accent" if hot or lit else "ink2")
    draw_middle(painter, rect, text, font("body", 13, QFont.Weight.DemiBold), ink)


NOTE_WIDTH = 206.0


def note_lines(text: str) -> list[str]:
    """A note's text as it is wrapped on its paper."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += wrap(paragraph, font("body", 12), NOTE_WIDTH - 22, 12) or [""]
    return lines[:12]


def note_height(text: str) -> float:
    """How tall the paper of a note is."""
    return 18.0 + 17.0 * len(note_lines(text))


def paint_note(painter: QPainter, rect: QRectF, text: str, *, selected: bool) -> None:
    """A note: yellow paper, in the dark theme a quieter one."""
    paper, edge, ink = theme().color("note"), theme().color("note_line"), theme().color("note_ink")
    draw_shadow(painter, rect, 9)
    draw_panel(painter, rect, paper, theme().color("accent") if selected else edge, 9, 2 if selected else 1)
    for number, line in enumerate(note_lines(text)):
        box = QRectF(rect.left() + 11, rect.top() + 9 + 17 * number, rect.width() - 20, 17)
        draw_line(painter, box, line, font("body", 12), ink)
