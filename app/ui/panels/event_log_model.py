"""The lines of the event log as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.views import EventLine
from app.ui.theme import theme
from app.ui.translation import mark, number, shown, tr
from app.ui.widgets.label import plain_tip

COLUMNS: Final = (mark("Time"), mark("Contact"), mark("Event"), mark("Origin"), mark("Decision"), mark("Why"), "ms")
TIME, CONTACT, EVENT, ORIGIN, DECISION, WHY, TOOK = range(len(COLUMNS))

_DECISIONS: Final = {
    "admitted": (mark("● admitted"), "ok"),
    "refused": (mark("○ not admitted"), "red"),
    "none": (mark("– nobody listens"), "ink2"),
}
_ORIGINS: Final = {"api": "API", "window": "window", "cli": "terminal"}

AnyIndex = QModelIndex | QPersistentModelIndex


class EventLogModel(QAbstractTableModel):
    """Newest first. Lines that are still there keep their place and selection when newer ones arrive above."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[EventLine] = []
        self._zone = ZoneInfo("UTC")

    def set_time_zone(self, name: str) -> None:
        """Show times in the workspace's time zone."""
        self._zone = ZoneInfo(name)

    def show(self, lines: Sequence[EventLine]) -> None:
        """Show these lines. Only new ones at the top: rows are inserted, nothing else moves."""
        fresh = self._arrived(lines)
        if fresh is None:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
            return
        if fresh:
            self.beginInsertRows(QModelIndex(), 0, fresh - 1)
            self._lines[:0] = lines[:fresh]
            self.endInsertRows()
        surplus = len(self._lines) - len(lines)
        if surplus > 0:
            self.beginRemoveRows(QModelIndex(), len(lines), len(self._lines) - 1)
            del self._lines[len(lines) :]
            self.endRemoveRows()

    @staticmethod
    def words(column: int) -> tuple[str, ...]:
        """All that may stand in a column of our own words; empty for the others."""
        if column == ORIGIN:
            return tuple(tr(each) for each in _ORIGINS.values())
        if column == DECISION:
            return (*(tr(words) for words, _colour in _DECISIONS.values()), "✕ 400")
        return ()

    def line(self, row: int) -> EventLine:
        """The line in a row."""
        return self._lines[row]

    def row_of(self, instance_id: str) -> int:
        """The row of an event, -1 where it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.id == instance_id), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words above the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == TOOK else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour, alignment and what a screen reader says."""
        line, column = self._lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(line, column)
            if role == Qt.ItemDataRole.DisplayRole:
                return text
            return plain_tip(text) if column == WHY else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color(self._colour(line, column))
        if role == Qt.ItemDataRole.FontRole:
            return theme().font("number" if column in (TIME, TOOK) else "body")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == TOOK:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(COLUMNS[column])}: {self._text(line, column)}"
        return None

    def _text(self, line: EventLine, column: int) -> str:
        match column:
            case _ if column == TIME:
                return line.at.astimezone(self._zone).strftime("%H:%M:%S.%f")[:-3]
            case _ if column == CONTACT:
                return tr("{contact_key} · test", contact_key=line.contact_key) if line.test else line.contact_key
            case _ if column == EVENT:
                return line.event_name or line.event_definition_key
            case _ if column == ORIGIN:
                return tr(_ORIGINS.get(line.origin, line.origin))
            case _ if column == DECISION:
                return f"✕ {line.status}" if line.outcome == "error" else tr(_DECISIONS[line.outcome][0])
            case _ if column == WHY:
                return shown(line.why)
            case _:
                return number(line.took_ms, 1)

    @staticmethod
    def _colour(line: EventLine, column: int) -> str:
        if column == DECISION:
            return "red" if line.outcome == "error" else _DECISIONS[line.outcome][1]
        if column == EVENT and line.outcome == "error" and not line.event_name:
            return "red"
        return "ink2" if column in (ORIGIN, TOOK) else "ink"

    def _arrived(self, lines: Sequence[EventLine]) -> int | None:
        """How many of `lines` are new above the ones shown; None where they do not follow on."""
        if not self._lines:
            return None
        first = self._lines[0].id
        fresh = next((at for at, line in enumerate(lines) if line.id == first), None)
        if fresh is None:
            return None
        kept = lines[fresh:]
        same = all(new == old for new, old in zip(kept, self._lines, strict=False))
        return fresh if same and len(kept) <= len(self._lines) else None
