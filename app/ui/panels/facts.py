"""What fact sheets are made of: the column, a name above a value, the problems of a tile."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kernel.errors import Problem, Severity
from app.ui.errors import at_once
from app.ui.widgets import Banner, Button, label


def column(sheet: QWidget) -> QVBoxLayout:
    """The layout of a whole sheet."""
    box = QVBoxLayout(sheet)
    box.setContentsMargins(14, 14, 14, 14)
    box.setSpacing(12)
    return box


def fact(name: str, value: QWidget, button: Button | None = None) -> QWidget:
    """`name` in the label's type over `value`, with a quiet button at the right end of the name."""
    home = QWidget()
    box = QVBoxLayout(home)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(label(name, "label", home, buddy=value))
    head.addStretch()
    if button is not None:
        button.setAccessibleName(f"{button.text()}: {name}")
        head.addWidget(button)
    box.addLayout(head)
    box.addWidget(value)
    if not value.accessibleName():
        value.setAccessibleName(name)
    return home


def empty(box: QVBoxLayout) -> None:
    """Take away all that stands in a part of a sheet, for what is so now."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.deleteLater()


def show_problems(box: QVBoxLayout, problems: Iterable[Problem], sheet: QWidget) -> None:
    """A banner for each problem, instead of those that were there."""
    empty(box)
    for problem in problems:
        tone = "error" if problem.severity is Severity.ERROR else "warning"
        box.addWidget(Banner(at_once(problem), tone, sheet))
