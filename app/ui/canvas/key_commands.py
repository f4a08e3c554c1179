"""What the hand does by dragging, for the keyboard: move a tile along its way, lead an end into another branch, cut a
connector, open the menu of what is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.journey.edits import MoveActivities, MoveTogether
from app.journey.folding import activities_of
from app.journey.journey import ENTRY, Activity, Place
from app.journey.places import legal_targets
from app.ui.canvas import walk
from app.ui.canvas.hits import NOTHING, Hit
from app.ui.canvas.scene import NOTE
from app.ui.palette_items import PaletteItem
from app.ui.quick_add import QuickAdd
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class KeyCommands:
    """Acts on the tile that was selected last. What cannot be done is said through the document's `refused`."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def move_along(self, by: int) -> None:
        """Move the tile one place later (1) or earlier (-1) on its way; it stays selected."""
        activity = self._activity()
        place = self._place_beyond(activity, by) if activity is not None else None
        if activity is None or place is None:
            return
        key, document = activity.key, self._view.document
        whole = activities_of(document.journey, [key])
        if document.apply(MoveActivities(key, place) if whole == (key,) else MoveTogether(whole, place)):
            document.select([key])
            self._view.reveal(key)

    def connect(self) -> QuickAdd | None:
        """Ask for the tile at which the open end of the selected tile goes on; of several ends, for the end first."""
        activity = self._activity()
        ends = [outcome for outcome in activity.outcomes if outcome.next is None] if activity is not None else []
        if activity is None:
            return None
        if not ends:
            self._view.document.refused.emit(tr("This tile has no open end."), tr("Cut its connector first."))
            return None
        if len(ends) == 1:
            return self._ask_target(self._view.scene.real(Place(activity.key, ends[0].key)))
        words = tr("An open end of {name}", name=activity.name)
        items = [PaletteItem(end.key, end.label or end.key, words, "join", "flow") for end in ends]

        def choose(item: PaletteItem) -> None:
            self._ask_target(self._view.scene.real(Place(activity.key, item.key)))

        return self._ask(items, {}, choose, tr("Which path of {name} goes on?", name=activity.name))

    def _ask_target(self, place: Place) -> QuickAdd:
        document, scene = self._view.document, self._view.scene
        targets = legal_targets(document.journey, place)
        groups = {entrance: tile for tile, entrance in scene.entrances.items()}
        items, reasons = [], {}
        for key, reason in targets.items():
            shown_as = key if key in scene.boxes else groups.get(key)
            if shown_as is not None and scene.is_tile(shown_as):
                tile = scene.tile(shown_as)
                items.append(PaletteItem(key, tile.title, tile.summary, tile.icon, tile.category))
                if reason is not None:
                    reasons[key] = reason
        title = tr("{name} goes on at", name=scene.tile(scene.home(place.source) or ENTRY).title)

        def choose(item: PaletteItem) -> None:
            self._view.commands.connect(place, item.key)

        return self._ask(items, reasons, choose, title)

    def _ask(
        self,
        items: Sequence[PaletteItem],
        reasons: dict[str, str],
        choose: Callable[[PaletteItem], None],
        title: str,
    ) -> QuickAdd:
        popup = QuickAdd(self._view, tuple(items), reasons, choose, title)
        popup.open_at(self._corner())
        return popup

    def disconnect(self) -> None:
        """Make the connector behind the selected tile an open end."""
        place = self._connected()
        if place is not None:
            self._view.commands.disconnect(place)

    def open_menu(self) -> None:
        """The menu of what is selected, where it stands."""
        selected = self._view.document.selection
        scene = self._view.scene
        key = next((each for each in reversed(selected) if each in scene.boxes), None)
        if key is None:
            self._view.menu_for.emit(NOTHING, self._view.mapToGlobal(self._view.rect().center()))
            return
        kind = "note" if key.startswith(NOTE) else "tile"
        self._view.reveal(key)
        self._view.menu_for.emit(Hit(kind, key, None, scene.rect(key)), self._corner())

    def _activity(self) -> Activity | None:
        """As it is drawn: a folded group is one."""
        there = self._view.scene.drawn.activities
        return next((there[key] for key in reversed(self._view.document.selection) if key in there), None)

    def _place_beyond(self, activity: Activity, by: int) -> Place | None:
        """The place behind the next tile, or the one before the tile before; None at either end."""
        scene, there = self._view.scene, self._view.scene.drawn.activities
        if by > 0:
            following = walk.step(scene, activity.key, walk.RIGHT)
            if following is None or following not in there:
                return None
            return self._view.commands.place_after(following)
        before = walk.step(scene, activity.key, walk.LEFT)
        if before is None or before not in there:
            return None
        into = scene.wires_into(before)
        return scene.real(into[0].place) if into else Place(ENTRY)

    def _connected(self) -> Place | None:
        activity = self._activity()
        for outcome in activity.outcomes if activity is not None else ():
            if outcome.next is not None and activity is not None:
                return self._view.scene.real(Place(activity.key, outcome.key))
        return None

    def _corner(self) -> QPoint:
        """Below the selected tile, on the screen."""
        home = next((key for key in map(self._view.scene.home, self._view.document.selection[-1:]) if key), ENTRY)
        rect = self._view.camera.rect_to_view(self._view.scene.rect(home))
        return self._view.mapToGlobal(rect.bottomLeft().toPoint())
