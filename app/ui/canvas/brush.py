"""Painting helpers that every painter of the canvas shares: fonts that scale, shadows, elided and wrapped text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from threading import get_ident

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from app.ui.icons import icon_names, paint_icon
from app.ui.sides import start
from app.ui.theme import theme


def font(role: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font of the theme at a size in pixels, without hinting, so that text keeps its shape at every zoom."""
    return _font(theme().font(role).toString(), pixels, weight, get_ident())


# A font and its measures belong to one thread each: the engine behind them is the thread's own.
@lru_cache(maxsize=256)
def _font(base: str, pixels: int, weight: QFont.Weight, _thread: int) -> QFont:
    made = QFont()
    made.fromString(base)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=256)
def _metrics(description: str, _thread: int) -> QFontMetricsF:
    made = QFont()
    made.fromString(description)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QFontMetricsF(made)


def metrics(of: QFont) -> QFontMetricsF:
    """The measures of a font; kept, because making them costs more than asking them."""
    return _metrics(of.toString(), get_ident())


def draw_line(painter: QPainter, rect: QRectF, text: str, of: QFont, colour: QColor) -> None:
    """One line of text, elided at its end, centred in its height."""
    painter.setFont(of)
    painter.setPen(colour)
    shown = metrics(of).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | start(), shown)


def draw_code(painter: QPainter, rect: QRectF, text: str, of: QFont, colour: QColor) -> None:
    """One line of what programs read: from left to right in every language."""
    painter.setFont(of)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(rect, side.value | Qt.TextFlag.TextForceLeftToRight.value, text)


def draw_middle(painter: QPainter, rect: QRectF, text: str, of: QFont, colour: QColor) -> None:
    """One line of text in the middle of `rect`, elided where it is longer."""
    painter.setFont(of)
    painter.setPen(colour)
    shown = metrics(of).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 8)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def wrap(text: str, of: QFont, width: float, most: int, *, anywhere: bool = False) -> list[str]:
    """`text` broken into at most `most` lines of `width`; the last is elided where more would follow."""
    layout = QTextLayout(text, of)
    option = QTextOption()
    mode = QTextOption.WrapMode.WrapAnywhere if anywhere else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(mode)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1:
            lines.append(metrics(of).elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start : start + line.textLength()].strip())
    layout.endLayout()
    return lines


def rounded(points: Sequence[QPointF], radius: float = 12.0) -> QPainterPath:
    """A path along straight pieces whose corners are rounded by at most `radius`."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        inward, outward = corner - before, after - corner
        length_in = max(abs(inward.x()), abs(inward.y()))
        length_out = max(abs(outward.x()), abs(outward.y()))
        bend = min(radius, length_in / 2, length_out / 2)
        if bend < 0.5:
            path.lineTo(corner)
            continue
        path.lineTo(corner - inward * (bend / length_in))
        path.quadTo(corner, corner + outward * (bend / length_out))
    path.lineTo(points[-1])
    return path


def draw_shadow(painter: QPainter, rect: QRectF, radius: float, *, lifted: bool = False) -> None:
    """The one soft shadow of what floats: nested rounded rectangles, so that it needs no blur and scales."""
    dark = theme().dark
    steps, drop, strength = (12, 9.0, 5) if lifted else (7, 3.0, 3)
    strength = strength * 3 if dark else strength
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(0, 0, 0) if dark else QColor(20, 30, 25)
    shade.setAlpha(strength)
    painter.setBrush(shade)
    for step in range(steps, 0, -1):
        grown = step if lifted else step * 1.1
        painter.drawRoundedRect(
            rect.adjusted(-grown, -grown + drop, grown, grown + drop), radius + grown, radius + grown
        )


def draw_panel(painter: QPainter, rect: QRectF, fill: QColor, line: QColor, radius: float, width: float = 1.0) -> None:
    """A filled rounded rectangle whose line lies inside its edge."""
    painter.setPen(QPen(line, width))
    painter.setBrush(fill)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def draw_icon(painter: QPainter, rect: QRectF, name: str, token: str) -> None:
    """An icon of the theme; a name without a picture (an imported type's) shows the one for unknown things."""
    known = name if name in _icons() else "unknown"
    paint_icon(painter, known, rect, theme().color(token))


@cache
def _icons() -> frozenset[str]:
    return frozenset(icon_names())


def draw_badge(painter: QPainter, centre: QPointF, severity: str) -> None:
    """The mark of a problem: a disc for an error, a triangle for a warning, so that colour is not its only sign."""
    colour = theme().color("red" if severity == "error" else "amber")
    ink = theme().color("panel")
    painter.setPen(QPen(theme().color("canvas"), 1.5))
    painter.setBrush(colour)
    if severity == "error":
        painter.drawEllipse(centre, 10, 10)
    else:
        path = QPainterPath(centre + QPointF(0, -11))
        path.lineTo(centre + QPointF(11.5, 9))
        path.lineTo(centre + QPointF(-11.5, 9))
        path.closeSubpath()
        painter.drawPath(path)
    painter.setFont(font("body", 12, QFont.Weight.Bold))
    painter.setPen(ink)
    box = QRectF(centre.x() - 10, centre.y() - (10 if severity == "error" else 8), 20, 20)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!")
