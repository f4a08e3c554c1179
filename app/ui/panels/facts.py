"""A name above a value: the line that fact sheets are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets import Button, label


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
