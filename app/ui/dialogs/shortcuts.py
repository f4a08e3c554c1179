"""All keyboard shortcuts that work now, from the actions themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.pages.table import Column, ThingsTable
from app.ui.translation import tr
from app.ui.widgets import Button, SearchField, label


@dataclass(frozen=True, slots=True)
class Line:
    """One shortcut."""

    text: str
    menu: str
    keys: str


class ShortcutsDialog(QDialog):
    """A table with a search."""

    def __init__(self, actions: Sequence[tuple[str, QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(580, 560)
        self._lines = [
            Line(a.text().replace("&", "").removesuffix("…"), menu, _keys(a)) for menu, a in actions if _keys(a)
        ]
        self.search = SearchField(tr("Search shortcuts"), self)
        self.search.searched.connect(self._show)
        self.table = ThingsTable(
            (
                Column(tr("Command"), lambda line: line.text),
                Column(tr("Menu"), lambda line: line.menu, width=150),
                Column(tr("Keys"), lambda line: line.keys, font="strong", width=150),
            ),
            tr("Keyboard shortcuts"),
            self,
        )
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(tr("Close"), "primary", self, on_click=self.accept))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(tr("Keyboard shortcuts"), "title", self))
        box.addWidget(self.search)
        box.addWidget(self.table, 1)
        box.addLayout(row)
        self._show("")

    def _show(self, text: str) -> None:
        wanted = text.casefold()
        found = [ln for ln in self._lines if wanted in f"{ln.text} {ln.menu} {ln.keys}".casefold()]
        self.table.show_things(found, lambda line: line)


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
