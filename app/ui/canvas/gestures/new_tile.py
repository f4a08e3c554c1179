"""A new tile from the palette on its way to the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.journey.edits import AddActivity, Edit, SetEntry
from app.journey.journey import Entry, Place
from app.journey.keys import new_activity
from app.journey.places import Dragged, NewActivity, NewEntry
from app.kernel.said import said
from app.ui.canvas.gestures.placing import Placing
from app.ui.canvas.tile import TILE, Tile
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView
    from app.ui.palette_items import PaletteItem


class NewTile(Placing):
    """Drops the palette's item where it may go."""

    def __init__(self, view: CanvasView, item: PaletteItem) -> None:
        tile = Tile(item.label, item.help, item.icon, item.category)
        super().__init__(
            view, dragged(item), tile, TILE, maker(view, item), tr("Drop to add {label}", label=item.label)
        )


def dragged(item: PaletteItem) -> Dragged:
    """What the palette's item is, for asking where it may go."""
    return NewEntry() if item.is_entry else NewActivity(item.key)


def maker(view: CanvasView, item: PaletteItem) -> Callable[[Place], Edit]:
    """Makes the edit that adds the item at a place."""

    def make(place: Place) -> Edit:
        if item.is_entry:
            return SetEntry(Entry(), name=said("Add API Event"))
        return AddActivity(new_activity(view.document.journey, item.key, item.label), place)

    return make
