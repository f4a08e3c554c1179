"""What to do with a CSV file: rows for a data extension that is there, or a new one, with an API Event if wanted."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.events.key import propose_key
from app.exchange.csv_table import CsvTable, look_at_csv
from app.exchange.guess_schema import guess_schema
from app.journey.edits import SetEntry
from app.journey.journey import Entry
from app.kernel.errors import InvalidInput, SwitchbackError, UnreadableFile
from app.kernel.said import said
from app.services.create_event import create_event
from app.services.import_rows import ImportReport, check_import, import_rows
from app.services.list_data_extensions import list_data_extensions
from app.services.save_data_extension import save_data_extension
from app.ui.dialogs.csv_pages import ChoicePage, ProgressPage, ReportPage
from app.ui.dialogs.data_extension_form import DataExtensionForm
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.file_choice import file_to_save, write_chosen
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets import Button
from app.ui.widgets.toast import toast

if TYPE_CHECKING:
    from app.services.workspace import Workspace
    from app.ui.document import JourneyDocument
    from app.ui.work import Work

_TICK_MS = 100


class CsvDialog(Dialog):
    """Reads, checks and writes off the GUI thread; Cancel ends what is under way. `imported` tells the key of the data
    extension that has the rows. `document` is the journey that the file was dropped on, if any."""

    imported = Signal(str)

    def __init__(
        self, path: Path, workspace: Workspace, work: Work, document: JourneyDocument | None, parent: QWidget | None
    ) -> None:
        super().__init__(path.name, parent, name="csv", size=QSize(860, 640))
        self._path, self._workspace, self._work, self._document = path, workspace, work, document
        self._stop = threading.Event()
        self._read = 0
        self._doing = ""
        self._writing = False
        self._table: CsvTable | None = None
        self._target: DataExtension | None = None
        self._report = ImportReport()
        self.choice = ChoicePage(self)
        self.form = DataExtensionForm(self)
        self.with_event = QCheckBox(tr("Add an API Event with it to this journey"), self)
        self.progress = ProgressPage(self)
        self.report = ReportPage(self)
        self.save_button = Button(tr("Save this list…"), "plain", self, on_click=self._save_list)
        self._pages = QStackedWidget(self)
        self._designer = QWidget(self)
        frame = QVBoxLayout(self._designer)
        frame.setContentsMargins(20, 14, 20, 12)
        frame.addWidget(self.form, 1)
        frame.addWidget(self.with_event)
        for page in (self.progress, self.choice, self._designer, self.report):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self.foot.fill([self.hint, self.save_button], [self.cancel_button, self.primary])
        self.choice.head_changed.connect(self._set_head)
        self.choice.changed.connect(self._show_buttons)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._begin(mark("Looking at {file}"), self._look, self._looked)

    def has_changes(self) -> bool:
        """The fields that were set up would be lost."""
        return self._pages.currentWidget() is self._designer and self.form.has_changes()

    def close_unasked(self) -> None:
        """End what is under way."""
        self._stop.set()
        super().close_unasked()

    def reject(self) -> None:
        """Cancel; rows that are being written end with the batch that is under way, and it is said how many."""
        if self._writing:
            self._stop.set()
            self.cancel_button.setEnabled(False)
        else:
            super().reject()

    def accept(self) -> None:
        """The next step of this page."""
        page = self._pages.currentWidget()
        if page is self.choice:
            home = self.choice.home
            self._check(home) if home is not None else self._design()
        elif page is self._designer:
            self._make()
        elif page is self.report:
            self._write()

    # --- reading the file ----------------------------------------------------------------------------------------

    def _look(self) -> tuple[CsvTable, tuple[DataExtension, ...]]:
        path = self._path
        try:
            size = path.stat().st_size
            table = look_at_csv(lambda: path.open("rb"), path.name, size)
        except OSError as error:
            reason = error.strerror or str(error)
            words = tr("{path} could not be read: {reason}.", path=path, reason=reason)
            raise UnreadableFile(words, hint=tr("Check that the file is there and may be read.")) from error
        return table, tuple(card.data_extension for card in list_data_extensions(self._workspace))

    def _looked(self, found: tuple[CsvTable, tuple[DataExtension, ...]]) -> None:
        self._table, homes = found
        self.choice.show_table(self._table)
        event = self._document.context.event if self._document is not None else None
        self.choice.offer(homes, event.data_extension_id if event is not None else None)
        self._turn_to(self.choice)

    def _set_head(self, has_head: bool) -> None:
        if self._table is not None:
            self._table = self._table.with_head(has_head)
            self.choice.show_table(self._table)

    # --- a new data extension ------------------------------------------------------------------------------------

    def _design(self) -> None:
        assert self._table is not None
        words = self._path.stem.replace("_", " ").replace("-", " ").strip()
        self.form.set_data_extension(guess_schema(self._table, words.capitalize() or tr("Contacts")))
        lacks = self._document is not None and not self._document.read_only and self._document.context.event is None
        self.with_event.setVisible(lacks)
        self.with_event.setChecked(lacks)
        self._turn_to(self._designer)
        self.form.name.setFocus()

    def _make(self) -> None:
        if self.form.problems():
            self.form.insist()
            return
        wanted, workspace = self.form.data_extension(), self._workspace
        wants_event = self.with_event.isChecked() and self.with_event.isVisible()

        def job() -> tuple[DataExtension, EventDefinition | None]:
            if not wants_event:
                return save_data_extension(workspace, wanted), None
            event = create_event(workspace, EventDefinition("", propose_key(), wanted.name, None), wanted)
            made = next(
                card.data_extension
                for card in list_data_extensions(workspace)
                if card.data_extension.id == event.data_extension_id
            )
            return made, event

        self._begin(mark("Making the data extension"), job, self._made, self._not_made)

    def _made(self, made: tuple[DataExtension, EventDefinition | None]) -> None:
        schema, event = made
        if event is not None and self._document is not None:
            entry = self._document.journey.entry or Entry()
            self._document.apply(SetEntry(replace(entry, event_definition_id=event.id), name=said("Add API Event")))
        self._check(schema)

    def _not_made(self, error: Exception) -> None:
        self._turn_to(self._designer)
        self.form.show_conflict(in_words(error))

    # --- rows ----------------------------------------------------------------------------------------------------

    def _check(self, target: DataExtension) -> None:
        self._target = target
        table, workspace = self._table, self._workspace
        assert table is not None
        job = partial(check_import, workspace, target.key, table, self._stop.is_set, self._tell)
        self._begin(mark("Checking the rows"), job, self._checked)

    def _checked(self, report: ImportReport) -> None:
        self._report = report
        if report.bad_rows:
            self.report.show_report(report)
            self._turn_to(self.report)
            self.primary.setFocus()
        else:
            self._write()

    def _write(self) -> None:
        table, target, workspace = self._table, self._target, self._workspace
        assert table is not None
        assert target is not None
        self._writing = True
        job = partial(import_rows, workspace, target.key, table, self._stop.is_set, self._tell)
        self._begin(mark("Importing the rows"), job, self._written)

    def _written(self, report: ImportReport) -> None:
        target, parent = self._target, self.parentWidget()
        assert target is not None
        n, home = report.written, target.name
        words = trn("{n} row was imported into {home}.", "{n} rows were imported into {home}.", n, home=home)
        if report.stopped:
            words = tr("Stopped.") + " " + words
        elif report.bad_rows:
            words += " " + trn("{n} bad row was left out.", "{n} bad rows were left out.", report.bad_rows)
        self.imported.emit(target.key)
        self.finish()
        if parent is not None:
            toast(parent, words)

    def _tell(self, read: int) -> None:
        """Called from the worker: a number is all that crosses."""
        self._read = read

    def _save_list(self) -> None:
        proposed = tr("{name} - bad rows", name=self._path.stem)
        chosen = file_to_save(self, tr("Save this list"), proposed, "csv", tr("CSV files (*.csv)"))
        if chosen is not None:
            self.save_list(chosen)

    def save_list(self, path: Path) -> None:
        """Write the listed problems as CSV."""
        out = io.StringIO(newline="")
        lines = csv.writer(out)
        lines.writerow([tr("Row"), tr("Column"), tr("Value"), tr("What is wrong"), tr("What to do")])
        for bad in self._report.bad:
            # A value that looks like a formula would be one in a spreadsheet.
            value = f"'{bad.value}" if bad.value[:1] in "=+-@\t\r" and bad.value else bad.value
            lines.writerow([bad.number, bad.column, value, bad.message, bad.hint])
        try:
            write_chosen(path, out.getvalue().encode("utf-8-sig"))
        except InvalidInput as error:
            self.say(in_words(error))
        else:
            self.say(tr("The list was written to {path}.", path=path), "info")

    # --- inside --------------------------------------------------------------------------------------------------

    def _begin(
        self,
        words: str,
        job: Callable[[], object],
        then: Callable[..., None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._doing, self._read = words, 0
        self._show_progress()
        self._turn_to(self.progress)
        self._tick.start()
        self._work.run(
            self, job, then, failed or self._failed, label=tr(words, file=self._path.name), cancel=self._stop
        )

    def _failed(self, error: Exception) -> None:
        self._writing = False
        if not isinstance(error, SwitchbackError):
            self.close_unasked()
            self._work.unhandled.emit(error)
            return
        self.say(in_words(error))
        self._tick.stop()
        self._turn_to(self.choice if self._table is not None else self.progress)
        self.progress.show_progress("", 0.0)

    def _show_progress(self) -> None:
        size = self._table.size if self._table is not None else 0
        share = self._read / size if size else 0.0
        words = tr(self._doing, file=self._path.name)
        if size and self._read:
            words = tr("{doing} · {percent} %", doing=words, percent=number(min(100, round(100 * share))))
        self.progress.show_progress(words, share)

    def _turn_to(self, page: QWidget) -> None:
        if page is not self.progress:
            self._tick.stop()
        self._pages.setCurrentWidget(page)
        self._show_buttons()

    def _show_buttons(self) -> None:
        page = self._pages.currentWidget()
        self.save_button.setVisible(page is self.report)
        self.primary.setVisible(page is not self.progress)
        if page is self.choice:
            new = self.choice.home is None
            self.primary.setText(tr("Next") if new else tr("Check and import"))
            self.primary.setEnabled(self._table is not None and not self.choice.missing)
        elif page is self._designer:
            self.primary.setText(tr("Create and import"))
            self.primary.setEnabled(True)
        elif page is self.report:
            good = self._report.good
            self.primary.setText(trn("Import {n} good row", "Import the {n} good rows", good))
            self.primary.setEnabled(self._report.good > 0)


def open_csv(
    path: Path, workspace: Workspace, work: Work, document: JourneyDocument | None, parent: QWidget | None
) -> CsvDialog:
    """Show what a CSV file has and what can be done with it."""
    dialog = CsvDialog(path, workspace, work, document, parent)
    dialog.open()
    return dialog
