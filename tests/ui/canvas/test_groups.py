"""Groups that fold to one tile, replacing a tile, swapping paths."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.journey.journey import ENTRY, Place
from app.ui.canvas.in_place import RenameField
from app.ui.quick_add import QuickAdd
from tests.ui.canvas.stage import LEFT, Stage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def test_tiles_fold_to_one_and_unfold_again(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    field = stage.canvas.findChild(RenameField)
    assert field.hasSelectedText()
    QTest.keyClick(field, Key.Key_Escape)
    (group,) = stage.journey.groups
    tile = f"group:{group.id}"
    scene = stage.canvas.scene
    assert stage.document.selection == (tile,)
    assert {key for key in scene.boxes if scene.is_tile(key)} == {ENTRY, "SPLIT", "GOLD", tile}
    assert scene.tile(tile).summary.startswith("2 tiles")
    assert set(stage.journey.activities) == {"SPLIT", "GOLD", "REST", "WAIT"}, "nothing is lost"
    QTest.mouseDClick(stage.canvas, LEFT, Qt.KeyboardModifier.NoModifier, stage.at(tile))
    assert {"REST", "WAIT"} <= set(scene.boxes)
    ((name, frame),) = scene.frames
    assert name == "Group 1"
    assert frame.contains(scene.rect("REST"))
    assert frame.contains(scene.rect("WAIT"))
    stage.document.select(["REST"])
    stage.keys(Key.Key_G, modifiers=CTRL | SHIFT)
    assert stage.journey.groups == ()


def test_a_new_group_is_named_where_it_stands(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    field = stage.canvas.findChild(RenameField)
    QTest.keyClicks(field, "The others")
    QTest.keyClick(field, Key.Key_Return)
    (group,) = stage.journey.groups
    assert (group.name, group.folded) == ("The others", True)
    assert stage.document.selection == (f"group:{group.id}",)


def test_the_outline_shows_a_folded_group_as_one_row_that_unfolds(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    tile = stage.document.selection[0]
    stage.page.show_panel("outline")
    outline = stage.page.outline
    row = outline.rows()[tile]
    assert row.text(0).startswith("Group 1 · 2 tiles")
    assert row.childCount() == 0
    assert not row.isExpanded()
    assert row.isSelected()
    assert not {"REST", "WAIT"} & outline.rows().keys()
    outline.search.setText("wait 3")
    stage.until(lambda: outline.rows()["GOLD"].isHidden())
    assert not outline.rows()[tile].isHidden(), "a search looks into it"
    outline.search.setText("")
    stage.until(lambda: not outline.rows()["GOLD"].isHidden())
    outline.tree.setFocus()
    outline.tree.setCurrentItem(outline.rows()[tile])
    QTest.keyClick(outline.tree, Key.Key_Right)
    stage.until(lambda: "REST" in stage.canvas.scene.boxes)
    assert tile not in outline.rows()
    assert outline.rows()["WAIT"].text(0).startswith("Wait 3 days")


def test_what_is_dropped_behind_a_folded_group_follows_its_last_tile(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    tile = stage.document.selection[0]
    place = next(wire.place for wire in stage.canvas.scene.wires_from(tile))
    assert stage.canvas.scene.real(place) == Place("WAIT")
    plus = stage.plus(place.source, place.outcome)
    stage.from_palette("send_email", plus, plus)
    new = stage.next_of("WAIT")
    assert new is not None
    assert stage.journey.activities[new].type == "send_email"
    assert stage.document.selection == (new,)


def test_problems_inside_a_folded_group_show_on_it(stage: Stage) -> None:
    stage.until(lambda: bool(stage.document.problems))
    stage.document.select(["REST", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    tile = stage.document.selection[0]
    stage.until(lambda: stage.canvas.scene.tile(tile).severity == "error")
    stage.page.go_to("REST")
    assert stage.document.selection == (tile,)


def test_tiles_that_do_not_hang_together_are_refused(stage: Stage) -> None:
    said: list[str] = []
    stage.document.refused.connect(lambda text, hint: said.append(text))
    stage.document.select(["GOLD", "WAIT"])
    stage.keys(Key.Key_G, modifiers=CTRL)
    assert stage.journey.groups == ()
    assert "hang together" in said[0]


def test_replacing_keeps_the_connections(stage: Stage) -> None:
    stage.document.select(["REST"])
    stage.keys(Key.Key_R, modifiers=CTRL)
    popup = stage.canvas.findChildren(QuickAdd)[-1]
    QTest.keyClicks(popup.search, "update")
    QTest.keyClick(popup.search, Key.Key_Return)
    new = stage.next_of("SPLIT", "remainder")
    assert new is not None
    assert stage.journey.activities[new].type == "update_contact"
    assert stage.next_of(new) == "WAIT"
    assert "REST" not in stage.journey.activities


def test_two_paths_are_swapped(stage: Stage) -> None:
    stage.document.select(["SPLIT"])
    stage.keys(Key.Key_S, modifiers=Qt.KeyboardModifier.AltModifier)
    assert stage.next_of("SPLIT", "path_1") == "REST"
    assert stage.next_of("SPLIT", "remainder") == "GOLD"
