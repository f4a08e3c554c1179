"""What a hand does by dragging, done by keys: moving along the way, joining, cutting, menus, notes, branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.journey.journey import ENTRY, Journey, Note, Status
from app.services.open_journey import open_journey
from app.services.workspace import Workspace
from app.ui.canvas.in_place import NoteEditor
from app.ui.canvas.scene import NOTE
from app.ui.quick_add import QuickAdd
from tests.ui.canvas.stage import STORY, Stage, journey_of, tile

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key

LINE = journey_of(
    tile("wait", "A", "Wait a day", "B"), tile("send_email", "B", "Hello", "C"), tile("send_sms", "C", "Bye")
)


def way(stage: Stage) -> list[str]:
    found, key = [], stage.next_of(ENTRY)
    while key is not None:
        found.append(key)
        key = stage.next_of(key)
    return found


def test_ctrl_and_arrows_move_a_tile_along_its_way(show: Callable[[Journey], Stage]) -> None:
    stage = show(LINE)
    stage.document.select(["A"])
    seen = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Left):
        stage.keys(key, modifiers=CTRL)
        seen.append("".join(way(stage)))
        assert stage.document.selection == ("A",)
    assert seen == ["BAC", "BCA", "BCA", "BAC", "ABC", "ABC"]
    stage.document.undo_stack.setIndex(0)
    assert way(stage) == ["A", "B", "C"]


def test_a_tile_and_all_after_it_are_moved_by_select_cut_and_paste(stage: Stage) -> None:
    stage.document.select(["REST"])
    stage.keys(Key.Key_Right, modifiers=CTRL | SHIFT)
    stage.keys(Key.Key_X, modifiers=CTRL)
    assert set(stage.journey.activities) == {"SPLIT", "GOLD"}
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_V, modifiers=CTRL)
    first = stage.next_of("GOLD")
    assert first is not None
    assert stage.journey.activities[first].name == "Still thinking?"
    then = stage.next_of(first)
    assert then is not None
    assert stage.journey.activities[then].name == "Wait 3 days"


def test_an_open_end_is_led_into_another_branch_and_loops_say_why_not(stage: Stage) -> None:
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_K, modifiers=CTRL)
    popup = stage.canvas.findChildren(QuickAdd)[-1]
    rows = {popup.list.item(n).text(): popup.list.item(n) for n in range(popup.list.count())}
    assert "loop" in rows["Loyal customer?"].toolTip()
    assert not rows["Loyal customer?"].flags()
    QTest.keyClicks(popup.search, "wait 3")
    QTest.keyClick(popup.search, Key.Key_Return)
    assert stage.next_of("GOLD") == "WAIT"
    stage.keys(Key.Key_K, modifiers=CTRL | SHIFT)
    assert stage.next_of("GOLD") is None


def test_of_several_open_ends_one_is_chosen(show: Callable[[Journey], Stage]) -> None:
    split = tile("decision_split", "S", "Loyal?", None, None, "A")
    stage = show(journey_of(split, tile("wait", "A", "Wait a day", "B"), tile("send_email", "B", "Hello")))
    stage.document.select(["S"])
    stage.keys(Key.Key_K, modifiers=CTRL)
    ends = stage.canvas.findChildren(QuickAdd)[-1]
    assert [ends.list.item(n).text() for n in range(ends.list.count())] == ["path 1", "path 2"]
    QTest.keyClicks(ends.search, "path 2")
    QTest.keyClick(ends.search, Key.Key_Return)
    targets = next(each for each in stage.canvas.findChildren(QuickAdd) if each is not ends)
    QTest.keyClicks(targets.search, "hello")
    QTest.keyClick(targets.search, Key.Key_Return)
    assert [outcome.next for outcome in stage.journey.activities["S"].outcomes] == [None, "B", "A"]


def test_a_tile_without_an_open_end_says_so(stage: Stage) -> None:
    said: list[str] = []
    stage.document.refused.connect(lambda text, hint: said.append(f"{text} {hint}"))
    stage.document.select(["REST"])
    stage.keys(Key.Key_K, modifiers=CTRL)
    assert said == ["This tile has no open end. Cut its connector first."]


def test_the_menu_key_opens_the_menu_of_the_selection(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Menu)
    menus = [menu for menu in stage.page.canvas.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    assert "Rename tile" in [action.text() for action in menus[0].actions()]
    menus[0].close()
    stage.document.select(())
    stage.keys(Key.Key_F10, modifiers=SHIFT)
    menu = next(menu for menu in stage.page.canvas.findChildren(QMenu) if menu.isVisible())
    assert "Select all tiles" in [action.text() for action in menu.actions()]
    menu.close()


def test_enter_on_a_note_writes_in_it_and_the_outline_has_it_below_its_tile(show: Callable[[Journey], Stage]) -> None:
    stage = show(replace(STORY, notes=(Note("n1", "Ask the shop", "GOLD"), Note("n2", "Free"))))
    stage.page.show_panel("outline")
    rows = stage.page.outline.rows()
    assert rows[NOTE + "n1"].parent() is rows["GOLD"]
    assert rows[NOTE + "n2"].parent() is None
    rows[NOTE + "n1"].setSelected(True)
    assert stage.document.selection == (NOTE + "n1",)
    stage.keys(Key.Key_Return)
    editor = stage.canvas.findChild(NoteEditor)
    QTest.keyClicks(editor, "Done")
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    assert stage.journey.notes[0].text == "Done"


def test_tiles_go_as_text_from_one_journey_to_another(show: Callable[[Journey], Stage], workspace: Workspace) -> None:
    stage, other = show(STORY), show(journey_of(tile("wait", "A", "Wait a day")))
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_C, modifiers=CTRL)
    text = QGuiApplication.clipboard().text()
    assert "Still thinking?" in text, "any editor can keep it"
    QGuiApplication.clipboard().setText(f"  {text}\n")
    other.document.select(["A"])
    other.keys(Key.Key_V, modifiers=CTRL)
    names = [each.name for each in other.journey.activities.values()]
    assert names == ["Wait a day", "Still thinking?", "Wait 3 days"]
    assert len(stage.journey.activities) == 4
    other.keys(Key.Key_Z, modifiers=CTRL)
    assert list(other.journey.activities) == ["A"]


def test_esc_ends_the_presentation(stage: Stage) -> None:
    stage.document.select(["WAIT"])
    stage.page.present()
    assert not stage.page.toolbar.isVisible()
    stage.keys(Key.Key_Escape)
    assert stage.page.toolbar.isVisible()
    stage.page.present()
    stage.page.show_panel("outline")
    assert stage.page.toolbar.isVisible(), "who asks for a panel has done presenting"
    stage.page.present()
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Escape)
    assert stage.document.selection == (), "first what Esc means on the canvas"
    assert not stage.page.toolbar.isVisible()
    stage.keys(Key.Key_Escape)
    assert stage.page.toolbar.isVisible()


def test_two_fingers_zoom_to_where_they_are(stage: Stage) -> None:
    at = QPointF(stage.at("WAIT"))
    below = stage.canvas.camera.to_world(at)
    zoom = stage.canvas.camera.zoom
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at, at, 0.25, QPointF()
    )
    QApplication.sendEvent(stage.canvas, event)
    assert abs(stage.canvas.camera.zoom - zoom * 1.25) < 0.01
    moved = stage.canvas.camera.to_view(below) - at
    assert moved.manhattanLength() < 3


def test_zoom_to_the_selection_shows_it_whole(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_2)
    assert all(stage.canvas.camera.visible().contains(stage.canvas.scene.rect(key)) for key in ("REST", "WAIT"))


def test_what_every_command_of_the_canvas_does_is_in_a_menu_or_said_to_be_unlisted(stage: Stage) -> None:
    actions = stage.canvas.actions_of
    listed = {action for _, of_menu in stage.page.menu_actions() for action in of_menu}
    rest = set(actions.by_name.values()) - listed - set(actions.unlisted)
    assert {action.text() for action in rest} == {"Undo", "Redo"}, "these two are the window's own"


def test_where_nothing_can_be_added_tab_goes_on_to_the_next_part_of_the_window(stage: Stage) -> None:
    opened = open_journey(stage.document.workspace, stage.journey.id)
    stage.document.show_version(replace(opened, status=Status.RUNNING))
    stage.document.select(["WAIT"])
    stage.keys(Key.Key_Tab)
    assert not stage.canvas.findChildren(QuickAdd)
    assert not stage.canvas.hasFocus()
    assert stage.page.isAncestorOf(QApplication.focusWidget())
