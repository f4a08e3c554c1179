"""What the CSV dialog shows one after the other: the choice, the progress, and what is wrong with rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHeaderView,
    QProgressBar,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.data_extensions.data_extension import DataExtension
from app.exchange.csv_table import CsvTable
from app.kernel.said import listed
from app.services.import_rows import BadRow, ImportReport, match_columns
from app.ui.pages.table import Column, ThingsTable
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets import Banner, ComboBox, label

_SHOWN_ROWS = 6
_SEPARATORS = {",": mark("commas"), ";": mark("semicolons"), "\t": mark("tabs"), "|": mark("bars")}


class ChoicePage(QWidget):
    """The file at a glance, and what to do with it. `head_changed` tells whether the first row has names."""

    head_changed = Signal(bool)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = label("", "secondary", self, wrap=True)
        self.note = Banner("", "warning", self)
        self.head = QCheckBox(tr("The first row has the names of the columns"), self)
        self.head.toggled.connect(self.head_changed)
        self.preview = QTableWidget(self)
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setAccessibleName(tr("The first rows of the file"))
        self.preview.verticalHeader().hide()
        self.preview.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.into = QRadioButton(tr("Import its rows into a data extension that is there"), self)
        self.make = QRadioButton(tr("Make a data extension for it, and import its rows"), self)
        choices = QButtonGroup(self)
        choices.addButton(self.into)
        choices.addButton(self.make)
        self.homes = ComboBox(self)
        self.homes.setAccessibleName(tr("Data extension"))
        self.fits = label("", "hint", self, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        for above in (self.about, self.note, self.head):
            box.addWidget(above)
        box.addWidget(self.preview, 1)
        for below in (self.make, self.into, self.homes, self.fits):
            box.addWidget(below)
        self.into.toggled.connect(lambda _on: self._choose())
        self.homes.currentIndexChanged.connect(lambda _at: self._choose())

    def show_table(self, table: CsvTable) -> None:
        """Say what was found in the file."""
        self._table = table
        separator = tr(_SEPARATORS.get(table.separator, table.separator))
        kilobytes = number(max(1, round(table.size / 1024)))
        self.about.setText(
            trn(
                "{n} column, separated by {separator} · {encoding} · {size} KB",
                "{n} columns, separated by {separator} · {encoding} · {size} KB",
                len(table.columns),
                separator=separator,
                encoding=table.encoding.upper().removesuffix("-SIG"),
                size=kilobytes,
            )
        )
        self.note.setVisible(bool(table.notes))
        self.note.say(" ".join(tr(note) for note in table.notes), "warning")
        self.head.blockSignals(True)
        self.head.setChecked(table.has_head)
        self.head.blockSignals(False)
        self._fill(table)
        self._choose()

    def offer(self, homes: Sequence[DataExtension], first: str | None) -> None:
        """The data extensions that rows can go into; `first` is the id of the one that is proposed."""
        self.homes.clear()
        for home in homes:
            self.homes.addItem(home.name, home)
        at = next((n for n, home in enumerate(homes) if home.id == first), 0)
        self.homes.setCurrentIndex(at)
        self.into.setEnabled(bool(homes))
        # Proposed where it can be done: a file without what every row needs is rather one of its own.
        fits = first is not None and bool(homes) and not match_columns(homes[at], self._table.columns).missing
        (self.into if fits else self.make).setChecked(True)
        self._choose()

    @property
    def home(self) -> DataExtension | None:
        """The data extension that is chosen; None for a new one."""
        found = self.homes.currentData() if self.into.isChecked() else None
        return found if isinstance(found, DataExtension) else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields of the chosen data extension that every row needs and the file has not."""
        home = self.home
        return match_columns(home, self._table.columns).missing if home is not None else ()

    def _fill(self, table: CsvTable) -> None:
        self.preview.clear()
        self.preview.setColumnCount(len(table.columns))
        self.preview.setHorizontalHeaderLabels(list(table.columns))
        rows = table.sample[:_SHOWN_ROWS]
        self.preview.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, name in enumerate(table.columns):
                self.preview.setItem(at, column, QTableWidgetItem(row.cells.get(name, "")[:80]))

    def _choose(self) -> None:
        self.homes.setVisible(self.into.isChecked())
        home = self.home
        words: list[str] = []
        if home is not None:
            matched = match_columns(home, self._table.columns)
            if matched.missing:
                names = listed(matched.missing)
                words.append(
                    tr(
                        "{home} needs a value for {names}, and the file has no such column.",
                        home=home.name,
                        names=names,
                    )
                )
            elif matched.ignored:
                words.append(tr("Left out, as there are no such fields: {names}.", names=listed(matched.ignored)))
            else:
                words.append(tr("Every column has its field."))
        self.fits.setText(" ".join(words))
        self.fits.setVisible(bool(words))
        self.changed.emit()


class ProgressPage(QWidget):
    """How far the file was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "body", self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addStretch()
        box.addWidget(self.words)
        box.addWidget(self.bar)
        box.addStretch()

    def show_progress(self, words: str, share: float) -> None:
        """Words, and a share between 0 and 1; without words there is nothing under way."""
        self.words.setText(words)
        self.bar.setVisible(bool(words))
        self.bar.setValue(round(1000 * min(1.0, share)))
        self.bar.setAccessibleName(words)


class ReportPage(QWidget):
    """Every bad row: its number, column, value, and what is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "body", self, wrap=True)
        self.table = ThingsTable(
            (
                Column(tr("Row"), lambda bad: number(bad.number), width=80, right=True, sort=lambda bad: bad.number),
                Column(tr("Column"), lambda bad: bad.column or "–", width=140),
                Column(tr("Value"), lambda bad: bad.value[:60] or "–", width=140),
                Column(tr("What is wrong"), lambda bad: bad.message, second=lambda bad: bad.hint),
            ),
            tr("Rows that cannot be imported"),
            self,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addWidget(self.words)
        box.addWidget(self.table, 1)

    def show_report(self, report: ImportReport) -> None:
        """What a check found."""
        total = report.good + report.bad_rows
        words = trn(
            "{n} of {total} rows cannot be imported. The others can; a row whose primary key is there updates it.",
            "{n} of {total} rows cannot be imported. The others can; a row whose primary key is there updates it.",
            report.bad_rows,
            total=number(total),
        )
        listed = len({bad.number for bad in report.bad})
        if listed < report.bad_rows:
            words += " " + tr("The first {listed} are listed.", listed=number(listed))
        self.words.setText(words)
        bad: list[BadRow] = list(report.bad)
        self.table.show_things(bad, lambda each: (each.number, each.column))
