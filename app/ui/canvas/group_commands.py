"""Groups of tiles, replacing a tile, exchanging paths: commands beyond adding and taking out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.journey.edits import RemoveGroup, ReplaceActivity, SetGroup, SwapPaths
from app.journey.folding import group_of, group_tile
from app.journey.journey import ENTRY, TileGroup
from app.journey.keys import new_activity
from app.journey.places import refused
from app.kernel.ids import new_guid
from app.ui.palette_items import PaletteItem, palette_items
from app.ui.quick_add import QuickAdd
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView


class GroupCommands:
    """Acts on the selection of one view's document."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def group(self) -> TileGroup | None:
        """The group that the selection is in, folded or not."""
        selected = set(self._view.document.selection)
        for group in self._view.document.journey.groups:
            if group_tile(group) in selected or selected.intersection(group.members):
                return group
        return None

    def group_or_fold(self) -> None:
        """Make one tile of the selected ones, ready to be named; for those of a group, fold or unfold it."""
        document = self._view.document
        found = self.group()
        if found is not None:
            self.fold(found, folded=not found.folded)
            return
        members = tuple(key for key in document.selection if key in document.journey.activities)
        if members:
            name = tr("Group {number}", number=len(document.journey.groups) + 1)
            group = TileGroup(new_guid(), name, members, folded=True)
            if document.apply(SetGroup(group)):
                document.select([group_tile(group)])
                self._view.rename_tile.emit(group_tile(group))

    def fold(self, group: TileGroup, *, folded: bool) -> None:
        """Show a group as one tile, or its tiles."""
        document = self._view.document
        if document.apply(SetGroup(replace(group, folded=folded))):
            document.select([group_tile(group)] if folded else group.members)

    def unfold_at(self, key: str) -> bool:
        """Unfold the group that a tile of the canvas stands for; returns whether it is one."""
        group = group_of(self._view.document.journey, key)
        if group is not None:
            self.fold(group, folded=False)
        return group is not None

    def ungroup(self) -> None:
        """Take the group apart; its tiles stay."""
        found = self.group()
        if found is not None and self._view.document.apply(RemoveGroup(found.id)):
            self._view.document.select(found.members)

    def rename(self, key: str, name: str) -> bool:
        """Give a folded group another name; returns whether the tile is one."""
        group = group_of(self._view.document.journey, key)
        if group is not None and name.strip() and name.strip() != group.name:
            self._view.document.apply(SetGroup(replace(group, name=name.strip())))
        return group is not None

    def swap_paths(self) -> None:
        """Exchange what follows the first two paths of the selected split."""
        document = self._view.document
        for key in document.selection:
            activity = document.journey.activities.get(key)
            if activity is not None and len(activity.outcomes) > 1:
                document.apply(SwapPaths(key, activity.outcomes[0].key, activity.outcomes[1].key))
                return
        document.refused.emit(tr("This tile has no two paths to swap."), tr("Select a split."))

    def replace_by(self, at: QPoint | None = None) -> None:
        """Choose another activity for the selected tile's place; its connections stay."""
        document = self._view.document
        key = next((each for each in document.selection if each in document.journey.activities), None)
        if key is None:
            if self.group() is not None:
                document.refused.emit(tr("A group cannot be replaced."), tr("Unfold it and choose one of its tiles."))
            return
        journey = document.journey
        items = tuple(item for item in palette_items() if not item.is_entry)
        reasons = {}
        for item in items:
            reason = refused(journey, ReplaceActivity(key, new_activity(journey, item.key)))
            if reason is not None:
                reasons[item.key] = reason

        def choose(item: PaletteItem) -> None:
            made = new_activity(document.journey, item.key, item.label)
            if document.apply(ReplaceActivity(key, made)):
                document.select([made.key])

        title = tr("Replace {name} by", name=journey.activities[key].name)
        popup = QuickAdd(self._view, items, reasons, choose, title)
        corner = self._view.camera.rect_to_view(self._view.scene.rect(self._view.scene.home(key) or ENTRY)).bottomLeft()
        popup.open_at(at or self._view.mapToGlobal(corner.toPoint()))
