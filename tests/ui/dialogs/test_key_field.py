"""The field of a key: what it proposes fits the dialog and is taken whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.dialogs.key_field import KeyField


def test_a_long_proposal_is_shortened_and_taken_whole(qtbot: QtBot) -> None:
    field = KeyField(lambda _key: False)
    qtbot.addWidget(field)
    field.show()
    field.set_key("k" * 10_000)
    assert "10,000" in field.form.message.text() or "10000" in field.form.message.text()
    assert field.minimumSizeHint().width() < 600
    assert field.proposal.toolTip() == "k" * 200
    qtbot.mouseClick(field.proposal, Qt.MouseButton.LeftButton)
    assert field.key() == "k" * 200
    assert field.problem() == ""
