"""The list of problems: where a ready mend exists, one press does it, and undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.journey.journey import EntryMode
from app.kernel.clock import FixedClock
from app.services.journey_context import journey_context
from app.ui.document import JourneyDocument
from app.ui.panels.problems_panel import ProblemsPanel
from app.ui.work import Work
from tests.support.databases import NOW
from tests.support.workspace import abandoned_cart


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[JourneyDocument]:
    """A draft that lacks one thing, the entry mode."""
    workspace = open_workspace(str(tmp_path / "w.switchback"), clock=FixedClock(NOW))
    work = Work()
    opened = abandoned_cart(workspace, active=False).open
    lacking = replace(opened, journey=replace(opened.journey, entry_mode=EntryMode.NOT_SET))
    made = JourneyDocument(workspace, work, lacking, journey_context(workspace, lacking.journey))
    yield made
    made.close()
    work.close()
    workspace.close()


def test_a_ready_mend_is_one_press(qtbot: QtBot, document: JourneyDocument) -> None:
    panel = ProblemsPanel(document)
    qtbot.addWidget(panel)
    panel.resize(380, 600)
    panel.show()
    with qtbot.waitSignal(document.problems_changed):
        document.check_now()
    (row,) = [row for row in panel.rows() if row.problem.code == "entry_mode.not_set"]
    (button,) = [each for each in row.findChildren(QAbstractButton) if each.text()]
    assert button.text() == "Set re-entry only after exiting"
    problem = row.problem
    with qtbot.waitSignal(document.problems_changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.journey.entry_mode is EntryMode.AFTER_EXIT
    assert document.mend_label(problem) == ""
    assert not document.mend(problem)
    document.undo_stack.undo()
    assert document.journey.entry_mode is EntryMode.NOT_SET
