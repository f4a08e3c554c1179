"""Painting for hours: no growth of memory, no reference lost or kept (PySide6 6.12.0 lost one to None in each call).

`SWITCHBACK_PROFILE=long` paints 50,000 times and, with `pytest -s`, says what it saw.
"""

from __future__ import annotations

import gc
import os
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from app.journey.edits import AddActivity
from app.journey.journey import ENTRY, Journey, Place
from app.kernel.resources import resource
from app.services.import_journey import import_journey
from app.services.journey_context import journey_context
from app.services.open_journey import open_journey
from app.services.preview_import import preview_import
from app.services.save_event import save_event
from app.services.views import PathStep
from app.services.workspace import Workspace
from app.ui.canvas import view as canvas_view
from app.ui.canvas.brush import font
from app.ui.canvas.gestures.band import Band
from app.ui.canvas.highlight import make_highlight
from app.ui.canvas.summary_shape import summary_shape
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.theme import theme
from app.ui.work import Work
from tests.ui.canvas.stage import Stage, journey_of, tile

PAINTS = 50_000 if os.environ.get("SWITCHBACK_PROFILE") == "long" else 1_200

SINGLES: dict[str, object] = {"None": None, "True": True, "False": False, "()": (), "0": 0, "1": 1, "''": ""}
"""What everybody shares: a call that loses or keeps a reference shows in their counts first."""


@dataclass
class Held:
    """What the process holds at a moment."""

    references: dict[str, int]
    objects: int
    traced: int
    resident: int
    """Bytes of the process in memory; 0 where the system does not say."""


def held() -> Held:
    """Counted after all garbage is gone."""
    gc.collect()
    references = {name: sys.getrefcount(each) for name, each in SINGLES.items()}
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return Held(references, len(gc.get_objects()), tracemalloc.get_traced_memory()[0], pages * 4096)


