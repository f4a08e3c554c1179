"""The outline: the journey as a tree. It mirrors the canvas, and it is what a screen reader reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.ui.canvas.scene import Scene
from app.ui.panels.outline_lines import TOP, Id, Lines, outline
from app.ui.panels.outline_row import OutlineRow
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_FEW = 100
"""Up to so many new rows are expanded one by one; with more it is quicker to expand everything."""


class OutlinePanel(QWidget):
    """A path of a split is a branch; what follows a tile on a single way stands below it, not inside it.

    A tile in which paths join is listed once, under the first; the others say "goes on at ...". A folded group is one
    row, as on the canvas: to expand it (`unfolded` tells its key) unfolds it there, too. The tree is filled only while
    it is seen, and a row whose line did not change stays as it is.
    """

    opened = Signal(str)
    unfolded = Signal(str)

    def __init__(self, document: JourneyDocument, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._scene = scene
        self._stale = True
        # Several signals tell of one edit.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._catch_up)
        self._lines = Lines()
        self._rows: dict[Id, OutlineRow] = {}
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
        document.context_changed.connect(self._changed)
        document.problems_changed.connect(self._changed)
        theme().changed.connect(self.tree.viewport().update)
        document.changed.connect(lambda _keys: self._changed())
        document.selection_changed.connect(self._show_selection)

    def showEvent(self, event: object) -> None:
        """Catch up."""
        self._fill()

    def rows(self) -> dict[str, OutlineRow]:
        """The rows of tiles and notes by their key."""
        self._fill()
        return {name: row for name, row in self._rows.items() if isinstance(name, str)}

    def _changed(self) -> None:
        self._stale = True
        self._soon.start()

    def _catch_up(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if not self._stale:
            return
        self._stale = False
        before, self._lines = self._lines, outline(self._scene, self._document.journey)
        with QSignalBlocker(self.tree):
            self._take_out(before)
            self._expand(self._put_in(before))
        for name, line in self._lines.about.items():
            self._rows[name].tell(line)
        self._show_selection()
        if self.search.text():
            self._filter(self.search.text())

    def _take_out(self, before: Lines) -> None:
        """Take rows off the tree that are gone, or stand elsewhere now."""
        after = self._lines
        for under, old in before.below.items():
            new = after.below.get(under, [])
            if old != new:
                row = self._under(under)
                first, last = _middle(old, new)
                for index in range(last - 1, first - 1, -1):
                    row.takeChild(index)
        for name in before.about.keys() - after.about.keys():
            del self._rows[name]

    def _put_in(self, before: Lines) -> list[Id]:
        """Put rows in where they are missing; gives all that are new there."""
        after = self._lines
        placed: list[Id] = []
        for name, line in after.about.items():
            if name not in self._rows:
                self._rows[name] = OutlineRow(name if isinstance(name, str) else "", line)
        for under, new in after.below.items():
            old = before.below.get(under, [])
            if old != new:
                first, last = _middle(new, old)
                self._under(under).insertChildren(first, [self._rows[name] for name in new[first:last]])
                placed += new[first:last]
        return placed

    def _under(self, name: Id) -> QTreeWidgetItem:
        return self._rows[name] if name != TOP else self.tree.invisibleRootItem()

    def _expand(self, placed: list[Id]) -> None:
        """Open what was put in, with all below it; a folded group stays as it is on the canvas."""
        if len(placed) > _FEW:
            self.tree.expandAll()
            for name, line in self._lines.about.items():
                if line.inside is not None:
                    self._rows[name].setExpanded(False)
            return
        while placed:
            name = placed.pop()
            self._rows[name].setExpanded(self._lines.about[name].inside is None)
            placed += self._lines.below[name]

    def _show_selection(self) -> None:
        if self._stale:
            return
        with QSignalBlocker(self.tree):
            self.tree.clearSelection()
            for key in self._document.selection:
                row = self._rows.get(key) or self._rows.get(self._scene.home(key) or TOP)
                if row is not None:
                    row.setSelected(True)
                    self.tree.setCurrentItem(row, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _selected(self) -> None:
        keys = [row.key for row in self.tree.selectedItems() if isinstance(row, OutlineRow)]
        self._document.select(key for key in keys if key)

    def _open(self, row: QTreeWidgetItem) -> None:
        if isinstance(row, OutlineRow) and row.key:
            self.opened.emit(row.key)

    def _unfold(self, row: QTreeWidgetItem) -> None:
        if isinstance(row, OutlineRow) and row.line.inside is not None:
            key = row.key
            # Not at once: the tree is made anew, and it is still busy with this row.
            QTimer.singleShot(0, self, lambda: self.unfolded.emit(key))

    def _filter(self, text: str) -> None:
        """Show the rows that say it, and the branches that they are in."""
        words = text.casefold().split()
        above = {name: under for under, names in self._lines.below.items() for name in names}
        shown: set[Id] = set()
        # A line comes after the one that it stands under.
        for name in reversed(self._lines.about):
            row = self._rows[name]
            if name in shown or all(word in row.searchable for word in words):
                shown.add(above[name])
                row.setHidden(False)
            else:
                row.setHidden(True)


def _middle(old: list[Id], new: list[Id]) -> tuple[int, int]:
    """From where to where the old ones are others than the new ones: what both begin and end with is left out."""
    most = min(len(old), len(new))
    first = next((index for index in range(most) if old[index] != new[index]), most)
    same = next((index for index in range(most - first) if old[-1 - index] != new[-1 - index]), most - first)
    return first, len(old) - same
