"""The canvas widget: shows a document's journey and turns what hands do into gestures and commands."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.journey.edits import Edit
from app.journey.journey import ENTRY, Place
from app.ui.canvas.actions import CanvasActions
from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.commands import Commands
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.group_commands import GroupCommands
from app.ui.canvas.hits import NOTHING, Hit
from app.ui.canvas.hover_painter import paint_focus, paint_hover
from app.ui.canvas.key_commands import KeyCommands
from app.ui.canvas.key_field import KeyField
from app.ui.canvas.memory import Sweeper, no_sweeps
from app.ui.canvas.minimap import Minimap
from app.ui.canvas.motion import Motion
from app.ui.canvas.moving import moving_part
from app.ui.canvas.path_chip import PathChip
from app.ui.canvas.pointer import Pointer
from app.ui.canvas.scene import NOTE, Change, Scene
from app.ui.canvas.scene_painter import ScenePainter
from app.ui.canvas.sharpness import Sharpness
from app.ui.canvas.spoken import Spoken
from app.ui.canvas.static_layer import StaticLayer
from app.ui.canvas.tile import SLOT
from app.ui.canvas.zoom_control import ZoomControl
from app.ui.keymap import chord
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_IN_MOTION_MS = 4.0
"""How long new pictures of tiles may take in a frame of a gesture."""

_LARGE = 500
"""Tiles from which on a full sweep of the garbage collector would be felt."""

_KEY_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_MOST_MOVING = 400
"""More tiles in view than this are not moved: it would cost frames and show nothing."""


class CanvasView(QWidget):
    """Signals ask the page for what is not the canvas's own: `open_tile` (key), `add_at` (place, global point),
    `menu_for` (hit, global point), `code_menu` (global point); `dropped` tells the key of a tile that landed."""

    open_tile = Signal(str)
    add_at = Signal(object, object)
    menu_for = Signal(object, object)
    code_menu = Signal(object)
    copy_key = Signal()
    rename_tile = Signal(str)
    edit_note = Signal(str)
    show_problem = Signal(str)
    dropped = Signal(str)
    camera_moved = Signal()
    find_wanted = Signal()

    def __init__(self, document: JourneyDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Journey canvas"))
        self.setMinimumSize(240, 120)
        self.document = document
        self.camera = Camera()
        self.scene = Scene()
        self.painter = ScenePainter(self.scene)
        self.layer = StaticLayer(self.painter)
        self.motion = Motion(self)
        self._moving = QRectF()
        self.gesture: Gesture | None = None
        self._by_keys = False
        self.hover: Hit = NOTHING
        self._start: tuple[float, QPointF] | None = None
        """Where it looked at first."""
        self.sharpness = Sharpness(self)
        self.pointer = Pointer(self)
        self.key_field = KeyField(self)
        self.minimap = Minimap(self)
        self.zoom_control = ZoomControl(self)
        self.path_chip = PathChip(self)
        self.commands = Commands(self)
        self.groups = GroupCommands(self)
        self.keyboard = KeyCommands(self)
        self.actions_of = CanvasActions(self, self.commands)
        self.sweeper = Sweeper(self)
        self.spoken = Spoken(self)
        self._listen()
        self._show_scene()

    def _listen(self) -> None:
        document = self.document
        document.changed.connect(lambda _keys: self._show_scene())
        document.context_changed.connect(self._show_scene)
        document.problems_changed.connect(self._show_problems)
        document.state_changed.connect(self._refresh)
        document.path_changed.connect(self._show_path)
        document.selection_changed.connect(self._show_selection)
        self.motion.moved.connect(self._tiles_moved)
        theme().changed.connect(self.restyle)

    # --- what is shown -------------------------------------------------------------------------------------------

    def _show_scene(self) -> None:
        document = self.document
        large = len(document.journey.activities) > _LARGE
        with no_sweeps() if large else nullcontext():
            change = self.scene.show(
                document.journey, document.context, document.problems_by_tile(), document.listeners
            )
        self.painter.scene_changed()
        self.painter.selected = set(document.selection)
        self.painter.editable = not document.read_only
        if self._start is not None:
            self._animate(change)
        self.hover = NOTHING
        if large:
            self.sweeper.rest_begins()
        self._refresh()

    def _animate(self, change: Change) -> None:
        """Let the tiles in view that moved come to their new places; all others are simply there."""
        seen = () if self.camera.zoom < OVERVIEW else self.scene.tile_index.query(self.camera.visible())
        moved = change.moved(seen) if len(seen) <= _MOST_MOVING and theme().motion_ms else {}
        if moved:
            self.motion.settle(moved)
            self._moving = moving_part(self.scene, self.camera, self.motion.offsets)
        else:
            self.motion.still()

    def _show_problems(self) -> None:
        self.scene.show_problems(self.document.problems_by_tile())
        self._refresh()

    def _show_path(self) -> None:
        self.painter.highlight = self.document.highlight
        self.path_chip.show_path(self.document.highlight)
        if self.document.highlight is not None:
            rects = [self.scene.rect(key) for key in self.document.highlight.tiles if key in self.scene.boxes]
            whole = QRectF()
            for rect in rects:
                whole = whole.united(rect)
            if not self.camera.visible().contains(whole):
                self.camera.fit(whole.adjusted(0, -40, 0, 0), self.camera.zoom)
                self._camera_changed()
        self._refresh()

    def _show_selection(self) -> None:
        now = set(self.document.selection)
        changed = now ^ self.painter.selected
        self.painter.selected = now
        if self.camera.zoom < OVERVIEW and len(changed) > 200:
            self.layer.stale()
        for key in changed:
            if key in self.scene.boxes:
                part = self.camera.rect_to_view(self.scene.rect(key).adjusted(-16, -16, 16, 16))
                self.layer.stale_part(part)
                self.update(part.toAlignedRect())

    def restyle(self) -> None:
        """Theme or font changed: make every picture anew."""
        self.painter.look_changed()
        self._show_scene()

    def _refresh(self) -> None:
        self.layer.stale()
        self.key_field.place()
        self.minimap.update()
        self.update()

    def _tiles_moved(self) -> None:
        """A frame of an animation: only the part of the world where tiles move is painted anew."""
        part = moving_part(self.scene, self.camera, self.motion.offsets)
        self.layer.stale_world(part.united(self._moving), self.camera)
        self._moving = part
        self.key_field.place()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The static picture, then what the gesture shows."""
        zoom = self.sharpness.zoom
        still = self.gesture is None and not self.sharpness.waiting and not self.motion.active
        self.painter.cache.allow(None if still and zoom == self.camera.zoom else _IN_MOTION_MS)
        offsets = self.motion.offsets
        picture = self.layer.ready(self.camera, offsets, zoom)
        if self.painter.cache.behind and not self.sharpness.under_way:
            self.layer.stale()
            QTimer.singleShot(0, self, self.update)
        painter = QPainter(self)
        target = QRectF(event.rect())
        ratio = self.camera.ratio
        source = QRectF(target.x() * ratio, target.y() * ratio, target.width() * ratio, target.height() * ratio)
        painter.drawPixmap(target, picture, source)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if self.gesture is not None:
            self.gesture.paint(painter)
        else:
            paint_hover(self, painter)
        if self.hasFocus() and self._by_keys and not self.document.selection:
            paint_focus(self, painter)
        painter.end()
        self.sharpness.painted()

    # --- camera --------------------------------------------------------------------------------------------------

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by view pixels."""
        self.camera.pan(dx, dy)
        self._camera_changed()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in or out, to the pointer or to the middle."""
        self.zoom_to(self.camera.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Set the zoom; what is under `at` (the middle without it) stays where it is."""
        self.camera.zoom_at(zoom, at or QPointF(self.width() / 2, self.height() / 2))
        self.sharpness.zoomed()
        self._camera_changed()

    def fit(self, keys: tuple[str, ...] = ()) -> None:
        """Show the whole journey, or those tiles."""
        bounds = self.scene.bounds if not keys else QRectF()
        for key in keys:
            if key in self.scene.boxes:
                bounds = bounds.united(self.scene.rect(key))
        self.camera.fit(bounds)
        self.sharpness.at_once()
        self._camera_changed()

    def reveal(self, key: str, *, ahead: bool = False) -> None:
        """Bring a tile, or the folded group that it is in, into view; `ahead`: with room for a tile dropped after."""
        home = self.scene.home(key)
        if home is None:
            return
        room = SLOT.width() if ahead else 0.0
        if self.camera.reveal(self.scene.rect(home).adjusted(0, 0, room, 0)):
            self._camera_changed()

    def _camera_changed(self) -> None:
        self.key_field.place()
        self.minimap.update()
        self.zoom_control.show_zoom(self.camera.zoom)
        self.camera_moved.emit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle in the middle; before anybody looked elsewhere, look at the journey's start."""
        middle = self.camera.to_world(QPointF(self.camera.size.width() / 2, self.camera.size.height() / 2))
        self.camera.size = QSizeF(self.size())
        self.camera.ratio = self.devicePixelRatioF()
        if self._start in (None, (self.camera.zoom, self.camera.offset)):
            # Nobody looked elsewhere since: a larger window shows more of the journey, not the same middle.
            self.look_at_start()
        else:
            self.camera.centre_on(middle)
        for child in (self.minimap, self.zoom_control, self.path_chip):
            child.place()
        self._camera_changed()

    def look_at_start(self) -> None:
        """At natural size where the whole journey fits, else with the entry at the left."""
        self.camera.fit(self.scene.bounds)
        if self.camera.zoom < 0.7:
            self.camera.zoom = 0.8
            entry = self.scene.rect(ENTRY) if ENTRY in self.scene.boxes else self.scene.bounds
            half = self.camera.size.width() / 2 / self.camera.zoom
            self.camera.centre_on(QPointF(entry.left() - 40 + half, entry.center().y()))
        self.sharpness.at_once()
        self._start = (self.camera.zoom, self.camera.offset)

    # --- gestures ------------------------------------------------------------------------------------------------

    def take(self, gesture: Gesture | None) -> None:
        """Let a gesture have the pointer; None ends it without a word."""
        self.gesture = gesture
        self.hover = NOTHING
        self.pointer.show_cursor()
        self.update()

    def cancel(self) -> bool:
        """Cancel the gesture under way; returns whether there was one."""
        gesture = self.gesture
        if gesture is None:
            return False
        self.take(None)
        gesture.cancel()
        return True

    def finish(self, at: QPointF) -> None:
        """End the gesture under way where the button was let go."""
        gesture = self.gesture
        if gesture is not None:
            self.take(None)
            gesture.end(at)

    def drop(self, edit: Edit, place: Place) -> None:
        """Make the edit of a drop; what it brought is selected."""
        before = set(self.document.journey.activities)
        had_entry = self.document.journey.entry is not None
        if self.document.apply(edit):
            new = [key for key in self.document.journey.activities if key not in before]
            if self.document.journey.entry is not None and not had_entry:
                new = [ENTRY]
            if new:
                self.document.select([self.scene.home(new[0]) or new[0]])
                self.reveal(new[0], ahead=True)
                self.dropped.emit(new[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See Pointer."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See Pointer."""
        self.pointer.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Pointer."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See Pointer."""
        self.pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.pointer.hover_over(NOTHING)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See Pointer."""
        self.pointer.wheel(event)

    def event(self, event: QEvent) -> bool:
        """While the canvas has the focus its keys are its own: the window's shortcut of the same key waits, and Tab
        opens the quick search instead of leaving."""
        if isinstance(event, QKeyEvent) and self.gesture is None:
            keys = QKeySequence(chord(event))
            if event.type() == QEvent.Type.ShortcutOverride and self.actions_of.handles(keys):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self.actions_of.trigger(keys):
                event.accept()
                return True
        if isinstance(event, QNativeGestureEvent) and self.pointer.pinch(event):
            return True
        return super().event(event)

    def open_or_edit(self, key: str) -> None:
        """What Enter and a double click do: the settings of a tile, the text of a note, the tiles of a group."""
        if key.startswith(NOTE):
            self.edit_note.emit(key)
        elif not self.groups.unfold_at(key):
            self.open_tile.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Pointer for keys that belong to a gesture."""
        self._by_keys = True
        if not self.pointer.key(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """See Pointer."""
        if not self.pointer.key(event, down=False):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Focus is seen as the selection's ring, or round the canvas once the keyboard is in use."""
        self._by_keys = event.reason() in _KEY_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As for focusInEvent."""
        self.update()
