"""A tile on its way to a place: from the palette, or from elsewhere on the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.journey.edits import Edit
from app.journey.journey import ENTRY, Place
from app.journey.places import ENTRY_SLOT, Dragged, legal_places
from app.ui.canvas.camera import OVERVIEW
from app.ui.canvas.gestures.edge_pan import EdgePan
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.gestures.ghost import Ghost
from app.ui.canvas.gestures.spots import Spot, Spots
from app.ui.canvas.scene_painter import SLOT_TEXT
from app.ui.canvas.tile import SLOT, Tile
from app.ui.canvas.tile_painter import paint_slot
from app.ui.canvas.wire import Wire
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class Placing(Gesture):
    """Lights the legal places, makes room near the pointer, says what a drop would do, and drops.

    `make` gives the edit for a place, `verb` begins the sentence ("Drop to add Wait"). Esc, or letting go where
    nothing may be dropped, changes nothing.
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self, view: CanvasView, what: Dragged, tile: Tile, size: QSizeF, make: Callable[[Place], Edit], verb: str
    ) -> None:
        super().__init__(view)
        self._tile = tile
        self._make = make
        self._verb = verb
        self.spots = Spots(view.scene, legal_places(view.document.journey, what))
        self.hot: Spot | None = None
        self.ghost = Ghost(view.window(), tile, size, view.camera.zoom)
        self._after: dict[str, frozenset[str]] = {}
        self._pictures: dict[bool, QPixmap] = {}
        self._at = QPointF()
        self._edges = EdgePan(view, lambda: self._look(self._at))
        self._near: list[Wire] = []
        self._near_of: object = None
        self._far: list[QPointF] = []
        self._far_of: object = None
        view.update()

    def retarget(self, what: Dragged, tile: Tile, make: Callable[[Place], Edit], verb: str) -> None:
        """Go on with another thing in hand: the tile alone, or with everything after it."""
        self._tile, self._make, self._verb = tile, make, verb
        self.spots = Spots(self.view.scene, legal_places(self.view.document.journey, what))
        self._heat(None)
        self.view.update()

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer; light what is near."""
        self._at = at
        self._edges.follow(at)
        self._look(at)

    def _look(self, at: QPointF) -> None:
        self.ghost.follow(self.view.mapTo(self.view.window(), at.toPoint()))
        inside = QRectF(self.view.rect()).contains(at)
        near = None
        if inside:
            zoom = self.view.camera.zoom
            near = self.spots.near(self.view.camera.to_world(at), 28 / zoom, self.hot)
        legal = near if near is not None and near.reason is None else None
        self._say(near, inside=inside)
        self._heat(legal)

    def end(self, at: QPointF) -> None:
        """Drop, where the button was let go."""
        Placing.move(self, at, Qt.KeyboardModifier.NoModifier)
        hot = self.hot
        self._over()
        if hot is not None:
            self.view.drop(self._make(hot.real), hot.real)

    def cancel(self) -> None:
        """Put it back."""
        self._over()

    def paint(self, painter: QPainter) -> None:
        """Slots at open ends, pluses on connectors; the hot one filled."""
        view = self.view
        camera = view.camera
        seen = camera.visible().adjusted(-SLOT.width(), -SLOT.height(), 40, 40)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ENTRY_SLOT in self.spots.legal:
            self._paint_slot(painter, self.spots.of(ENTRY_SLOT))
        elif camera.zoom < OVERVIEW:
            self._paint_far(painter, seen)
        else:
            self._paint_near(painter, seen)
        self._paint_slot(painter, self.hot)
        painter.restore()

    @property
    def here(self) -> str:
        """What the slot says in which it would land."""
        return tr("{title} goes here", title=self._tile.title)

    def _paint_near(self, painter: QPainter, seen: QRectF) -> None:
        scene, camera, offsets = self.view.scene, self.view.camera, self.view.motion.offsets
        state = (camera.zoom, camera.offset.x(), camera.offset.y(), self.spots, scene.state)
        if state != self._near_of:
            legal, real = self.spots.legal, scene.real
            places = scene.wire_index.query(seen)
            self._near = [scene.wires[place] for place in places if legal.get(real(place), "") is None]
            self._near_of = state
        hot = self.hot.place if self.hot is not None else None
        on_connectors = []
        for wire in self._near:
            if wire.place == hot:
                continue
            if wire.target is not None:
                on_connectors.append(wire.plus_at(offsets))
            elif (spot := self.spots.of(wire.place)) is not None:
                rect = camera.rect_to_view(self.spots.shifted(spot, offsets))
                painter.drawPixmap(rect.topLeft() - QPointF(2, 2), self._picture(hot=False))
        self.view.painter.signs.pluses(painter, on_connectors, camera, camera.zoom, hot=True)

    def _paint_far(self, painter: QPainter, seen: QRectF) -> None:
        """From afar: a dot at each legal place, in one batch."""
        legal, wires, camera = self.spots.legal, self.view.scene.wires, self.view.camera
        state = (camera.zoom, camera.offset.x(), camera.offset.y(), self.spots)
        if state != self._far_of:
            real = self.view.scene.real
            places = self.view.scene.wire_index.query(seen)
            self._far = [camera.to_view(wires[place].plus) for place in places if legal.get(real(place), "") is None]
            self._far_of = state
        # Thousands of round, smooth dots would cost frames, and from afar nobody sees their shape.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme().color("accent"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawPoints(self._far)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_slot(self, painter: QPainter, spot: Spot | None) -> None:
        if spot is None or spot.reason is not None:
            return
        hot = self.hot is not None and spot.place == self.hot.place
        camera = self.view.camera
        rect = camera.rect_to_view(self.spots.shifted(spot, self.view.motion.offsets))
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(camera.zoom, camera.zoom)
        text = self.here if hot else tr(SLOT_TEXT)
        painter.fillRect(QRectF(0, 0, spot.rect.width(), spot.rect.height()), theme().color("canvas"))
        paint_slot(painter, QRectF(0, 0, spot.rect.width(), spot.rect.height()), text, hot=hot, lit=True)
        painter.restore()

    def _picture(self, *, hot: bool) -> QPixmap:
        """A slot is dashed, and dashes are dear: all of one kind share a picture."""
        found = self._pictures.get(hot)
        camera = self.view.camera
        scale = camera.zoom * camera.ratio
        width = round((SLOT.width()) * scale + 4 * camera.ratio)
        if found is not None and found.width() == width:
            return found
        made = QPixmap(width, round(SLOT.height() * scale + 4 * camera.ratio))
        made.fill(Qt.GlobalColor.transparent)
        made.setDevicePixelRatio(camera.ratio)
        painter = QPainter(made)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(2, 2)
        painter.scale(camera.zoom, camera.zoom)
        paint_slot(painter, QRectF(QPointF(0, 0), SLOT), tr("or here"), hot=hot)
        painter.end()
        self._pictures[hot] = made
        return made

    def _heat(self, spot: Spot | None) -> None:
        """Light another spot, and let the tiles make room for it."""
        if (spot.place if spot else None) == (self.hot.place if self.hot else None):
            return
        self.hot = spot
        view = self.view
        if spot is None or not spot.opens or view.camera.zoom < OVERVIEW:
            view.motion.aside({})
        else:
            target = view.scene.wires[spot.place].target
            assert target is not None  # a spot that opens leads somewhere
            after = self._after.setdefault(target, frozenset(view.scene.after(target)))
            seen = view.scene.tile_index.query(view.camera.visible().adjusted(-300, 0, 0, 0))
            view.motion.aside(self.spots.aside(spot, after, seen))
        view.update()

    def _say(self, near: Spot | None, *, inside: bool) -> None:
        if near is not None and near.reason is not None:
            self.ghost.say(near.reason, refused=True)
        elif near is not None:
            self.ghost.say(tr("{what} {where}", what=self._verb, where=self._where(near)))
        else:
            start = ENTRY_SLOT in self.spots.legal
            where = (
                tr("Drop it at the start of the journey · Esc cancels")
                if start
                else tr("Drop it on a connector or an open end · Esc cancels")
            )
            self.ghost.say(where if inside else "")

    def _where(self, spot: Spot) -> str:
        scene = self.view.scene
        if spot.place == ENTRY_SLOT:
            return tr("as the start of the journey")
        wire = scene.wires[spot.place]
        before = _name(self.view, spot.place.source)
        if wire.target is not None:
            return tr("between {before} and {name}", before=before, name=_name(self.view, wire.target))
        if wire.label:
            return tr("after {before}, path {label}", before=before, label=wire.label)
        return tr("after {before}", before=before)

    def _over(self) -> None:
        self._edges.stop()
        self.ghost.hide()
        self.ghost.deleteLater()
        self.hot = None
        self.view.motion.aside({})
        self.view.update()


def _name(view: CanvasView, key: str) -> str:
    if key == ENTRY and view.document.journey.entry is None:
        return tr("the start")
    return view.scene.tile(key).title
