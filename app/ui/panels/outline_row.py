"""One row of the outline. What it says is made when somebody looks at it: a journey may have thousands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from app.ui.canvas.tile import CATEGORY_TOKENS, Tile
from app.ui.panels.outline_lines import Line
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.label import plain_tip

_Role = Qt.ItemDataRole


class OutlineRow(QTreeWidgetItem):
    """`key` is that of its tile or note, "" for the other lines."""

    def __init__(self, key: str, line: Line) -> None:
        super().__init__()
        self.key = key
        self.line = line
        self._searchable: str | None = None
        if line.inside is not None:
            self.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)

    def tell(self, line: Line) -> None:
        """From now on it is about this."""
        if line is not self.line and line != self.line:
            self.line = line
            self._searchable = None
            self.emitDataChanged()

    @property
    def searchable(self) -> str:
        """What a search looks at, folded."""
        if self._searchable is None:
            self._searchable = (self._spoken() + (self.line.inside or "")).casefold()
        return self._searchable

    def data(self, column: int, role: int) -> Any:
        """What the tree and a screen reader ask for."""
        if role == _Role.DisplayRole:
            return self._shown()
        if role == _Role.AccessibleTextRole:
            return self._spoken()
        if role == _Role.ToolTipRole:
            return plain_tip(self.line.note or self._spoken()) if self.key else None
        if role == _Role.DecorationRole:
            if self.line.note:
                return theme().icon("note", "ink2")
            return _icon(self.line.tile) if self.line.tile else None
        if role == _Role.ForegroundRole:
            ink = "ink3" if self.line.goes_on else "ink2" if self.line.label else ""
            return theme().color(ink) if ink else None
        return super().data(column, role)

    def _shown(self) -> str:
        line = self.line
        if line.tile is not None:
            return f"{line.tile.title} · {line.tile.summary}" if line.tile.summary else line.tile.title
        if line.goes_on:
            return tr("goes on at {name}", name=line.goes_on)
        return line.label or line.note.partition("\n")[0]

    def _spoken(self) -> str:
        line = self.line
        if line.tile is not None:
            return line.tile.spoken
        if line.label:
            return tr("Path {name}", name=line.label)
        return tr("Note: {text}", text=line.note) if line.note else self._shown()


def _icon(tile: Tile) -> Any:
    if tile.severity in ("error", "warning"):
        return theme().icon(tile.severity, "red" if tile.severity == "error" else "amber")
    ink, _ = CATEGORY_TOKENS.get(tile.category, CATEGORY_TOKENS["unknown"])
    return theme().icon(tile.icon, ink)
