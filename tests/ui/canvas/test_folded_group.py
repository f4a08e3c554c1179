"""The tile of a folded group stands for its tiles: what is done to it is done to all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.journey.edits import AddActivity, SetGroup
from app.journey.folding import group_tile
from app.journey.journey import ENTRY, Place, TileGroup
from app.ui.canvas.gestures.placing import Placing
from app.ui.quick_add import QuickAdd
from tests.ui.canvas.stage import Stage, tile

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def group(stage: Stage) -> str:
    """The tile of a group of the split's lower path, selected."""
    made = TileGroup("late", "Late ones", ("REST", "WAIT"), folded=True)
    assert stage.document.apply(SetGroup(made))
    stage.document.select([group_tile(made)])
    return group_tile(made)


def refusals(stage: Stage) -> list[str]:
    said: list[str] = []
    stage.document.refused.connect(lambda text, _hint: said.append(text))
    return said


def test_it_is_deleted_with_all_that_is_in_it(stage: Stage, group: str) -> None:
    before = stage.journey
    stage.keys(Key.Key_Delete)
    assert set(stage.journey.activities) == {"SPLIT", "GOLD"}
    assert stage.journey.groups == ()
    assert stage.next_of("SPLIT", "remainder") is None
    assert stage.document.selection == ("SPLIT",), "the keyboard stands before it"
    assert stage.document.undo_stack.undoText() == "Remove 2 tiles"
    stage.document.undo_stack.undo()
    assert stage.journey == before


def test_what_follows_it_closes_up(stage: Stage, group: str) -> None:
    stage.document.select(["GOLD"])
    stage.canvas.commands.connect(Place("WAIT"), "GOLD")
    stage.document.select([group])
    stage.keys(Key.Key_Delete)
    assert stage.next_of("SPLIT", "remainder") == "GOLD"


def test_it_is_deleted_with_everything_after_it(stage: Stage, group: str) -> None:
    stage.canvas.add_at.emit(Place("WAIT"), None)
    stage.document.select([group])
    stage.keys(Key.Key_D, modifiers=CTRL)
    assert len(stage.journey.activities) == 6
    stage.document.select([group])
    stage.keys(Key.Key_Delete, modifiers=SHIFT)
    assert set(stage.journey.activities) == {"SPLIT", "GOLD"}
    assert stage.document.selection == ("SPLIT",)


def test_it_is_pasted_as_a_group(stage: Stage, group: str) -> None:
    stage.keys(Key.Key_C, modifiers=CTRL)
    assert '"Late ones"' in QGuiApplication.clipboard().text()
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_V, modifiers=CTRL)
    old, new = stage.journey.groups
    assert (new.name, new.folded, len(new.members)) == ("Late ones", True, 2)
    assert not {*new.members, new.id} & {*old.members, old.id}
    assert stage.next_of("GOLD") == new.members[0]
    assert stage.canvas.scene.is_tile(group_tile(new))
    assert stage.document.selection == (group_tile(new),)
    stage.document.undo_stack.undo()
    assert stage.journey.groups == (old,)
    stage.document.undo_stack.redo()
    assert stage.journey.groups == (old, new), "made again it is the same"


def test_it_is_cut_and_pasted_elsewhere(stage: Stage, group: str) -> None:
    stage.keys(Key.Key_X, modifiers=CTRL)
    assert set(stage.journey.activities) == {"SPLIT", "GOLD"}
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_V, modifiers=CTRL)
    (moved,) = stage.journey.groups
    assert stage.next_of("GOLD") == moved.members[0]


def test_its_copy_stands_behind_it(stage: Stage, group: str) -> None:
    stage.keys(Key.Key_D, modifiers=CTRL)
    _, new = stage.journey.groups
    assert stage.next_of("WAIT") == new.members[0]


def test_all_its_tiles_are_disabled_and_enabled(stage: Stage, group: str) -> None:
    stage.keys(Key.Key_Slash, modifiers=CTRL)
    assert [key for key, each in stage.journey.activities.items() if each.disabled] == ["REST", "WAIT"]
    assert stage.canvas.scene.tile(group).disabled
    stage.keys(Key.Key_Slash, modifiers=CTRL)
    assert not any(each.disabled for each in stage.journey.activities.values())


def test_it_is_dragged_elsewhere_as_a_whole(stage: Stage, group: str) -> None:
    way = stage.plus("GOLD")
    stage.drag(stage.at(group), stage.at(group, 20, 20), way)
    assert stage.next_of("GOLD") == "REST"
    assert stage.next_of("REST") == "WAIT"
    assert stage.next_of("SPLIT", "remainder") is None
    assert stage.canvas.scene.is_tile(group), "it is one tile still"
    assert stage.document.selection == (group,)


