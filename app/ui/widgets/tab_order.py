"""The Tab key goes as the eye does: in the order of the layouts, whatever was made or moved first."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QTabWidget, QWidget


def follow_layouts(root: QWidget) -> None:
    """Chain everything in `root` that takes the Tab key, in reading order.

    Qt chains widgets in the order in which they were made, and at the end when they get another window; neither is
    what a person sees.
    """
    before: QWidget | None = None
    for widget in _stops(root):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that Tab stops at inside `widget`, itself first."""
    if widget.isHidden() and not widget.isWindow():
        return
    if isinstance(widget, QTabWidget):
        yield widget.tabBar()
    elif widget.focusProxy() is None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if isinstance(widget, QStackedWidget | QTabWidget | QScrollArea):
        inside = widget.widget() if isinstance(widget, QScrollArea) else widget.currentWidget()
        if inside is not None:
            yield from _stops(inside)
    elif layout is not None:
        yield from _stops_of(layout)
    elif widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        # One that places its children itself; what takes the keyboard keeps its own parts to itself.
        parts = (part for part in widget.children() if isinstance(part, QWidget) and not part.isWindow())
        for part in sorted(parts, key=lambda part: (part.y(), part.x())):
            yield from _stops(part)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of(inner)
