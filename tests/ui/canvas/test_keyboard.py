"""The same work by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.journey.journey import ENTRY, Journey
from app.ui.canvas.in_place import NoteEditor, RenameField
from app.ui.keymap import keymap
from app.ui.quick_add import QuickAdd
from app.ui.theme import theme
from tests.ui.canvas.stage import Stage, journey_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def own_keys() -> Iterator[None]:
    """Keys that a test chose are forgotten behind it."""
    yield
    keymap().use(None)


def quick(stage: Stage, words: str) -> None:
    """Tab, words, Enter."""
    stage.keys(Key.Key_Tab)
    popup = stage.canvas.findChildren(QuickAdd)[-1]
    QTest.keyClicks(popup.search, words)
    QTest.keyClick(popup.search, Key.Key_Return)


def test_a_journey_is_drawn_from_an_empty_canvas(show: Callable[[Journey], Stage]) -> None:
    stage = show(journey_of(entry=False))
    quick(stage, "api")
    assert stage.journey.entry is not None
    quick(stage, "email")
    quick(stage, "wait")
    quick(stage, "decision")
    types = []
    key = stage.journey.first
    while key is not None:
        types.append(stage.journey.activities[key].type)
        key = stage.next_of(key)
    assert types == ["send_email", "wait", "decision_split"]


def test_arrows_walk_along_connectors(stage: Stage) -> None:
    stage.keys(Key.Key_Home)
    assert stage.document.selection == (ENTRY,)
    seen = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Up, Key.Key_Left):
        stage.keys(key)
        seen.append(stage.document.selection[0])
    assert seen == ["SPLIT", "GOLD", "REST", "WAIT", "REST", "GOLD", "SPLIT"]


def test_enter_opens_the_settings_of_the_selected_tile(stage: Stage) -> None:
    opened: list[str] = []
    stage.canvas.open_tile.disconnect(stage.page.open_tile)
    stage.canvas.open_tile.connect(opened.append)
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Return)
    assert opened == ["WAIT"]


def test_delete_heals_and_undo_brings_it_back(stage: Stage) -> None:
    before = stage.journey
    stage.document.select(["REST"])
    stage.keys(Key.Key_Delete)
    assert stage.next_of("SPLIT", "remainder") == "WAIT"
    assert stage.document.selection == ("SPLIT",)
    stage.keys(Key.Key_Z, modifiers=CTRL)
    assert stage.journey == before
    stage.keys(Key.Key_Y, modifiers=CTRL)
    assert "REST" not in stage.journey.activities


def test_shift_delete_takes_the_branch(stage: Stage) -> None:
    stage.document.select(["REST"])
    stage.keys(Key.Key_Delete, modifiers=SHIFT)
    assert set(stage.journey.activities) == {"SPLIT", "GOLD"}


def test_f2_renames_in_place_and_esc_does_not(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_F2)
    field = stage.canvas.findChild(RenameField)
    QTest.keyClicks(field, "Think it over")
    QTest.keyClick(field, Key.Key_Return)
    assert stage.journey.activities["WAIT"].name == "Think it over"
    stage.keys(Key.Key_F2)
    field = stage.canvas.findChildren(RenameField)[-1]
    QTest.keyClicks(field, "no")
    QTest.keyClick(field, Key.Key_Escape)
    assert stage.journey.activities["WAIT"].name == "Think it over"


def test_a_name_that_cannot_be_stays_in_its_place_to_be_mended(stage: Stage) -> None:
    refused: list[str] = []
    stage.document.refused.connect(lambda text, _hint: refused.append(text))
    opened: list[str] = []
    stage.canvas.open_tile.connect(opened.append)
    stage.document.select(["WAIT"])
    before = stage.journey.activities["WAIT"].name
    stage.keys(Key.Key_F2)
    field = stage.canvas.findChild(RenameField)
    field.setText("x" * 201)
    QTest.keyClick(field, Key.Key_Return)
    assert refused == ["The name has 201 characters."]
    assert field.isVisible()
    assert not opened, "Enter was the field's"
    assert (field.property("bad"), len(field.text())) == (True, 201)
    assert field.grab().toImage().pixelColor(0, field.height() // 2) == theme().color("red")
    assert stage.journey.activities["WAIT"].name == before
    field.setText("Two\nlines")
    QTest.keyClick(field, Key.Key_Return)
    assert stage.journey.activities["WAIT"].name == "Two lines"


def test_copy_paste_cut_and_duplicate(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_C, modifiers=CTRL)
    assert "switchback" in QGuiApplication.clipboard().text()
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_V, modifiers=CTRL)
    copy = stage.next_of("GOLD")
    assert stage.journey.activities[copy].name == "Wait 3 days"
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_X, modifiers=CTRL)
    assert "WAIT" not in stage.journey.activities
    stage.document.select([copy])
    stage.keys(Key.Key_D, modifiers=CTRL)
    assert stage.journey.activities[stage.next_of(copy)].type == "wait"


def test_pasting_what_is_no_tile_says_so(stage: Stage, qtbot: object) -> None:
    QGuiApplication.clipboard().setText("hello")
    said: list[str] = []
    stage.document.refused.connect(lambda text, hint: said.append(text))
    stage.keys(Key.Key_V, modifiers=CTRL)
    assert said == ["There are no tiles to paste."]
    damaged = {"format": "switchback-tiles", "version": 1, "activities": [{"key": "A", "type": "wait", "name": 5}]}
    QGuiApplication.clipboard().setText(json.dumps(damaged))
    hints: list[str] = []
    stage.document.refused.connect(lambda text, hint: hints.append(hint))
    stage.keys(Key.Key_V, modifiers=CTRL)
    assert hints == ["What was copied is damaged: copy the tiles again."]
    assert stage.document.undo_stack.count() == 0


def test_thousands_of_tiles_are_read_off_the_gui_thread_and_pasted(stage: Stage) -> None:
    stage.document.select(["GOLD", "REST", "WAIT"])
    while len(stage.journey.activities) < 800:
        stage.keys(Key.Key_D, modifiers=CTRL)
        stage.wait_until_idle()
        stage.keys(Key.Key_A, modifiers=CTRL)
    stage.keys(Key.Key_C, modifiers=CTRL)
    before = len(stage.journey.activities)
    stage.keys(Key.Key_V, modifiers=CTRL)
    assert len(stage.journey.activities) == before, "not yet"
    stage.until(lambda: len(stage.journey.activities) == 2 * before)
    QGuiApplication.clipboard().setText("[" * 100_000)
    said: list[str] = []
    stage.document.refused.connect(lambda text, hint: said.append(text))
    stage.keys(Key.Key_V, modifiers=CTRL)
    stage.until(lambda: said == ["There are no tiles to paste."])


def test_disable_and_move_a_path(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Slash, modifiers=CTRL)
    assert stage.journey.activities["WAIT"].disabled
    assert stage.canvas.scene.tile("WAIT").disabled
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_Down, modifiers=ALT)
    names = [outcome.key for outcome in stage.journey.activities["SPLIT"].outcomes]
    assert names == ["path_1", "remainder"], "the remainder stays last"


def test_zoom_by_keys(stage: Stage) -> None:
    stage.keys(Key.Key_1, modifiers=CTRL)
    assert stage.canvas.camera.zoom == 1.0
    stage.keys(Key.Key_Plus, modifiers=CTRL)
    assert stage.canvas.camera.zoom > 1.1
    stage.keys(Key.Key_0, modifiers=CTRL)
    assert stage.canvas.camera.visible().contains(stage.canvas.scene.bounds)


def test_find_goes_from_one_to_the_next(stage: Stage) -> None:
    stage.keys(Key.Key_F, modifiers=CTRL)
    bar = stage.page.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "?")
    assert stage.document.selection == ("SPLIT",)
    QTest.keyClick(bar.field, Key.Key_Return)
    assert stage.document.selection == ("REST",)
    assert bar.count.text() == "2 of 2"
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert not bar.isVisible()
    assert stage.canvas.hasFocus()


def test_select_all_after_and_before(stage: Stage) -> None:
    stage.keys(Key.Key_A, modifiers=CTRL)
    assert set(stage.document.selection) == {ENTRY, "SPLIT", "GOLD", "REST", "WAIT"}
    stage.document.select(["REST"])
    stage.keys(Key.Key_Right, modifiers=CTRL | SHIFT)
    assert set(stage.document.selection) == {"REST", "WAIT"}
    stage.document.select(["REST"])
    stage.keys(Key.Key_Left, modifiers=CTRL | SHIFT)
    assert set(stage.document.selection) == {"REST", "SPLIT", ENTRY}


def test_a_note_is_written_and_an_empty_one_goes(stage: Stage) -> None:
    stage.document.select(["SPLIT"])
    stage.keys(Key.Key_N, modifiers=CTRL | SHIFT)
    editor = stage.canvas.findChild(NoteEditor)
    QTest.keyClicks(editor, "Legal wants consent first")
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    (note,) = stage.journey.notes
    assert (note.text, note.anchor) == ("Legal wants consent first", "SPLIT")
    rect = stage.canvas.scene.rect(f"note:{note.id}")
    assert not any(rect.intersects(stage.canvas.scene.rect(key)) for key in ("SPLIT", "GOLD", "REST", "WAIT", ENTRY))
    stage.canvas.edit_note.emit(f"note:{note.id}")
    editor = stage.canvas.findChildren(NoteEditor)[-1]
    QTest.keyClicks(editor, "Legal agreed")
    QTest.keyClick(editor, Key.Key_Escape)
    assert stage.journey.notes[0].text == "Legal agreed", "what was written is not lost"
    stage.keys(Key.Key_Z, modifiers=CTRL)
    assert stage.journey.notes[0].text == "Legal wants consent first"
    stage.canvas.edit_note.emit(f"note:{note.id}")
    editor = stage.canvas.findChildren(NoteEditor)[-1]
    editor.clear()
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    assert stage.journey.notes == ()


def test_enter_in_the_palette_adds_after_the_selection(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    row = stage.page.palette_bar.tile("send_email")
    row.setFocus()
    QTest.keyClick(row, Key.Key_Return)
    assert stage.journey.activities[stage.next_of("WAIT")].type == "send_email"


def test_the_palettes_search_keeps_what_fits_and_enter_adds_the_first(stage: Stage) -> None:
    palette = stage.page.palette_bar
    palette.search.setFocus()
    QTest.keyClicks(palette.search, "decis")
    shown = [row.item.key for row in palette.tiles if row.isVisible()]
    assert shown == ["decision_split"]
    stage.document.select(["WAIT"])
    QTest.keyClick(palette.search, Key.Key_Return)
    assert stage.journey.activities[stage.next_of("WAIT")].type == "decision_split"


def test_the_canvas_obeys_its_new_keys(stage: Stage, own_keys: None) -> None:
    keymap().set({"canvas.disable": ("Ctrl+Shift+D",)})
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Slash, modifiers=CTRL)
    assert not stage.journey.activities["WAIT"].disabled
    stage.keys(Key.Key_D, modifiers=CTRL | SHIFT)
    assert stage.journey.activities["WAIT"].disabled
    keymap().set({"canvas.fit": ("Ctrl+Alt+0",), "window.undo": ("Ctrl+Alt+Z",)})
    tips = [child.toolTip() for child in stage.canvas.zoom_control.children() if hasattr(child, "toolTip")]
    assert "Show the whole journey (Ctrl+Alt+0)" in tips
    assert "(Ctrl+Alt+Z)" in stage.page.toolbar.undo.toolTip()


def test_what_is_cut_takes_its_notes_along(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    note = stage.canvas.commands.add_note("Longer?")
    before = stage.journey
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_X, modifiers=CTRL)
    assert note is not None
    assert stage.journey.notes == ()
    assert stage.document.undo_stack.undoText() == "Remove Wait 3 days"
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_V, modifiers=CTRL)
    (moved,) = stage.journey.notes
    assert (moved.text, moved.anchor) == ("Longer?", stage.next_of("GOLD"))
    stage.document.undo_stack.undo()
    stage.document.undo_stack.undo()
    assert stage.journey == before
    stage.document.select([f"note:{before.notes[0].id}"])
    stage.keys(Key.Key_Delete)
    assert stage.document.undo_stack.undoText() == "Remove note"
