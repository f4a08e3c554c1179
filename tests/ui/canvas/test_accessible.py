"""What a screen reader gets: names, roles, the outline that mirrors the canvas, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget, QWidget

from app.journey.edits import AddNote
from app.journey.journey import ENTRY, Note
from app.ui.canvas.scene import NOTE
from app.ui.palette_items import palette_items
from app.ui.quick_add import QuickAdd
from tests.ui.canvas.stage import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
Role, Text = QAccessible.Role, QAccessible.Text


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def everything(of: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for at in range(of.childCount()):
        child = of.child(at)
        if child is not None:
            yield child
            yield from everything(child)


def test_every_stop_of_the_keyboard_has_a_name(stage: Stage) -> None:
    for panel in ("problems", "history", "outline"):
        stage.page.show_panel(panel)
        for widget in stage.page.findChildren(QWidget):
            stops = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if stops and not isinstance(widget, QTabWidget):  # its bar has the keyboard
                assert interface(widget).text(Text.Name), f"{widget} on {panel}"


def test_the_palette_is_buttons_that_a_screen_reader_can_press(stage: Stage) -> None:
    tiles = [interface(tile) for tile in stage.page.palette_bar.tiles]
    assert {tile.role() for tile in tiles} == {Role.Button}
    assert [tile.text(Text.Name).partition(". ")[0] for tile in tiles] == [item.label for item in palette_items()]
    before = len(stage.journey.activities)
    stage.page.palette_bar.tile("wait").click()
    assert len(stage.journey.activities) == before + 1


def test_the_outline_is_a_tree_that_says_what_the_tiles_say(stage: Stage) -> None:
    stage.page.show_panel("outline")
    tree = interface(stage.page.outline.tree)
    assert tree.role() == Role.Tree
    assert tree.text(Text.Name) == "Outline of the journey"

    def rows() -> list[str]:
        return [row.text(Text.Name) for row in everything(tree) if row.role() == Role.TreeItem]

    stage.until(lambda: bool(rows()))
    said = rows()
    scene = stage.canvas.scene
    tiles = [key for key in scene.boxes if scene.is_tile(key)]
    assert len([words for words in said if words in {scene.tile(key).spoken for key in tiles}]) == len(tiles)
    assert "Path path 1" in said


def test_the_canvas_says_what_is_selected(stage: Stage) -> None:
    canvas = interface(stage.canvas)
    assert canvas.text(Text.Name) == "Journey canvas"
    stage.keys(Qt.Key.Key_Home)
    stage.until(lambda: bool(stage.document.problems))
    stage.until(lambda: canvas.text(Text.Description).startswith(stage.canvas.scene.tile(ENTRY).spoken))
    said = canvas.text(Text.Description)
    assert said.endswith(". 1 of 5")
    stage.keys(Qt.Key.Key_Right)
    said = canvas.text(Text.Description)
    assert said.startswith("Loyal customer?")
    assert "Decision Split" in said
    problem = next(each for each in stage.document.problems if each.where == "SPLIT")
    assert problem.message.rstrip(".") in said
    assert said.endswith(". 2 of 5")
    stage.document.select(["GOLD", "REST"])
    assert canvas.text(Text.Description).startswith("2 tiles are selected; Your cart, on us")
    stage.document.select([])
    said = "5 tiles, none is selected. The arrow keys go from tile to tile. Tab: add an activity"
    assert canvas.text(Text.Description) == said


def test_the_canvas_says_a_note_and_what_an_empty_journey_wants(stage: Stage) -> None:
    canvas = interface(stage.canvas)
    stage.document.apply(AddNote(Note("NOTE", "Ask Ines")))
    note = stage.journey.notes[0]
    stage.document.select([NOTE + note.id])
    assert canvas.text(Text.Description) == "Note: Ask Ines"
    stage.keys(Qt.Key.Key_A, modifiers=CTRL)
    stage.keys(Qt.Key.Key_Delete)
    stage.until(lambda: canvas.text(Text.Description).startswith("Empty"))


def test_who_types_in_a_search_hears_the_row_that_enter_takes(stage: Stage) -> None:
    stage.keys(Qt.Key.Key_Home)
    stage.keys(Qt.Key.Key_Tab)
    popup = stage.page.findChild(QuickAdd)
    assert popup is not None
    QTest.keyClicks(popup.search, "wait")
    said = interface(popup.search)
    assert said.text(Text.Description) == "Wait. A length of time"
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    assert said.text(Text.Description) == "Wait until date. A date and a time"
    QTest.keyClicks(popup.search, "nonsense")
    assert said.text(Text.Description).startswith("Nothing of that name")
    assert popup.nothing.isVisible(), "and who looks reads it"
    popup.search.clear()
    assert popup.list.isVisible()
    assert not popup.nothing.isVisible()
    popup.close()


def test_who_finds_on_the_canvas_hears_what_was_found(stage: Stage) -> None:
    stage.keys(Qt.Key.Key_F, modifiers=CTRL)
    field = stage.page.find_bar.field
    QTest.keyClicks(field, "on us")
    assert interface(field).text(Text.Description).startswith("1 of 1. Your cart, on us")
    QTest.keyClicks(field, "!")
    assert interface(field).text(Text.Description) == "none"


def test_a_problem_is_a_button_that_leads_to_its_tile(stage: Stage) -> None:
    stage.page.show_panel("problems")
    stage.until(lambda: bool(stage.page.problems.rows()))
    row = next(each for each in stage.page.problems.rows() if each.problem.where)
    assert interface(row).role() == Role.Button
    assert interface(row).text(Text.Name) == row.accessibleName()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert stage.document.selection == (row.problem.where,)


def test_canvas_and_outline_select_each_other(stage: Stage) -> None:
    stage.page.show_panel("outline")
    stage.document.select(["WAIT"])
    rows = stage.page.outline.rows()
    assert rows["WAIT"].isSelected()
    stage.page.outline.tree.clearSelection()
    rows["GOLD"].setSelected(True)
    assert stage.document.selection == ("GOLD",)


def test_f6_goes_round_the_areas_and_each_shows_that_it_has_the_keyboard(stage: Stage) -> None:
    stage.canvas.setFocus()
    visited = []
    for _ in range(4):
        stage.keys_where_they_go(Qt.Key.Key_F6)
        focus = stage.page.focusWidget()
        assert focus is not None
        areas = {"toolbar": stage.page.toolbar, "palette": stage.page.palette_bar, "panel": stage.page.side}
        visited.append(next((name for name, area in areas.items() if area.isAncestorOf(focus)), "canvas"))
    assert visited == ["panel", "toolbar", "palette", "canvas"]
    stage.keys_where_they_go(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert stage.page.palette_bar.isAncestorOf(stage.page.focusWidget())