@pytest.mark.timeout(max(120, PAINTS // 20))
def test_painting_leaves_nothing_behind(stage: Stage) -> None:
    canvas = stage.canvas
    lit = make_highlight(stage.journey, (PathStep(ENTRY, "", "done"),), "Path")
    # Children paint themselves and are tested elsewhere.
    for child in (canvas.minimap, canvas.zoom_control, canvas.key_field):
        child.hide()

    def paint(number: int) -> None:
        if number % 7 == 0:
            canvas.zoom_by(1.1 if number % 14 else 1 / 1.1, QPointF(300, 300))
        canvas.pan(3 if number % 2 else -3, 1 if number % 4 < 2 else -1)
        if number % 31 == 0:
            canvas.layer.stale()
        if number % 100 == 0:
            canvas.painter.highlight = lit if number % 200 else None
            stage.document.select(["WAIT"] if number % 200 else [])
        canvas.repaint()

    for number in range(300):
        paint(number)
    tracemalloc.start()
    for number in range(200):
        paint(number)
    before = held()
    for number in range(PAINTS):
        paint(number)
    after = held()
    tracemalloc.stop()
    print(f"\nbefore {PAINTS} paints: {before}\nafter: {after}")
    for name, count in before.references.items():
        grown = after.references[name] - count
        assert abs(grown) < 500, f"a paint must neither take nor lose a reference to {name}: {grown} in {PAINTS}"
    assert after.objects - before.objects < 2_000
    assert after.traced - before.traced < 2_000_000
    assert after.resident - before.resident < 24_000_000


def test_an_animation_moves_what_is_in_view_and_the_rest_is_simply_there(
    show: Callable[[Journey], Stage], qtbot: QtBot
) -> None:
    count = 400
    chain = [tile("wait", f"W{n}", f"Wait {n}", *([f"W{n + 1}"] if n + 1 < count else [])) for n in range(count)]
    stage = show(journey_of(*chain))
    canvas = stage.canvas
    theme().set_reduce_motion(False)
    try:
        assert stage.document.apply(AddActivity(tile("wait", "NEW", "New"), Place(ENTRY)))
        moving = set(canvas.motion.offsets)
        seen = canvas.camera.visible()
        assert moving
        assert all(canvas.scene.rect(key).intersects(seen) for key in moving)
        assert len(moving) < 20
        # Far away a tile is where the layout puts it already.
        far = canvas.scene.rect(f"W{count - 1}")
        canvas.camera.centre_on(far.center())
        canvas._camera_changed()
        assert f"W{count - 1}" not in canvas.motion.offsets
        assert canvas.scene.tile_at(far.center()) == f"W{count - 1}"
        qtbot.waitUntil(lambda: not canvas.motion.active, timeout=20_000)
    finally:
        theme().set_reduce_motion(True)


def test_the_key_to_select_changes_no_font_that_the_layout_measures_with(
    workspace: Workspace, work: Work, qtbot: QtBot
) -> None:
    example = resource("examples") / "abandoned-cart.journey"
    card = import_journey(workspace, preview_import(workspace, example.read_bytes(), example.name))
    opened = open_journey(workspace, card.id)
    page = JourneyPage(JourneyDocument(workspace, work, opened, journey_context(workspace, opened.journey)))
    page.document.setParent(page)
    qtbot.addWidget(page)
    page.resize(1600, 920)
    page.show()
    page.canvas.zoom_by(0.8 / page.canvas.camera.zoom, QPointF(300, 300))
    assert round(page.canvas.key_field.fontInfo().pixelSize()) == 9
    assert font("mono", 11).pixelSize() == 11


def test_the_frame_of_the_focus_is_for_the_keyboard(stage: Stage) -> None:
    canvas = stage.canvas
    frame = theme().color("accent")
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert canvas.grab().toImage().pixelColor(1, 100) != frame
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage().pixelColor(1, 100) == frame


def test_a_short_key_does_not_lie_over_the_buttons_below_it(workspace: Workspace, work: Work, qtbot: QtBot) -> None:
    example = resource("examples") / "abandoned-cart.journey"
    card = import_journey(workspace, preview_import(workspace, example.read_bytes(), example.name))
    opened = open_journey(workspace, card.id)
    context = journey_context(workspace, opened.journey)
    assert context.event is not None
    save_event(workspace, replace(context.event, key="cart-abandoned"))
    page = JourneyPage(JourneyDocument(workspace, work, opened, journey_context(workspace, opened.journey)))
    page.document.setParent(page)
    qtbot.addWidget(page)
    page.resize(1600, 920)
    page.show()
    page.canvas.zoom_by(1 / page.canvas.camera.zoom, QPointF(300, 300))
    scene, field = page.canvas.scene, page.canvas.key_field
    copy = summary_shape(scene.tile(ENTRY)).copy.translated(scene.rect(ENTRY).topLeft())
    assert field.isVisible()
    assert field.geometry().bottom() < page.canvas.camera.rect_to_view(copy).top()


def test_no_caret_pushes_a_part_of_the_key_out_of_sight(workspace: Workspace, work: Work, qtbot: QtBot) -> None:
    example = resource("examples") / "abandoned-cart.journey"
    card = import_journey(workspace, preview_import(workspace, example.read_bytes(), example.name))
    opened = open_journey(workspace, card.id)
    page = JourneyPage(JourneyDocument(workspace, work, opened, journey_context(workspace, opened.journey)))
    page.document.setParent(page)
    qtbot.addWidget(page)
    page.resize(1600, 920)
    page.show()
    canvas, field = page.canvas, page.canvas.key_field
    for percent in range(56, 300, 2):
        canvas.zoom_by(percent / 100 / canvas.camera.zoom, QPointF(300, 300))
        canvas.camera.centre_on(canvas.scene.rect(ENTRY).center())
        field.place()
        assert field.isVisible()
        lines = field.document().firstBlock().layout()
        assert lines.boundingRect().height() <= field.viewport().height()
        for position in (0, lines.lineAt(0).textLength() - 1, len(field.toPlainText())):
            caret = field.textCursor()
            caret.setPosition(position)
            field.setTextCursor(caret)
            assert (field.horizontalScrollBar().value(), field.verticalScrollBar().value()) == (0, 0)


def _long(count: int) -> Journey:
    return journey_of(
        *[tile("wait", f"W{n}", f"Wait {n}", *([f"W{n + 1}"] if n + 1 < count else [])) for n in range(count)]
    )


def test_after_a_zoom_the_picture_gets_sharp_in_pieces_and_is_then_as_if_painted_at_once(
    show: Callable[[Journey], Stage], qtbot: QtBot
) -> None:
    canvas = show(_long(60)).canvas
    canvas.zoom_by(0.5 / canvas.camera.zoom, QPointF(300, 300))
    canvas.repaint()
    sharpness = canvas.sharpness
    assert sharpness.waiting
    assert sharpness.zoom != canvas.camera.zoom
    sharpness.begin()
    canvas.repaint()
    pieces = len(canvas.layer.soft)
    assert pieces > 10
    sharpness.go_on()
    assert len(canvas.layer.soft) < pieces
    # A pan in between takes what is soft with it.
    canvas.pan(-40, 24)
    qtbot.waitUntil(lambda: not sharpness.under_way)
    found = canvas.grab().toImage()
    canvas.layer.stale()
    assert sharpness.zoom == canvas.camera.zoom
    assert canvas.grab().toImage() == found


def test_a_gesture_stops_what_makes_the_picture_sharp_and_it_goes_on_afterwards(
    show: Callable[[Journey], Stage], qtbot: QtBot
) -> None:
    canvas = show(_long(60)).canvas
    canvas.zoom_by(0.5 / canvas.camera.zoom, QPointF(300, 300))
    canvas.sharpness.begin()
    canvas.repaint()
    pieces = len(canvas.layer.soft)
    canvas.take(Band(canvas, QPointF(10, 10), adding=False))
    canvas.sharpness.go_on()
    assert len(canvas.layer.soft) == pieces
    canvas.cancel()
    qtbot.waitUntil(lambda: not canvas.sharpness.under_way)
    assert not canvas.layer.soft


def test_in_an_animation_only_what_moves_is_painted_and_the_picture_is_as_if_all_were(
    show: Callable[[Journey], Stage],
) -> None:
    canvas = (stage := show(_long(60))).canvas
    theme().set_reduce_motion(False)
    try:
        assert stage.document.apply(AddActivity(tile("wait", "NEW", "New"), Place("W1")))
        canvas.repaint()
        animation = canvas.motion._animation
        animation.pause()
        for share in (0.2, 0.5, 0.9, 1.0):
            animation.setCurrentTime(int(animation.duration() * share))
            assert not canvas.layer.shows(canvas.camera), "something is to be painted"
            found = canvas.grab().toImage()
            canvas.layer.stale()
            assert canvas.grab().toImage() == found
            if share == 0.5:
                canvas.pan(-30, 7)
        assert not canvas.motion.offsets
    finally:
        canvas.motion.still()
        theme().set_reduce_motion(True)


def test_pictures_that_are_late_do_not_keep_it_from_getting_sharp(
    show: Callable[[Journey], Stage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas_view, "_IN_MOTION_MS", 0.0)  # as on a dense screen: no frame has time for a picture
    canvas = show(_long(60)).canvas
    canvas.zoom_by(0.5 / canvas.camera.zoom, QPointF(300, 300))
    canvas.sharpness.begin()
    canvas.repaint()
    assert canvas.painter.cache.behind
    qtbot.waitUntil(lambda: not canvas.sharpness.under_way, timeout=5_000)
    assert not canvas.layer.soft