def test_with_shift_it_takes_along_what_follows_it(stage: Stage, group: str) -> None:
    assert stage.document.apply(AddActivity(tile("send_sms", "SMS", "A text"), Place("WAIT")))
    before = stage.journey
    way = stage.plus("GOLD")
    stage.drag(stage.at(group), stage.at(group, 20, 20), way, modifiers=SHIFT)
    assert stage.next_of("GOLD") == "REST"
    assert stage.next_of("REST") == "WAIT"
    assert stage.next_of("WAIT") == "SMS"
    assert stage.next_of("SPLIT", "remainder") is None
    assert stage.canvas.scene.is_tile(group), "it is one tile still"
    stage.document.undo_stack.undo()
    assert stage.journey == before


def test_why_it_cannot_go_somewhere_is_said_of_the_group(stage: Stage, group: str) -> None:
    stage.drag(stage.at(group), stage.at(group, 20, 20), stage.plus("SPLIT", "remainder"), modifiers=SHIFT, drop=False)
    gesture = stage.canvas.gesture
    assert isinstance(gesture, Placing)
    assert gesture.ghost.text == "Late ones stands there already."


def test_without_shift_what_follows_it_closes_up(stage: Stage, group: str) -> None:
    assert stage.document.apply(AddActivity(tile("send_sms", "SMS", "A text"), Place("WAIT")))
    stage.drag(stage.at(group), stage.at(group, 20, 20), stage.plus("GOLD"))
    assert stage.next_of("GOLD") == "REST"
    assert stage.next_of("SPLIT", "remainder") == "SMS"


def test_while_it_is_dragged_its_name_is_in_the_hand(stage: Stage, group: str) -> None:
    way = stage.plus("GOLD")
    stage.drag(stage.at(group), stage.at(group, 20, 20), way, drop=False)
    assert stage.canvas.gesture is not None
    assert stage.canvas.gesture.here == "Late ones goes here"  # type: ignore[attr-defined]
    stage.keys(Key.Key_Escape)
    assert stage.next_of("SPLIT", "remainder") == "REST"


def test_the_keyboard_moves_it_along(stage: Stage, group: str) -> None:
    stage.canvas.commands.connect(Place("GOLD"), "REST")
    stage.document.select(["GOLD"])
    stage.keys(Key.Key_Right, modifiers=CTRL)
    assert stage.next_of("WAIT") == "GOLD", "a tile moves past the group"
    stage.keys(Key.Key_Left, modifiers=CTRL)
    assert stage.next_of("GOLD") == "REST"


def test_what_is_added_at_it_follows_its_last_tile(stage: Stage, group: str) -> None:
    assert stage.canvas.commands.place_after(group) == Place("WAIT")
    scene = stage.canvas.scene
    drawn = scene.drawn_at(Place("WAIT"))
    assert drawn.source == group, "the quick search opens at the group"
    assert drawn in scene.wires
    stage.keys(Key.Key_Tab)
    popup = stage.canvas.findChildren(QuickAdd)[-1]
    QTest.keyClicks(popup.search, "sms")
    QTest.keyClick(popup.search, Key.Key_Return)
    new = stage.next_of("WAIT")
    assert new is not None
    assert stage.document.selection == (new,)


def test_an_open_end_is_dragged_on_to_it(stage: Stage, group: str) -> None:
    stage.drag(stage.plus("GOLD"), stage.at(group))
    assert stage.next_of("GOLD") == "REST"


def test_its_own_open_end_is_led_on_by_keys(stage: Stage, group: str) -> None:
    stage.keys(Key.Key_K, modifiers=CTRL)
    popup = stage.canvas.findChildren(QuickAdd)[-1]
    popup.search.setText("on us")
    QTest.keyClick(popup.search, Key.Key_Return)
    assert stage.next_of("WAIT") == "GOLD"
    stage.document.select([group])
    stage.keys(Key.Key_K, modifiers=CTRL | SHIFT)
    assert stage.next_of("WAIT") is None


def test_its_path_moves_up_in_the_split(stage: Stage, group: str) -> None:
    said = refusals(stage)
    stage.keys(Key.Key_Up, modifiers=ALT)
    assert stage.next_of("SPLIT", "remainder") == "REST", "the remainder stays last"
    assert said == []
    stage.document.select([ENTRY])
    stage.keys(Key.Key_Up, modifiers=ALT)
    assert said == ["No path of a split leads to this tile."]


def test_what_it_cannot_do_is_said(stage: Stage, group: str) -> None:
    said = refusals(stage)
    stage.keys(Key.Key_R, modifiers=CTRL)
    stage.keys(Key.Key_S, modifiers=ALT)
    assert said == ["A group cannot be replaced.", "This tile has no two paths to swap."]
