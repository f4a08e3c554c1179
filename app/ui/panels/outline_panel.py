"""The outline: the journey as a tree. It mirrors the canvas, and it is what a screen reader reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.journey.folding import GROUP
from app.journey.journey import ENTRY, Note
from app.ui.canvas.scene import NOTE, Scene
from app.ui.canvas.tile import CATEGORY_TOKENS
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.label import plain_tip
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_KEY = Qt.ItemDataRole.UserRole
_INSIDE = Qt.ItemDataRole.UserRole + 1
"""What a search finds in the tiles of a folded group."""


class OutlinePanel(QWidget):
    """A path of a split is a branch; what follows a tile on a single way stands below it, not inside it.

    A tile in which paths join is listed once, under the first; the others say "goes on at ...". A folded group is one
    row, as on the canvas: to expand it (`unfolded` tells its key) unfolds it there, too. The tree is filled only while
    it is seen.
    """

    opened = Signal(str)
    unfolded = Signal(str)

    def __init__(self, document: JourneyDocument, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._scene = scene
        self._stale = True
        self._rows: dict[str, QTreeWidgetItem] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 8)
        self.search = SearchField(tr("Find in the journey"), self)
        self.search.searched.connect(self._filter)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setAccessibleName(tr("Outline of the journey"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(16)
        self.tree.itemSelectionChanged.connect(self._selected)
        self.tree.itemActivated.connect(lambda row, _column: self._open(row))
        self.tree.itemExpanded.connect(self._unfold)
        box.addWidget(self.search)
        box.addWidget(self.tree, 1)
        for signal in (document.context_changed, document.problems_changed, theme().changed):
            signal.connect(self._changed)
        document.changed.connect(lambda _keys: self._changed())
        document.selection_changed.connect(self._show_selection)

    def showEvent(self, event: object) -> None:
        """Catch up."""
        self._fill()

    def rows(self) -> dict[str, QTreeWidgetItem]:
        """The rows by the key of their tile."""
        self._fill()
        return self._rows

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if not self._stale:
            return
        self._stale = False
        journey = self._scene.drawn
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._rows = {}
            top = self.tree.invisibleRootItem()
            if journey.entry is not None:
                self._row(top, ENTRY)
            self._lane(top, journey.first)
            for key in journey.activities:
                if key not in self._rows:
                    self._lane(top, key)
            for note in journey.notes:
                if NOTE + note.id not in self._rows:
                    self._note(top, note)
            self.tree.expandAll()
            for row in self._rows.values():
                if _is_group(row):
                    row.setExpanded(False)
        self._show_selection()
        self._filter(self.search.text())

    def _lane(self, parent: QTreeWidgetItem, key: str | None) -> None:
        """The tiles of a way, one below the other; paths of a split as branches, worked off without recursion."""
        todo = [(parent, key)]
        while todo:
            under, at = todo.pop()
            while at is not None:
                activity = self._scene.drawn.activities.get(at)
                if activity is None:
                    break
                if at in self._rows:
                    joined = QTreeWidgetItem(under, [tr("goes on at {name}", name=activity.name)])
                    joined.setForeground(0, theme().color("ink3"))
                    break
                row = self._row(under, at)
                outcomes = activity.outcomes
                if len(outcomes) > 1:
                    lanes = []
                    for outcome in outcomes:
                        lane = QTreeWidgetItem(row, [outcome.label or outcome.key])
                        lane.setForeground(0, theme().color("ink2"))
                        lane.setData(
                            0,
                            Qt.ItemDataRole.AccessibleTextRole,
                            tr("Path {name}", name=outcome.label or outcome.key),
                        )
                        lanes.append((lane, outcome.next))
                    todo.extend(reversed(lanes))
                    break
                at = outcomes[0].next if outcomes else None

    def _row(self, parent: QTreeWidgetItem, key: str) -> QTreeWidgetItem:
        tile = self._scene.tile(key)
        text = f"{tile.title} · {tile.summary}" if tile.summary else tile.title
        row = QTreeWidgetItem(parent, [text])
        row.setData(0, _KEY, key)
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, tile.spoken)
        row.setToolTip(0, plain_tip(tile.spoken))
        ink, _ = CATEGORY_TOKENS.get(tile.category, CATEGORY_TOKENS["unknown"])
        icon = ("error", "red") if tile.severity == "error" else (tile.icon, ink)
        icon = ("warning", "amber") if tile.severity == "warning" else icon
        row.setIcon(0, theme().icon(icon[0], icon[1]))
        self._rows[key] = row
        activity = self._scene.drawn.activities.get(key)
        if activity is not None and activity.type == GROUP:
            row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            row.setData(0, _INSIDE, self._scene.searchable(key))
        for note in self._document.journey.notes:
            if note.anchor is not None and self._scene.home(note.anchor) == key:
                self._note(row, note)
        return row

    def _note(self, parent: QTreeWidgetItem, note: Note) -> None:
        """A note stands inside its tile; one without a tile at the end."""
        row = QTreeWidgetItem(parent, [note.text.partition("\n")[0]])
        row.setData(0, _KEY, NOTE + note.id)
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, tr("Note: {text}", text=note.text))
        row.setToolTip(0, plain_tip(note.text))
        row.setIcon(0, theme().icon("note", "ink2"))
        self._rows[NOTE + note.id] = row

    def _show_selection(self) -> None:
        if self._stale:
            return
        with QSignalBlocker(self.tree):
            self.tree.clearSelection()
            for key in self._document.selection:
                row = self._rows.get(key) or self._rows.get(self._scene.home(key) or "")
                if row is not None:
                    row.setSelected(True)
                    self.tree.setCurrentItem(row, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _selected(self) -> None:
        keys = [row.data(0, _KEY) for row in self.tree.selectedItems()]
        self._document.select(key for key in keys if key)

    def _open(self, row: QTreeWidgetItem) -> None:
        if row.data(0, _KEY):
            self.opened.emit(row.data(0, _KEY))

    def _unfold(self, row: QTreeWidgetItem) -> None:
        if _is_group(row):
            key = row.data(0, _KEY)
            # Not at once: the tree is made anew, and it is still busy with this row.
            QTimer.singleShot(0, self, lambda: self.unfolded.emit(key))

    def _filter(self, text: str) -> None:
        """Show the rows that say it, and the branches that they are in."""
        words = text.casefold().split()

        def fits(row: QTreeWidgetItem) -> bool:
            spoken = str(row.data(0, Qt.ItemDataRole.AccessibleTextRole) or row.text(0)).casefold()
            spoken += str(row.data(0, _INSIDE) or "")
            below = [row.child(number) for number in range(row.childCount())]
            inside = [fits(child) for child in below if child is not None]
            shown = any(inside) or all(word in spoken for word in words)
            row.setHidden(not shown)
            return shown

        fits(self.tree.invisibleRootItem())


def _is_group(row: QTreeWidgetItem) -> bool:
    return row.data(0, _INSIDE) is not None
