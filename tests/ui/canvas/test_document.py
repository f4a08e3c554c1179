"""The document: drafts are kept, the history comes back, an active version refuses edits, problems and paths show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.journey.edits import AddActivity, SetActivity
from app.journey.journey import ENTRY, Journey, Place, Status
from app.journey.keys import new_activity
from app.services.open_journey import open_journey
from app.services.views import PathStep
from app.services.workspace import Workspace
from app.ui.dialogs import open_settings
from app.ui.document import SAVE_AFTER_MS, JourneyDocument
from app.ui.language import use_language
from app.ui.translation import tr
from app.ui.undo import history_to_document, restore_history
from app.ui.work import Work
from tests.ui.canvas.stage import STORY, Stage, journey_of, open_document, tile


def test_an_edit_is_on_the_disk_within_a_second(stage: Stage, workspace: Workspace, qtbot: QtBot) -> None:
    stage.document.apply(SetActivity("WAIT", name="Think it over"))
    assert stage.document.unsaved
    assert SAVE_AFTER_MS < 1000
    with qtbot.waitSignal(stage.document.saved, timeout=20_000):
        pass
    kept = open_journey(workspace, stage.journey.id)
    assert kept.journey.activities["WAIT"].name == "Think it over"
    assert not stage.document.unsaved


def test_what_is_unsaved_is_written_when_the_page_goes(stage: Stage, workspace: Workspace) -> None:
    stage.document.apply(SetActivity("WAIT", name="At the last moment"))
    stage.page.close()
    assert open_journey(workspace, stage.journey.id).journey.activities["WAIT"].name == "At the last moment"


def test_the_undo_history_comes_back_with_the_draft(stage: Stage, workspace: Workspace, work: Work) -> None:
    before = stage.journey
    for name in ("one", "two", "three"):
        stage.document.apply(SetActivity("WAIT", name=name))
    stage.document.undo_stack.undo()
    stage.document.flush()
    opened = open_journey(workspace, stage.journey.id)
    again = JourneyDocument(workspace, work, opened, stage.document.context)
    assert again.journey.activities["WAIT"].name == "two"
    again.undo_stack.redo()
    assert again.journey.activities["WAIT"].name == "three"
    again.undo_stack.setIndex(0)
    assert again.journey == before
    again.close()


def test_a_jump_in_the_history_shows_only_where_it_leads(stage: Stage) -> None:
    before = stage.journey
    for number in range(30):
        stage.document.apply(SetActivity("WAIT", name=f"Wait {number}"))
    after = stage.journey
    shown: list[object] = []
    stage.document.changed.connect(shown.append)
    history = stage.page.history.list
    history.setCurrentRow(0)
    assert stage.journey == before
    history.setCurrentRow(30)
    assert stage.journey == after
    history.setCurrentRow(11)
    assert stage.journey.activities["WAIT"].name == "Wait 10"
    assert shown == [frozenset({"WAIT"})] * 3
    assert stage.document.undo_stack.index() == 11
    assert stage.canvas.scene.tile("WAIT").title == "Wait 10"


def test_a_kept_history_is_read_in_the_language_of_the_next_start(
    stage: Stage, workspace: Workspace, work: Work, qapp: QApplication
) -> None:
    stage.document.apply(SetActivity("WAIT", name="two"))
    assert stage.document.undo_stack.text(0) == "Rename to two"
    stage.document.flush()
    try:
        use_language(qapp, "pseudo")
        opened = open_journey(workspace, stage.journey.id)
        again = JourneyDocument(workspace, work, opened, stage.document.context)
        assert again.undo_stack.text(0) == tr("Rename to {name}", name="two") != "Rename to two"
        again.close()
    finally:
        use_language(qapp, "en")


def test_a_history_that_cannot_be_read_is_left_out(stage: Stage) -> None:
    stack = QUndoStack()
    restore_history(stage.document, stack, {"format": 1, "edits": [{"label": "x"}], "index": 1})
    assert stack.count() == 0
    restore_history(stage.document, stack, {"format": 99, "edits": [], "index": 0})
    assert stack.count() == 0


def test_only_the_last_edits_are_kept(stage: Stage) -> None:
    for number in range(205):
        stage.document.apply(SetActivity("WAIT", name=f"name {number}"))
    kept = history_to_document(stage.document.undo_stack)
    assert len(kept["edits"]) == 200
    assert kept["index"] == 200
    assert kept["edits"][-1]["label"] == "Rename to name 204"


def test_an_edit_that_is_not_legal_changes_nothing_and_says_why(stage: Stage, qtbot: QtBot) -> None:
    before = stage.journey
    edit = AddActivity(new_activity(before, "wait"), Place("GONE"))
    with qtbot.waitSignal(stage.document.refused) as said:
        assert not stage.document.apply(edit)
    assert "GONE" in said.args[0]
    assert stage.journey is before


def test_problems_show_on_the_tiles_and_in_the_list(stage: Stage, qtbot: QtBot) -> None:
    stage.until(lambda: bool(stage.document.problems))
    assert stage.canvas.scene.tile("GOLD").severity == "error"
    row = next(row for row in stage.page.problems.rows() if row.problem.where == "GOLD")
    row.clicked.emit()
    assert stage.document.selection == ("GOLD",)
    count = len(stage.document.problems)
    assert stage.page.side.tabs.tabText(stage.page.side.tabs.currentIndex()) == f"Problems {count}"


def test_an_active_version_is_read_only(
    show: Callable[[Journey], Stage], workspace: Workspace, work: Work, qtbot: QtBot
) -> None:
    stage = show(STORY)
    opened = open_journey(workspace, stage.journey.id)
    stage.document.show_version(replace(opened, status=Status.RUNNING))
    assert stage.document.read_only
    assert stage.page.banner.isVisible()
    assert not stage.page.palette_bar.isVisible()
    assert not stage.document.apply(SetActivity("WAIT", name="no"))
    plus = stage.at("WAIT")
    stage.drag(plus, stage.at("WAIT", 40, 40), stage.at("GOLD"))
    assert stage.document.undo_stack.count() == 0
    assert stage.page.toolbar.stop.isVisible()
    assert not stage.page.toolbar.activate.isVisible()


def test_activating_what_is_not_ready_lists_the_problems(stage: Stage) -> None:
    stage.page.side.show_panel("history")
    stage.page.toolbar.activate.click()
    stage.until(lambda: stage.page.side.current == "problems")
    assert stage.document.status is Status.DRAFT
    assert any("event" in problem.message.lower() for problem in stage.document.problems)


def test_a_path_is_lit_with_numbers_and_an_edit_puts_it_out(stage: Stage) -> None:
    steps = (
        PathStep(ENTRY, "", "done"),
        PathStep("SPLIT", "remainder", "done"),
        PathStep("REST", "", "done"),
        PathStep("WAIT", "", "waiting"),
    )
    stage.document.show_path(steps, "Path of NTO-1001")
    lit = stage.document.highlight
    assert lit is not None
    assert lit.badges == {ENTRY: "1", "SPLIT": "2", "REST": "3", "WAIT": "4 · waiting"}
    assert lit.wires == {Place(ENTRY), Place("SPLIT", "remainder"), Place("REST")}
    chip = stage.canvas.path_chip
    assert chip.isVisible()
    assert chip.text.text() == "Path of NTO-1001"
    chip.close_button.click()
    assert stage.document.highlight is None
    stage.document.show_path(steps, "again")
    stage.document.apply(SetActivity("WAIT", name="other"))
    assert not chip.isVisible()


def test_the_history_jumps(stage: Stage) -> None:
    for name in ("one", "two", "three"):
        stage.document.apply(SetActivity("WAIT", name=name))
    history = stage.page.history.list
    assert [history.item(n).text() for n in range(history.count())] == [
        "As it was opened",
        "Rename to one",
        "Rename to two",
        "Rename to three",
    ]
    history.setCurrentRow(1)
    assert stage.journey.activities["WAIT"].name == "one"
    history.setCurrentRow(3)
    assert stage.journey.activities["WAIT"].name == "three"


def test_the_outline_mirrors_the_canvas(stage: Stage) -> None:
    rows = stage.page.outline.rows()
    assert list(rows) == [ENTRY, "SPLIT", "GOLD", "REST", "WAIT"]
    assert rows["GOLD"].parent().text(0) == "path 1"
    assert rows["WAIT"].parent() is rows["REST"].parent()
    stage.page.side.show_panel("outline")
    rows["WAIT"].setSelected(True)
    assert stage.document.selection == ("WAIT",)
    stage.document.select(["GOLD"])
    assert [row.text(0) for row in stage.page.outline.tree.selectedItems()] == [rows["GOLD"].text(0)]


def test_documents_of_many_journeys_do_not_share_anything(workspace: Workspace, work: Work) -> None:
    one, other = open_document(workspace, work, STORY), open_document(workspace, work, STORY)
    one.apply(SetActivity("WAIT", name="one"))
    assert other.journey.activities["WAIT"].name == "Wait 3 days"
    one.close()
    other.close()


def test_what_a_colleague_saved_is_shown_and_not_written_over(
    stage: Stage, workspace: Workspace, work: Work, qtbot: QtBot
) -> None:
    mine = stage.document
    opened = open_journey(workspace, mine.journey.id)
    theirs = JourneyDocument(workspace, work, opened, mine.context)
    theirs.apply(SetActivity("WAIT", name="Theirs"))
    theirs.flush()
    with qtbot.waitSignal(mine.changed_elsewhere, timeout=20_000):
        mine.refresh_state()
    assert mine.journey.activities["WAIT"].name == "Theirs"
    # Both at the same time: the one who comes second is told, and sees what the first one did.
    mine.apply(SetActivity("WAIT", name="Mine"))
    mine.flush()
    theirs.apply(SetActivity("WAIT", name="Theirs again"))
    with qtbot.waitSignal(theirs.overtaken.changed, timeout=20_000):
        pass
    assert theirs.overtaken.waits
    assert theirs.journey.activities["WAIT"].name == "Mine"
    assert open_journey(workspace, mine.journey.id).journey.activities["WAIT"].name == "Mine"
    theirs.apply(SetActivity("WAIT", name="Theirs after all"))
    theirs.flush()
    assert open_journey(workspace, mine.journey.id).journey.activities["WAIT"].name == "Theirs after all"
    theirs.close()


def test_ones_own_saving_is_no_news(stage: Stage, qtbot: QtBot) -> None:
    heard: list[bool] = []
    stage.document.changed_elsewhere.connect(lambda: heard.append(True))
    stage.document.apply(SetActivity("WAIT", name="Mine"))
    stage.document.flush()
    stage.document.refresh_state()
    qtbot.waitUntil(lambda: stage.document.work.idle)
    assert not heard
    assert stage.document.undo_stack.canUndo()


@pytest.mark.parametrize("kind", ["decision_split", "goal"])
def test_dialogs_with_a_filter_fit_a_small_screen_at_twice_its_scale(
    show: Callable[[Journey], Stage], kind: str
) -> None:
    stage = show(journey_of(tile(kind, "T", "Tile")))
    dialog = open_settings(stage.document, "T", stage.document.work, stage.page)
    stage.wait_until_idle()
    assert dialog.minimumSizeHint().width() <= 800
    dialog.close_unasked()
