"""Rows of a data extension, page by page: only what is in sight is ever read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS
from app.services.page_rows import page_rows
from app.services.views import RowPage
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.translation import number, tr
from app.ui.widgets.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
PAGE = 200
_KEPT = 12
"""Pages in memory: 2,400 rows, whatever the table holds."""

_RIGHT = {"number", "decimal"}


class RowModel(QAbstractTableModel):
    """A window on a table of any size. A row that was not read yet shows an ellipsis and is asked for."""

    def __init__(self, session: Session, data_extension: DataExtension, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.data_extension = data_extension
        self._search = ""
        self._total = 0
        self._pages: OrderedDict[int, tuple[tuple[object, ...], ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0

    @property
    def total(self) -> int:
        """How many rows match."""
        return self._total

    def search(self, text: str) -> None:
        """Show only rows with the text in a text field; "" for all. Also reads again what changed."""
        self._search = text
        self._generation += 1
        self._asked = {0}
        self._ask(0)

    def reader(self, first: int, last: int, left: int, right: int) -> Callable[[], str]:
        """What reads those rows and columns, to be called in any thread: as a spreadsheet takes them, in tabs and
        lines, also those that were never in sight."""
        workspace, zone = self._session.workspace, self._session.zone
        extension, search = self.data_extension, self._search
        fields = extension.fields[left : right + 1]

        def job() -> str:
            found = page_rows(workspace, extension.id, first, last - first + 1, search)
            lines = [zip(row[left : right + 1], fields, strict=True) for row in found.rows]
            return "\n".join(
                "\t".join("" if value is None else KINDS[field.kind].show(value, field, zone) for value, field in line)
                for line in lines
            )

        return job

    def rowCount(self, parent: Index | None = None) -> int:
        """All rows that match, read or not."""
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        """A column a field."""
        return len(self.data_extension.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' names; the rows' numbers."""
        if orientation == Qt.Orientation.Vertical:
            return number(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        field = self.data_extension.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{field.name} ●" if field.primary_key else field.name
        if role == Qt.ItemDataRole.ToolTipRole:
            marks = [tr(KINDS[field.kind].label)]
            marks += [tr("primary key")] if field.primary_key else []
            marks += [tr("required")] if field.required else []
            return plain_tip(f"{field.name}: {', '.join(marks)}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value for people; an empty one is a quiet dash."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return theme().font("number")
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole):
            return None
        row = self._row(index.row())
        value = row[index.column()] if row is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color("ink3") if value is None else None
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if value is None:
            return "–" if role == Qt.ItemDataRole.DisplayRole else tr("No value")
        field = self.data_extension.fields[index.column()]
        text = KINDS[field.kind].show(value, field, self._session.zone)
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = self.data_extension.fields[column].kind in _RIGHT
        return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

    def _row(self, at: int) -> tuple[object, ...] | None:
        page = at // PAGE
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._asked.add(page)
                self._ask(page)
            return None
        self._pages.move_to_end(page)
        within = at - page * PAGE
        return rows[within] if within < len(rows) else None

    def _ask(self, page: int) -> None:
        workspace, ident, search = self._session.workspace, self.data_extension.id, self._search
        generation = self._generation

        def job() -> RowPage:
            return page_rows(workspace, ident, page * PAGE, PAGE, search)

        self._session.work.run(
            self, job, lambda found: self._arrived(generation, page, found), label=tr("Reading rows")
        )

    def _arrived(self, generation: int, page: int, found: RowPage) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        if page == 0 and found.total == self._total and self._pages == {0: found.rows}:
            return
        if found.total != self._total or page == 0:
            self.beginResetModel()
            if page == 0:
                self._pages.clear()
            self._total = found.total
            self._pages[page] = found.rows
            self.endResetModel()
            return
        self._pages[page] = found.rows
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        last = min(self._total, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, self.columnCount() - 1))
