"""The rows of one data extension, with what it is called and how many there are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.services.views import DataExtensionCard
from app.ui.pages.row_model import RowModel
from app.ui.session import Session
from app.ui.sides import margins
from app.ui.translation import number, tr, trn
from app.ui.widgets import Button, Card, EmptyState, SearchField, label, toast

_ROW = 32
MOST_SELECTED = 1000
"""Rows."""
_WIDTHS = {
    "boolean": 90,
    "number": 110,
    "decimal": 120,
    "date": 170,
    "locale": 90,
    "email": 210,
    "phone": 150,
    "text": 170,
}


class RowGrid(Card):
    """`show_card` shows a data extension; None empties it."""

    def __init__(self, session: Session, edit: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self._session = session
        self._card: DataExtensionCard | None = None
        self.model: RowModel | None = None
        self._place = 0
        self.box.setSpacing(0)
        self.name = label("", "title", self)
        self.about = label("", "small", self)
        self.search = SearchField(tr("Search rows"), self)
        self.search.setFixedWidth(200)
        self.search.searched.connect(self._search)
        self.edit_button = Button(tr("Edit fields"), "plain", self, icon="edit", on_click=edit)
        head = QHBoxLayout()
        head.setContentsMargins(margins(16, 12, 12, 12))
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        head.addWidget(self.search)
        head.addWidget(self.edit_button)
        self.box.addLayout(head)
        self.table = self._make_table()
        self.none = EmptyState(
            tr("No rows yet"),
            tr("Rows come with events: fire one from a journey's Test panel, or call the API."),
            parent=self,
            icon="table",
        )
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.box.addWidget(self.stack, 1)

    def show_card(self, card: DataExtensionCard | None) -> None:
        """Show its rows; the same one again reads them anew and keeps the place."""
        self.setVisible(card is not None)
        if card is None:
            self._card = None
            return
        same = self._card is not None and self._card.data_extension == card.data_extension and self.model is not None
        self._card = card
        de = card.data_extension
        self.name.setText(de.name)
        if not same:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self._replace_model(RowModel(self._session, de, self))
        self._about()
        if self.model is not None:
            self.model.search(self.search.text().strip())

    def _replace_model(self, model: RowModel) -> None:
        old, self.model = self.model, model
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._about)
        model.modelReset.connect(self._back_to_place)
        self.table.setModel(model)
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._bound_selection())
        for at, field in enumerate(model.data_extension.fields):
            self.table.setColumnWidth(at, max(_WIDTHS.get(field.kind, 150), 12 * len(field.name)))
        if old is not None:
            old.deleteLater()

    def _keep_place(self) -> None:
        self._place = self.table.verticalScrollBar().value()

    def _back_to_place(self) -> None:
        self.table.verticalScrollBar().setValue(self._place)

    def _search(self, text: str) -> None:
        if self.model is not None:
            self.model.search(text)

    def _about(self) -> None:
        if self._card is None or self.model is None:
            return
        searching = bool(self.search.text().strip())
        fields = len(self._card.data_extension.fields)
        total = max(self._card.rows, 0 if searching else self.model.total)
        rows = (
            trn("{found} of {n} row", "{found} of {n} rows", total, found=number(self.model.total))
            if searching
            else trn("{n} row", "{n} rows", total)
        )
        self.about.setText(trn("{rows} · {n} field", "{rows} · {n} fields", fields, rows=rows))
        empty = self.model.total == 0
        if searching:
            self.none.show_text(tr("No row has that text"), tr("The search looks into every text field of every row."))
        else:
            self.none.show_text(
                tr("No rows yet"), tr("Rows come with events: fire one from a journey's Test panel, or call the API.")
            )
        self.stack.setCurrentWidget(self.none if empty else self.table)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setProperty("plain", True)
        table.setAccessibleName(tr("Rows"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        return table

    def _bound_selection(self) -> None:
        """A click on a column's head would select 100,000 cells, and each paint would then ask every one of them."""
        model, selected = self.model, self.table.selectionModel()
        ranges = selected.selection()
        if model is None or ranges.isEmpty():
            return
        one = ranges.first()
        if one.height() <= MOST_SELECTED:
            return
        # The end from which Shift extends stays selected; it is still the current one while this is told.
        upwards = selected.currentIndex().row() == one.bottom()
        top = one.bottom() - MOST_SELECTED + 1 if upwards else one.top()
        kept = QItemSelection(model.index(top, one.left()), model.index(top + MOST_SELECTED - 1, one.right()))
        selected.select(kept, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        toast(self, tr("At most {n} rows are selected at once.", n=number(MOST_SELECTED)))

    def _copy(self) -> None:
        """The selected cells; they are read anew, as some of them may never have been in sight."""
        ranges = self.table.selectionModel().selection()
        if self.model is None or ranges.isEmpty():
            return
        one = ranges.first()
        job = self.model.reader(one.top(), one.bottom(), one.left(), one.right())
        cells = one.height() * one.width()

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            toast(self, trn("Copied {n} cell.", "Copied {n} cells.", cells))

        self._session.work.run(self, job, put, self._session.failed.emit, label=tr("Copying"))
