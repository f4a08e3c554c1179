"""The event log below the canvas: every event and refused call, live, and why."""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.services.recent_events import recent_events
from app.services.views import EventLine
from app.services.workspace import Workspace
from app.ui.errors import in_words
from app.ui.file_choice import file_to_save, write_chosen
from app.ui.panels.event_log_model import COLUMNS, ORIGIN, TOOK, WHY, EventLogModel
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button, EmptyState, Pill, SearchField, label, toast
from app.ui.work import Ticket, Work

LIMIT = 500
_COALESCE_MS = 150
_WIDTHS = (116, 132, 150, 76, 128, 320, 56)
_FIRST_TO_GO = (ORIGIN, TOOK)
_WHY_LEAST = 200
"""Pixels for the reason, which is what the log is read for; lesser columns go where there is no room for it."""


class _LinePainter(QStyledItemDelegate):
    """A chosen line keeps the colours of its decision; the keyboard is at a line, not at a cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground of a chosen line, the cell, and the mark at the left where the keyboard is."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme().color("accent_soft"))
            option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        view = option.widget
        if chosen and index.column() == 0 and isinstance(view, QWidget) and view.hasFocus():
            rect: QRect = option.rect
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), theme().color("accent"))


class EventLog(QWidget):
    """`event_chosen` gives the line that a person selected; `refresh` reads again (called when news arrive)."""

    event_chosen = Signal(object)

    def __init__(
        self, workspace: Workspace, work: Work, parent: QWidget | None = None, *, journey_id: str | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._work = work
        self._journey_id = journey_id
        self._ticket: Ticket | None = None
        self._again = self._stale = False
        self._memory: dict[str, EventLine] = {}
        self._soon = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._soon.timeout.connect(self.refresh)
        self.search = SearchField(tr("contact, key, reason"), self)
        self.search.setMinimumWidth(96)
        self.search.setMaximumWidth(280)
        self.search.searched.connect(lambda _text: self.refresh())
        self.model = EventLogModel(self)
        self.model.set_time_zone(workspace.info.time_zone)
        self._widths = list(_WIDTHS)
        self.table = self._make_table()
        self.export_button = Button(tr("Export…"), "plain", self, icon="export", compact=True, on_click=self._export)
        self.export_button.setToolTip(tr("Write the lines shown to a CSV file"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._empty = EmptyState(
            tr("No events yet"),
            tr(
                "Fire one from the Test panel, or call the local API: each event shows here at once, with its decision "
                "and the reason."
            ),
            icon="list",
        )
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._make_head())
        box.addWidget(self._stack, 1)
        self.refresh()

    def refresh_soon(self) -> None:
        """Read after the news; many at once are read once, and while nobody sees the log they wait."""
        if not self.isVisible():
            self._stale = True
        elif not self._soon.isActive():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the newest lines, off the GUI thread; a call while one is under way is answered by one more."""
        if self._ticket is not None:
            self._again = True
            return
        self._stale = False
        search, journey, memory = self.search.text().strip(), self._journey_id, self._memory
        self._ticket = self._work.run(
            self, lambda: recent_events(self._workspace, LIMIT, search, journey, memory=memory), self._show, self._fail
        )

    def select(self, instance_id: str) -> None:
        """Select the line of an event, where it is shown."""
        row = self.model.row_of(instance_id)
        if row >= 0:
            self.table.selectRow(row)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(10)
        head.addWidget(label(tr("Event log"), "strong", self))
        head.addWidget(Pill(tr("live"), "accent", self))
        head.addWidget(self.search, 1)
        head.addStretch()
        head.addWidget(self.export_button)
        return head

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setProperty("plain", True)
        table.setItemDelegate(_LinePainter(table))
        table.setAccessibleName(tr("Event log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            words = str(self.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
            # Not measured line by line: that would hold the window up with every event that arrives.
            longest = max(map(table.fontMetrics().horizontalAdvance, (words, *self.model.words(column))))
            self._widths[column] = max(width, longest + 30)
            table.setColumnWidth(column, self._widths[column])
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._choose)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        left = self.width() - sum(width for column, width in enumerate(self._widths) if column != WHY)
        for column in _FIRST_TO_GO:
            hide = left < _WHY_LEAST
            self.table.setColumnHidden(column, hide)
            left += self._widths[column] if hide else 0

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.event_chosen.emit(self.model.line(current.row()))

    def _show(self, lines: tuple[EventLine, ...]) -> None:
        self._ticket = None
        self.model.show(lines)
        searching = bool(self.search.text().strip())
        if searching:
            self._empty.show_text(tr("Nothing found"), tr("No event has that contact, key or reason."))
        else:
            self._empty.show_text(
                tr("No events yet"),
                tr(
                    "Fire one from the Test panel, or call the local API: each event shows here at once, with its "
                    "decision and the reason."
                ),
            )
        self._stack.setCurrentWidget(self.table if lines else self._empty)
        self.export_button.setEnabled(bool(lines))
        if self._again:
            self._again = False
            self.refresh_soon()

    def _fail(self, error: Exception) -> None:
        self._ticket = None
        self._empty.show_text(tr("The log could not be read"), in_words(error))
        self._stack.setCurrentWidget(self._empty)

    def _export(self) -> None:
        path = file_to_save(self, tr("Export the event log"), tr("events"), "csv", tr("CSV files (*.csv)"))
        if path is None:
            return
        text = self.as_csv()

        self._work.run(
            self,
            lambda: write_chosen(path, text.encode("utf-8-sig")),
            lambda _none: self._say(tr("The log was written to {path}.", path=path)),
            lambda error: self._say(in_words(error)),
        )

    def _say(self, text: str) -> None:
        toast(self, text)

    def as_csv(self) -> str:
        """The lines shown, as CSV with a header row."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(tr(column) for column in COLUMNS)
        for row in range(self.model.rowCount()):
            writer.writerow(_harmless(str(self.model.index(row, c).data())) for c in range(len(COLUMNS)))
        return out.getvalue()


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would read as a formula gets an apostrophe: contact keys come from outside."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
