"""The list of problems: where a ready mend exists, one press does it, and undo takes it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.filters.tree import EMPTY
from app.journey.edits import SetActivity
from app.journey.journey import EntryMode
from app.journey.rules import find_problems
from app.kernel.clock import FixedClock
from app.kernel.errors import Problem
from app.services.journey_context import journey_context
from app.ui.dialogs import open_settings
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.settings.paths import PathsEditor
from app.ui.document import JourneyDocument
from app.ui.panels.problems_panel import ProblemsPanel
from app.ui.pseudo import PseudoTranslator, pretend
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


def test_of_many_problems_lines_are_made_as_far_as_one_sees(qtbot: QtBot, document: JourneyDocument) -> None:
    problems = [Problem("name.missing", f"Tile {n} has no name.", where="") for n in range(230)]
    with qtbot.waitSignal(document.problems_changed):  # its own look comes first
        qtbot.waitUntil(lambda: document.work.idle)
        document.check_now()
    panel = ProblemsPanel(document)
    qtbot.addWidget(panel)
    panel.resize(380, 600)
    document.show_problems(tuple(problems))
    panel.show()
    qtbot.waitExposed(panel)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    first = len(panel.rows())
    assert 600 // 60 <= first < 60

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return len(panel.rows()) == 200

    qtbot.waitUntil(at_the_end)
    assert [row.problem for row in panel.rows()] == problems[:200]
    assert any(each.text() == "30 more problems are not listed." for each in panel.findChildren(QLabel))
    # Other problems: from the beginning again.
    document.show_problems(tuple(problems[:5]))
    assert [row.problem for row in panel.rows()] == problems[:5]


def test_what_only_a_person_can_mend_opens_where_it_is_mended(qtbot: QtBot, document: JourneyDocument) -> None:
    message = next(each for each in document.journey.activities.values() if each.type == "send_email")
    split = next(each for each in document.journey.activities.values() if each.type == "decision_split")
    document.apply(SetActivity(message.key, settings={**message.settings, "subject": ""}))
    paths = (*(replace(each, filter=EMPTY) for each in split.outcomes[:-1]), split.outcomes[-1])
    document.apply(SetActivity(split.key, outcomes=paths))
    panel = ProblemsPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.waitSignal(document.problems_changed):
        document.check_now()
    wanted: list[tuple[str, str]] = []
    panel.open_wanted.connect(lambda key, place: wanted.append((key, place)))
    for code, words in (
        ("send_email.subject.missing", "Fill in Subject"),
        ("path_filters.missing", f"Edit the filter of {paths[0].label}"),
    ):
        row = next(row for row in panel.rows() if row.problem.code == code)
        (button,) = [each for each in row.findChildren(QAbstractButton) if each.text()]
        assert button.text() == words
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == [(message.key, "subject"), (split.key, paths[0].key)]

    dialog = open_settings(document, message.key, document.work, panel, step="subject")
    assert isinstance(dialog, ActivityDialog)
    qtbot.waitExposed(dialog)
    assert dialog.editors["subject"].isAncestorOf(dialog.focusWidget())
    dialog.close_unasked()
    dialog = open_settings(document, split.key, document.work, panel, step=paths[-2].key)
    assert isinstance(dialog, ActivityDialog)
    qtbot.waitExposed(dialog)
    editor = dialog.editors["paths"]
    assert isinstance(editor, PathsEditor)
    assert editor.list.currentRow() == len(paths) - 2
    assert editor.builder.isAncestorOf(dialog.focusWidget())
    dialog.close_unasked()


def test_a_problem_and_its_mend_are_said_in_the_language_of_the_window(
    qtbot: QtBot, qapp: QCoreApplication, document: JourneyDocument
) -> None:
    translator = PseudoTranslator("pseudo", qapp)
    qapp.installTranslator(translator)
    try:
        panel = ProblemsPanel(document)
        qtbot.addWidget(panel)
        with qtbot.waitSignal(document.problems_changed):
            document.check_now()
        (row,) = [row for row in panel.rows() if row.problem.code == "entry_mode.not_set"]
        (button,) = [each for each in row.findChildren(QAbstractButton) if each.text()]
        texts = {each.text() for each in row.findChildren(QLabel)}
    finally:
        qapp.removeTranslator(translator)
    assert {pretend(row.problem.message, "pseudo"), pretend(row.problem.hint, "pseudo")} <= texts
    assert button.text() == pretend("Set {mode}", "pseudo").format(mode=pretend(EntryMode.AFTER_EXIT.label, "pseudo"))
    assert row.problem.message == "It is not said who may enter again."


def test_a_mend_that_was_done_is_kept_with_its_plain_english_label(document: JourneyDocument) -> None:
    fix = next(each.fix for each in find_problems(document.journey, document.context) if each.fix is not None)
    _, back = fix.apply(document.journey)
    assert json.loads(msgspec.json.encode([fix.to_document(), back.to_document()]))
