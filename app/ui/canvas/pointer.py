"""Turns presses, moves and keys on the canvas into gestures; says what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from app.journey.folding import activities_of
from app.journey.journey import ENTRY, Place
from app.ui.canvas.camera import STEP
from app.ui.canvas.gestures.band import Band
from app.ui.canvas.gestures.connect import Connect
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.gestures.move_note import MoveNote
from app.ui.canvas.gestures.move_tile import MoveTile
from app.ui.canvas.gestures.move_tiles import MoveTiles
from app.ui.canvas.gestures.pan import Pan
from app.ui.canvas.gestures.press import Press
from app.ui.canvas.hits import NOTHING, Hit, hit
from app.ui.canvas.scene import note_of
from app.ui.translation import mark, tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_HELP = {
    "plus": mark("Add an activity here"),
    "copy": mark("Copy the Event Definition Key"),
    "code": mark("Ready-made calls: cURL, PowerShell, Python, ..."),
    "badge": mark("Show the problems of this tile"),
}


class Pointer:
    """The hand of one view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._space = False

    def at(self, point: QPointF) -> Hit:
        """What is under a point of the view."""
        return hit(self._view.scene, self._view.camera.to_world(point), self._view.camera.zoom)

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture, or a click that may become one."""
        view, at = self._view, event.position()
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if view.gesture is not None:
            return
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._space):
            view.take(Pan(view, at))
            return
        found = self.at(at)
        if button == Qt.MouseButton.RightButton:
            self._select_for_menu(found)
            view.menu_for.emit(found, event.globalPosition().toPoint())
        elif button == Qt.MouseButton.LeftButton:
            view.take(self._left(found, at, event))

    def moved(self, event: QMouseEvent) -> None:
        """Hand the move to the gesture, or hover."""
        if self._view.gesture is not None:
            self._view.gesture.move(event.position(), event.modifiers())
        else:
            self.hover_over(self.at(event.position()))

    def release(self, event: QMouseEvent) -> None:
        """The gesture ends."""
        self._view.finish(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Open a tile's settings; on the canvas, fit."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.at(event.position())
        if found.kind in ("tile", "note"):
            self._view.open_or_edit(found.key)

    def wheel(self, event: QWheelEvent) -> None:
        """Ctrl zooms to the pointer; otherwise the wheel and the touchpad pan, with Shift sideways."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._view.zoom_by(STEP ** (turn.y() / 120), event.position())
        else:
            exact = event.pixelDelta()
            move = QPointF(exact) if not exact.isNull() else QPointF(turn) * 0.6
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and move.x() == 0:
                move = QPointF(move.y(), 0)
            self._view.pan(move.x(), move.y())
        event.accept()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Two fingers on a touchpad zoom to where they are. Returns whether the gesture was one of ours."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._view.zoom_by(max(0.2, 1 + event.value()), event.position())
        return True

    def key(self, event: QKeyEvent, *, down: bool) -> bool:
        """Esc cancels a gesture, space is the hand that pans, modifiers go to the gesture. Returns whether used."""
        view = self._view
        if event.key() == Qt.Key.Key_Escape and down:
            if view.cancel():
                return True
            if view.document.highlight is not None:
                view.document.show_path(None)
                return True
            if view.document.selection:
                view.document.select(())
                return True
            return False
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = down
            self.show_cursor()
            return True
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt) and view.gesture is not None:
            flag = {
                Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
                Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
                Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
            }[Qt.Key(event.key())]
            view.gesture.keys(flag if down else Qt.KeyboardModifier.NoModifier)
            return True
        return False

    def hover_over(self, found: Hit) -> None:
        """Show what is under the pointer."""
        view = self._view
        if found == view.hover:
            return
        for each in (view.hover, found):
            view.update(self._area(each).toAlignedRect())
        view.hover = found
        view.setToolTip(tr(_HELP[found.kind]) if found.kind in _HELP else "")
        self.show_cursor()

    def show_cursor(self) -> None:
        """The cursor says what a press would do."""
        view = self._view
        if view.gesture is not None and view.gesture.cursor is not None:
            view.setCursor(view.gesture.cursor)
        elif self._space:
            view.setCursor(Qt.CursorShape.OpenHandCursor)
        elif view.hover.kind in ("canvas", "wire"):
            view.unsetCursor()
        else:
            view.setCursor(Qt.CursorShape.PointingHandCursor)

    def _left(self, found: Hit, at: QPointF, event: QMouseEvent) -> Gesture:
        view = self._view
        screen = event.globalPosition().toPoint()
        adding = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if found.kind == "plus":
            return self._on_plus(found, at, screen)
        if found.kind == "slot":
            return Press(view, at, lambda: view.add_at.emit(Place(""), screen))
        if found.kind == "copy":
            return Press(view, at, view.copy_key.emit)
        if found.kind == "code":
            return Press(view, at, lambda: view.code_menu.emit(screen))
        if found.kind == "badge":
            return Press(view, at, lambda: view.show_problem.emit(found.key))
        if found.kind in ("tile", "note"):
            return self._on_tile(found, at, adding=adding)
        return Press(
            view, at, lambda: self._click_canvas(adding=adding), lambda start: Band(view, start, adding=adding)
        )

    def _on_plus(self, found: Hit, at: QPointF, screen: QPoint) -> Gesture:
        """A click adds; the plus of an open end can also be dragged on to a tile."""
        view, place = self._view, found.place
        wire = view.scene.wires.get(place) if place is not None else None
        real = view.scene.real(place) if place is not None else None
        leads = wire is None or wire.target is not None or view.document.read_only
        begin = None if leads or place is None else lambda _start: Connect(view, place)
        return Press(view, at, lambda: view.add_at.emit(real, screen), begin)

    def _on_tile(self, found: Hit, at: QPointF, *, adding: bool) -> Gesture:
        view, key = self._view, found.key
        was = view.document.selection

        def click() -> None:
            if adding:
                view.document.select([each for each in was if each != key] if key in was else [*was, key])
                return
            view.document.select([key])
            if key == ENTRY and view.scene.tile(ENTRY).teaching:
                view.open_tile.emit(ENTRY)

        if not adding and key not in was:
            view.document.select([key])
        return Press(view, at, click, self._mover(key))

    def _mover(self, key: str) -> Callable[[QPointF], Gesture] | None:
        """What a drag of a tile or a note begins; None for what stays where it is."""
        view = self._view
        if view.document.read_only:
            return None
        if activities_of(view.document.journey, [key]):
            return lambda _start: self._begin_move(key)
        note = note_of(view.document.journey, key)
        return (lambda start: MoveNote(view, key, note, start)) if note is not None else None

    def _begin_move(self, key: str) -> Gesture:
        """Drag a tile elsewhere; one with several ways out takes along what follows, and Shift always does. One of
        several that are selected takes the others along, a folded group all that is in it."""
        view = self._view
        journey = view.document.journey
        chosen = tuple(each for each in view.document.selection if activities_of(journey, [each]))
        if len(chosen) > 1 and key in chosen:
            return MoveTiles(view, key, chosen)
        view.document.select([key])
        return MoveTile(view, key)

    def _click_canvas(self, *, adding: bool) -> None:
        if not adding:
            self._view.document.select(())

    def _select_for_menu(self, found: Hit) -> None:
        if found.kind in ("tile", "note") and found.key not in self._view.document.selection:
            self._view.document.select([found.key])

    def _area(self, found: Hit) -> QRectF:
        """Where hovering over something shows."""
        camera = self._view.camera
        if found.kind == "wire" and found.place is not None and found.place in self._view.scene.wires:
            plus = self._view.scene.wires[found.place].plus
            around = QRectF(plus.x() - 14, plus.y() - 14, 28, 28)
            return camera.rect_to_view(around)
        if found is NOTHING:
            return QRectF()
        return camera.rect_to_view(found.rect.adjusted(-4, -4, 4, 4))
