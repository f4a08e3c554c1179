"""Our own icons: SVG files on a 24 px grid, drawn with one stroke, coloured when they are painted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import local
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from app.kernel.resources import resource, resource_text
from app.ui.sides import right_to_left

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_FADED = 0.45
"""Opacity of a disabled icon: its button's text carries the meaning and keeps its contrast."""

_DIRECTED = frozenset({"chevron-left", "chevron-right", "undo", "redo", "exit", "list"})
"""Icons that point along the line of reading: they turn round with it."""


def icon_names() -> tuple[str, ...]:
    """The names of all icons, sorted."""
    return tuple(sorted(_names()))


def make_icon(name: str, colour: str, size: int, colours: Callable[[str], QColor]) -> QIcon:
    """An icon that asks `colours(colour)` each time it is painted. Raises FileNotFoundError for an unknown name."""
    if name not in _names():
        raise FileNotFoundError(f"there is no icon {name}.svg in {resource('icons')}")
    return QIcon(_Engine(name, colour, size, colours))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon into `rect` of a painter, in that colour, centred and square."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    if name not in _DIRECTED or not right_to_left():
        _renderer(name, colour.name()).render(painter, square)
        return
    painter.save()
    painter.translate(square.left() + square.right(), 0)
    painter.scale(-1, 1)
    _renderer(name, colour.name()).render(painter, square)
    painter.restore()


@cache
def _names() -> frozenset[str]:
    return frozenset(f.name[:-4] for f in resource("icons").iterdir() if f.name.endswith(".svg"))


@cache
def _source(name: str) -> str:
    return resource_text("icons", f"{name}.svg")


class _Renderers(local):
    """Of one thread: a renderer must not be shared by two that draw at once."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], QSvgRenderer] = {}


_renderers = _Renderers()


def _renderer(name: str, colour: str) -> QSvgRenderer:
    found = _renderers.kept.get((name, colour))
    if found is None:
        from PySide6.QtSvg import QSvgRenderer  # a library of its own; nothing in the first paint has an icon

        found = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
        _renderers.kept[name, colour] = found
    return found


class _Engine(QIconEngine):
    """Paints with the colour of the moment, so that a switch of the theme needs no new icons."""

    def __init__(self, name: str, colour: str, size: int, colours: Callable[[str], QColor]) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._size = size
        self._colours = colours

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into `rect`."""
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * _FADED)
        paint_icon(painter, self._name, QRectF(rect), self._colours(self._colour))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon on nothing, as large as asked, in device pixels."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPointF().toPoint(), size), mode, state)
        painter.end()
        return pixmap

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """Whatever is asked: the picture is a vector."""
        return size if size.isValid() else QSize(self._size, self._size)

    def isNull(self) -> bool:
        """Never: the file was read when the icon was made."""
        return False
