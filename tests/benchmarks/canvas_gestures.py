"""Gestures of a hand on one view, frame by frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt

from app.journey.edits import AddActivity
from app.journey.journey import ENTRY, Place
from app.journey.keys import new_activity
from app.ui.canvas.camera import MAX_ZOOM, MIN_ZOOM
from app.ui.canvas.gestures.band import Band
from app.ui.canvas.gestures.gesture import Gesture
from app.ui.canvas.gestures.move_tile import MoveTile
from app.ui.canvas.gestures.new_tile import NewTile
from app.ui.canvas.view import CanvasView
from app.ui.document import JourneyDocument
from app.ui.palette_items import palette_items
from app.ui.theme import theme
from tests.benchmarks.timing import Took, timed

SIZE = (1600, 1000)
FRAMES = 40
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Bench:
    """Measures one view."""

    def __init__(self, document: JourneyDocument) -> None:
        self.document = document
        self.view = CanvasView(document)
        self.view.resize(*SIZE)
        self.most_moved = 0
        """The most tiles that an animation moved in a frame."""

    def frame(self, act: Callable[[], object]) -> Took:
        """One frame: what was done, and the paint of the canvas and of what lies on it."""

        def both() -> None:
            act()
            self.view.update()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

        return timed(both)

    def warm(self) -> None:
        """Paint until every picture is sharp: a gesture begins on a canvas at rest."""
        for _ in range(60):
            self.view.sharpness.at_once()
            self.view.layer.stale()
            self.view.repaint()
            if not self.view.painter.cache.behind:
                return

    def look_at(self, zoom: float, at: QPointF) -> None:
        """Set the zoom over a point of the world, and wait until all is sharp."""
        view = self.view
        view.camera.zoom = zoom
        view.camera.centre_on(at)
        view._camera_changed()
        self.warm()

    def seen(self) -> int:
        """How many tiles are in view."""
        return len(self.view.scene.tile_index.query(self.view.camera.visible()))

    def densest(self, zoom: float) -> QPointF:
        """Where the most tiles are in view at that zoom."""
        scene = self.view.scene
        width, height = SIZE[0] / zoom, SIZE[1] / zoom
        best, most = scene.bounds.center(), -1
        for key in list(scene.boxes)[:: max(1, len(scene.boxes) // 400)]:
            centre = scene.rect(key).center()
            part = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            count = len(scene.tile_index.query(part))
            if count > most:
                best, most = centre, count
        return best

    def pan(self) -> list[Took]:
        """The frames of a pan by hand, and of one by a flick that brings a new strip into view in each frame."""
        slow = [self.frame(lambda n=n: self.view.pan(-9 if n % 20 < 10 else 9, 5)) for n in range(FRAMES)]
        return slow + [self.frame(lambda n=n: self.view.pan(*((-53, 0), (0, 41))[n // 10 % 2])) for n in range(FRAMES)]

    def zoom_through(self, at: QPointF) -> list[Took]:
        """From the closest to the farthest and back, to the pointer, over a point of the world."""
        view, times = self.view, []
        self.look_at(MAX_ZOOM, at)
        pointer = QPointF(SIZE[0] / 2, SIZE[1] / 2)
        for factor in (1 / 1.12, 1.12):
            while MIN_ZOOM < view.camera.zoom * factor < MAX_ZOOM:
                times.append(self.frame(lambda factor=factor: view.zoom_by(factor, pointer)))
        return times

    def sharpen(self, at: QPointF) -> list[Took]:
        """The frames that make the pictures of tiles sharp after a zoom has ended, at several zooms."""
        view, times = self.view, []
        for zoom in (0.37, 0.44, 0.55, 0.7, 0.9, 1.3):
            self.look_at(zoom * 0.9, at)
            view.zoom_to(zoom, QPointF(SIZE[0] / 2, SIZE[1] / 2))
            view.repaint()
            view.sharpness.begin()
            times.append(timed(self._paint))
            while view.sharpness.under_way:
                times.append(timed(self._sharpen_more))
        return times

    def _paint(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)

    def _sharpen_more(self) -> None:
        self.view.sharpness.go_on()
        self._paint()

    def begin_drag(self) -> list[Took]:
        """The first frame of dragging the first tile and one in the middle: where may they go?"""
        keys = list(self.document.journey.activities)
        times = []
        for key in (keys[0], keys[len(keys) // 2], keys[-1]):
            at = self.view.camera.to_view(self.view.scene.rect(key).center())
            times.append(self.frame(lambda key=key, at=at: self._take(MoveTile(self.view, key), at)))
            self.view.cancel()
        self.view.motion.still()
        return times

    def _take(self, gesture: Gesture, at: QPointF) -> None:
        self.view.take(gesture)
        gesture.move(at, NO_KEYS)

    def drag(self, near: QPointF) -> list[Took]:
        """A tile from the palette over the canvas, past the connectors at `near` (world), with room made for it."""
        view, times = self.view, []
        item = next(item for item in palette_items() if item.key == "wait")
        gesture = NewTile(view, item)
        view.take(gesture)
        centre = view.camera.to_view(near)
        theme().set_reduce_motion(False)
        for number in range(FRAMES):
            at = centre + QPointF((number % 20 - 10) * 14, (number % 7 - 3) * 6)
            times.append(self.frame(lambda at=at: gesture.move(at, NO_KEYS)))
            animation = view.motion._animation
            if animation.state() == animation.State.Running:
                for _ in range(2):
                    step = min(animation.duration(), animation.currentTime() + 16)
                    times.append(self.frame(lambda step=step: view.motion._animation.setCurrentTime(step)))
                self.most_moved = max(self.most_moved, len(view.motion.offsets))
        view.cancel()
        view.motion.still()
        theme().set_reduce_motion(True)
        return times

    def band(self) -> list[Took]:
        """A rubber band over most of the view."""
        view = self.view
        gesture = Band(view, QPointF(60, 60), adding=False)
        view.take(gesture)
        times = []
        for number in range(FRAMES):
            at = QPointF(60 + number * 34, 60 + number * 21)
            times.append(self.frame(lambda at=at: gesture.move(at, NO_KEYS)))
        view.cancel()
        return times

    def edits(self) -> list[Took]:
        """Adding a tile, with the new layout and the paint: near the entry, in the middle, at the end."""
        keys = list(self.document.journey.activities)
        times = []
        for number in range(18):
            key = (keys[0], keys[len(keys) // 2], keys[-1])[number % 3]
            journey = self.document.journey
            place = Place(key, journey.activities[key].outcomes[0].key)
            edit = AddActivity(new_activity(journey, "wait"), place)
            times.append(self.frame(lambda edit=edit: self.document.apply(edit)))
        return times

    def all_gestures(self, zoom: float) -> dict[str, list[Took]]:
        """Every gesture at that zoom, where the most tiles are in view; the drag near the entry too."""
        scene = self.view.scene
        dense = self.densest(zoom)
        entry = scene.rect(ENTRY)
        start = QPointF(entry.right() + 20, entry.center().y())
        found = {}
        self.look_at(zoom, dense)
        found["pan"] = self.pan()
        self.look_at(zoom, dense)
        found["rubber band"] = self.band()
        self.look_at(zoom, dense)
        found["drag"] = self.drag(dense)
        self.look_at(zoom, start)
        found["drag near the entry"] = self.drag(start)
        return found

    def fit(self) -> float:
        """Show all of it; gives the zoom."""
        self.view.camera.fit(self.view.scene.bounds)
        self.look_at(self.view.camera.zoom, self.view.scene.bounds.center())
        return self.view.camera.zoom
