"""Which texts of a window are cut off: too long for their widget, or lying outside of what holds them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)

_SLACK = 1
"""Pixels that rounding may cost."""


def clipped(top: QWidget) -> Iterator[str]:
    """A line for each text that cannot be read whole; what users wrote may be elided, so only ours ("[") count."""
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            for text, why in _of(widget):
                if "[" in text:
                    yield f"{type(widget).__name__} {text!r}: {why}"


def _of(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox | QRadioButton):
        yield from _needs(widget, widget.text(), widget.sizeHint().width())
    elif isinstance(widget, QComboBox):
        yield from _needs(widget, widget.currentText(), _wide(widget, widget.currentText()) + 30)
    elif isinstance(widget, QLineEdit) and not widget.text():
        yield from _needs(widget, widget.placeholderText(), _wide(widget, widget.placeholderText()) + 12)
    elif isinstance(widget, QTabBar):
        for at in range(widget.count()):
            rect, text = widget.tabRect(at), widget.tabText(at)
            if rect.intersects(widget.rect()) and rect.width() < _wide(widget, text) + 12:
                yield text, f"the tab has {rect.width()}"
    elif isinstance(widget, QHeaderView):
        yield from _header(widget)
    if isinstance(widget, QLabel | QAbstractButton) and _cut_by(widget):
        yield widget.text(), f"it lies outside of its {_cut_by(widget)}"


def _needs(widget: QWidget, text: str, wide: float) -> Iterator[tuple[str, str]]:
    if text and wide > widget.width() + _SLACK:
        yield text, f"it needs {wide} and has {widget.width()}"


def _label(label: QLabel) -> Iterator[tuple[str, str]]:
    room = label.contentsRect()
    if not label.text() or label.pixmap().width():
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _SLACK:
            yield label.text(), f"it needs a height of {needed} and has {label.height()}"
    else:
        yield from _needs(label, label.text(), label.sizeHint().width() - label.width() + room.width())


def _header(header: QHeaderView) -> Iterator[tuple[str, str]]:
    model = header.model()
    if header.orientation() != Qt.Orientation.Horizontal:
        return
    for at in range(header.count()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if not header.isSectionHidden(at) and header.sectionSize(at) < _wide(header, text) + 16:
            yield text, f"the column has {header.sectionSize(at)} and needs {_wide(header, text) + 16}"


def _wide(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _cut_by(widget: QWidget) -> str:
    """The ancestor that cuts it off; none where it scrolls."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder.parentWidget(), QAbstractScrollArea):
            return ""
        area = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
        if not holder.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(area):
            return type(holder).__name__
        if holder.isWindow():
            return ""
        holder = holder.parentWidget()
    return ""
