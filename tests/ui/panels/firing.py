"""What tests of the panels do with the Test panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.panels.test_panel import TestPanel

GOOD = {"Contact_key": "NTO-1001", "Cart_total": "84.50", "Country": "NO", "Email": "kari@example.com"}


def put(panel: TestPanel, **values: str) -> None:
    panel.form.set_values({name.replace("_", " "): value for name, value in values.items()})


def press(qtbot: QtBot, panel: TestPanel, button: str = "fire") -> None:
    """Press a button and wait for the answer."""
    panel.answer.take_away()
    target = panel.fire_button if button == "fire" else panel.dry_button
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.answer.isVisible(), timeout=20_000)
