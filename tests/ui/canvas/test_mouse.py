"""Each gesture by mouse, with real events on the widgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.journey.journey import ENTRY, Journey
from app.ui.quick_add import QuickAdd
from tests.ui.canvas.stage import LEFT, NO_KEYS, Stage, journey_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_an_api_event_lands_in_the_empty_slot(show: Callable[[Journey], Stage]) -> None:
    stage = show(journey_of(entry=False))
    stage.from_palette("", stage.at(ENTRY, 60, 60), stage.at(ENTRY))
    assert stage.journey.entry is not None
    assert stage.document.selection == (ENTRY,)
    assert stage.canvas.scene.tile(ENTRY).teaching == "Click to choose an event"


def test_an_api_event_may_go_nowhere_else_and_says_so(show: Callable[[Journey], Stage], stage: Stage) -> None:
    plus = stage.plus("GOLD")
    stage.from_palette("", plus - QPoint(30, 0), plus, drop=False)
    gesture = stage.canvas.gesture
    assert gesture is not None
    assert gesture.hot is None
    assert "start of the journey" in gesture.ghost.text
    stage.canvas.cancel()


def test_dropping_on_a_connector_splices_in(stage: Stage) -> None:
    plus = stage.plus("REST")
    stage.from_palette("wait", plus - QPoint(60, 0), plus)
    new = stage.next_of("REST")
    assert new not in (None, "WAIT")
    assert stage.next_of(new) == "WAIT"
    assert stage.document.selection == (new,)


def test_dropping_on_an_open_end_appends(stage: Stage) -> None:
    plus = stage.plus("GOLD")
    stage.from_palette("wait", plus - QPoint(40, 10), plus + QPoint(20, 6))
    assert stage.journey.activities[stage.next_of("GOLD")].type == "wait"
    assert stage.document.undo_stack.undoText() == "Add Wait"


def test_neighbours_make_room_before_the_drop_and_go_back_when_it_is_cancelled(stage: Stage) -> None:
    plus = stage.plus("REST")
    stage.from_palette("send_email", plus - QPoint(60, 0), plus, drop=False)
    assert stage.canvas.motion.offsets["WAIT"].x() > 200
    assert "GOLD" not in stage.canvas.motion.offsets
    assert "between Still thinking? and Wait 3 days" in stage.canvas.gesture.ghost.text
    QTest.keyClick(stage.page.palette_bar.tile("send_email"), Qt.Key.Key_Escape)
    assert stage.canvas.gesture is None
    assert not stage.canvas.motion.offsets
    assert len(stage.journey.activities) == 4
    QTest.mouseRelease(stage.page.palette_bar.tile("send_email"), LEFT)
    assert len(stage.journey.activities) == 4


def test_letting_go_beside_everything_changes_nothing(stage: Stage) -> None:
    stage.from_palette("wait", QPoint(400, 700), QPoint(420, 760))
    assert len(stage.journey.activities) == 4
    assert stage.document.undo_stack.count() == 0


def test_a_double_click_in_the_palette_adds_after_the_selection(stage: Stage) -> None:
    stage.document.select(["GOLD"])
    QTest.mouseDClick(stage.page.palette_bar.tile("wait"), LEFT)
    assert stage.journey.activities[stage.next_of("GOLD")].type == "wait"


def test_the_plus_opens_the_quick_search(stage: Stage) -> None:
    stage.click(stage.plus("WAIT"))
    popup = stage.canvas.findChild(QuickAdd)
    assert popup is not None
    QTest.keyClicks(popup.search, "update")
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert stage.journey.activities[stage.next_of("WAIT")].type == "update_contact"


def test_a_tile_is_dragged_to_another_connector(stage: Stage) -> None:
    plus = stage.plus("GOLD")
    stage.drag(stage.at("WAIT"), stage.at("WAIT", -30, -10), plus - QPoint(20, 0), plus)
    assert stage.next_of("GOLD") == "WAIT"
    assert stage.next_of("REST") is None


def test_shift_takes_everything_after_along(stage: Stage) -> None:
    plus = stage.plus("GOLD")
    stage.drag(stage.at("REST"), stage.at("REST", -30, -10), plus, modifiers=SHIFT)
    assert stage.next_of("GOLD") == "REST"
    assert stage.next_of("REST") == "WAIT"


def test_all_selected_tiles_are_dragged_in_one_step(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    plus, grip = stage.plus("GOLD"), stage.at("WAIT")
    stage.drag(grip, grip + QPoint(-30, -10), plus - QPoint(20, 0), plus, drop=False)
    assert stage.canvas.gesture.ghost.text.startswith("Drop to move 2 tiles after")
    assert stage.canvas.gesture.here == "2 tiles go here"
    QTest.mouseRelease(stage.canvas, LEFT, NO_KEYS, plus)
    assert (stage.next_of("GOLD"), stage.next_of("REST"), stage.next_of("WAIT")) == ("REST", "WAIT", None)
    assert stage.document.selection == ("REST", "WAIT")
    assert stage.document.undo_stack.count() == 1
    stage.document.undo_stack.undo()
    assert stage.next_of("GOLD") is None


def test_selected_tiles_cannot_be_dropped_after_themselves(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.drag(stage.at("REST"), stage.at("REST", 30, 10), stage.plus("WAIT"), drop=False)
    assert stage.canvas.gesture.hot is None
    assert stage.canvas.gesture.ghost.text == "The tiles cannot come after themselves."
    QTest.keyClick(stage.canvas, Qt.Key.Key_Escape)
    assert stage.document.undo_stack.count() == 0


def test_a_tile_cannot_be_dropped_after_itself_and_says_why(stage: Stage) -> None:
    plus = stage.plus("WAIT")
    stage.drag(stage.at("REST"), stage.at("REST", 30, 10), plus, modifiers=SHIFT, drop=False)
    assert stage.canvas.gesture.hot is None
    assert "cannot come after itself" in stage.canvas.gesture.ghost.text
    QTest.keyClick(stage.canvas, Qt.Key.Key_Escape)
    assert stage.canvas.gesture is None
    assert stage.document.undo_stack.count() == 0


def test_an_open_end_is_led_into_another_branch(stage: Stage) -> None:
    stage.drag(stage.plus("GOLD"), stage.plus("GOLD") + QPoint(20, 30), stage.at("WAIT"))
    assert stage.next_of("GOLD") == "WAIT"
    assert stage.document.undo_stack.undoText() == "Join paths"


def test_a_loop_is_refused_with_its_reason(stage: Stage) -> None:
    stage.drag(stage.plus("WAIT"), stage.plus("WAIT") + QPoint(20, 30), stage.at("REST"), drop=False)
    assert stage.canvas.gesture.hot is None
    assert "loop" in stage.canvas.gesture.ghost.text
    QTest.mouseRelease(stage.canvas, LEFT, NO_KEYS, stage.at("REST"))
    assert stage.next_of("WAIT") is None


def test_a_note_is_dragged_to_another_tile_and_off_it(stage: Stage) -> None:
    stage.document.select(["SPLIT"])
    note = stage.canvas.commands.add_note("legal")
    assert note is not None
    stage.drag(stage.at(note), stage.at(note, 20, 20), stage.at("WAIT"))
    assert stage.journey.notes[0].anchor == "WAIT"
    stage.drag(stage.at(note), stage.at(note, 20, 20), QPoint(500, 760))
    assert stage.journey.notes[0].anchor is None


def test_the_presentation_shows_the_canvas_alone_and_brings_back_what_was_seen(stage: Stage) -> None:
    stage.page.add_drawer(QWidget())
    stage.page.toggle_drawer()
    stage.page.canvas.zoom_to(1.5)
    stage.page.canvas.pan(-120, 30)
    stage.wait_until_idle()
    QApplication.processEvents()
    seen = stage.canvas.camera.visible()
    stage.page.present()
    assert not stage.page.drawer.isVisible()
    assert not stage.page.side.isVisible()
    assert not stage.page.palette_bar.isVisible()
    stage.until(lambda: stage.canvas.camera.visible().contains(stage.canvas.scene.bounds))
    stage.page.present()
    assert stage.page.side.isVisible()
    assert stage.page.palette_bar.isVisible()
    assert stage.page.toolbar.isVisible()
    assert stage.page.drawer.isVisible()
    stage.until(lambda: stage.canvas.camera.zoom == 1.5)
    again = stage.canvas.camera.visible()
    assert again.size() == seen.size()
    assert (again.center() - seen.center()).manhattanLength() < 2


def test_a_drag_near_the_edge_pans(stage: Stage) -> None:
    canvas = stage.canvas
    before = canvas.camera.offset.x()
    stage.from_palette("wait", QPoint(600, 300), QPoint(canvas.width() - 6, 300), drop=False)
    stage.until(lambda: canvas.camera.offset.x() > before + 60)
    canvas.cancel()
    still = canvas.camera.offset.x()
    stage.bot.wait(60)
    assert canvas.camera.offset.x() == still


def test_click_selects_and_shift_adds(stage: Stage) -> None:
    stage.click(stage.at("GOLD"))
    assert stage.document.selection == ("GOLD",)
    stage.click(stage.at("WAIT"), SHIFT)
    assert stage.document.selection == ("GOLD", "WAIT")
    stage.click(stage.at("GOLD"), SHIFT)
    assert stage.document.selection == ("WAIT",)
    stage.click(QPoint(400, 780))
    assert stage.document.selection == ()


def test_a_rubber_band_selects_what_it_touches_and_esc_brings_the_old_selection_back(stage: Stage) -> None:
    stage.click(stage.at("SPLIT"))
    corner, end = stage.at("REST", -130, 60), stage.at("WAIT", 60, -40)
    stage.drag(corner, corner + QPoint(20, -20), end)
    assert stage.document.selection == ("REST", "WAIT")
    stage.drag(corner, corner + QPoint(20, -20), stage.at("REST"), drop=False)
    assert stage.document.selection == ("REST",)
    QTest.keyClick(stage.canvas, Qt.Key.Key_Escape)
    assert stage.document.selection == ("REST", "WAIT")


def test_the_middle_button_pans_and_so_does_space(stage: Stage) -> None:
    canvas = stage.canvas
    before = canvas.camera.offset
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(canvas, middle, NO_KEYS, QPoint(500, 500))
    stage.move(QPoint(530, 520))
    QTest.mouseRelease(canvas, middle, NO_KEYS, QPoint(530, 520))
    assert before - canvas.camera.offset == QPointF(30, 20)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    stage.drag(QPoint(500, 500), QPoint(490, 495))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert before - canvas.camera.offset == QPointF(20, 15)
    assert stage.document.undo_stack.count() == 0


def wheel(stage: Stage, at: QPoint, turn: int, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    canvas = stage.canvas
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_ctrl_and_wheel_zoom_to_the_pointer_and_the_wheel_alone_pans(stage: Stage) -> None:
    at = stage.at("WAIT")
    under = stage.canvas.camera.to_world(QPointF(at))
    zoom = stage.canvas.camera.zoom
    wheel(stage, at, 240, Qt.KeyboardModifier.ControlModifier)
    assert stage.canvas.camera.zoom > zoom * 1.4
    after = stage.canvas.camera.to_world(QPointF(at))
    assert (after - under).manhattanLength() < 2
    top = stage.canvas.camera.offset.y()
    wheel(stage, at, -120)
    assert stage.canvas.camera.offset.y() > top


def test_the_minimap_goes_where_it_is_pressed(stage: Stage) -> None:
    canvas = stage.canvas
    QTest.mousePress(canvas.minimap, LEFT, NO_KEYS, QPoint(170, 50))
    assert canvas.camera.visible().center().x() > canvas.scene.rect("SPLIT").right()


def test_a_larger_window_looks_at_the_start_until_somebody_looked_elsewhere(stage: Stage) -> None:
    canvas = stage.canvas
    left = canvas.camera.to_view(canvas.scene.rect(ENTRY).topLeft()).x()
    canvas.resize(canvas.width() + 240, canvas.height())
    fits = canvas.camera.zoom != 0.8
    assert fits or abs(canvas.camera.to_view(canvas.scene.rect(ENTRY).topLeft()).x() - left) < 2
    seen = (canvas.camera.zoom, canvas.camera.offset)
    canvas.look_at_start()
    assert (canvas.camera.zoom, canvas.camera.offset) == seen
    wheel(stage, QPoint(300, 200), -120)
    middle = canvas.camera.visible().center()
    canvas.resize(canvas.width() - 200, canvas.height())
    assert (canvas.camera.visible().center() - middle).manhattanLength() < 2


def test_a_small_canvas_has_no_minimap_over_its_buttons(stage: Stage) -> None:
    canvas = stage.canvas
    for size, shown in (((420, 700), True), ((340, 700), False), ((420, 280), False), ((900, 700), True)):
        canvas.resize(*size)
        assert canvas.minimap.isVisible() is shown, size


def test_the_buttons_of_the_summary_tile_are_found_and_the_teaching_tile_asks_for_an_event(stage: Stage) -> None:
    asked: list[str] = []
    stage.page.canvas.open_tile.disconnect(stage.page.open_tile)
    stage.canvas.open_tile.connect(asked.append)
    stage.click(stage.at(ENTRY))
    assert asked == [ENTRY]


def test_the_context_menu_offers_what_fits(stage: Stage) -> None:
    QTest.mousePress(stage.canvas, Qt.MouseButton.RightButton, NO_KEYS, stage.at("REST"))
    menu = stage.canvas.findChild(QMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.isEnabled()]
    menu.close()
    assert stage.document.selection == ("REST",)
    assert "Delete with everything after it" in texts
    assert "Duplicate tiles" in texts


def test_copying_the_key_needs_no_dialog(stage: Stage) -> None:
    QGuiApplication.clipboard().setText("before")
    stage.page.copy_key()
    assert QGuiApplication.clipboard().text() == "before", "no event is chosen yet"
