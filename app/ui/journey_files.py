"""Journeys in and out as files: a preview of what a file brings, then the import; export to a place of choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QWidget

from app.kernel.errors import UnreadableFile
from app.services.views import ImportPreview, JourneyCard
from app.ui.file_choice import file_to_open, file_to_save, files_to_open, write_chosen
from app.ui.session import Session
from app.ui.translation import mark, tr, trn
from app.ui.widgets import toast

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_FILTER = mark("Journeys (*.journey);;All files (*)")
_CSV_FILTER = mark("CSV files (*.csv *.tsv *.txt);;All files (*)")
CSV_SUFFIXES = (".csv", ".tsv")
"""Endings of files with rows that may be dropped."""

_MOST_BYTES = 50_000_000


class JourneyFiles(QObject):
    """Asks for files, reads them off the GUI thread, and opens what was imported."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._window = window

    def ask_import(self) -> None:
        """Let the person choose files to import."""
        self.import_files(files_to_open(self._window, tr("Import journeys"), tr(_FILTER)))

    def ask_csv(self, document: JourneyDocument | None) -> None:
        """Let the person choose a CSV file; `document` is the journey in front, if one is."""
        chosen = file_to_open(self._window, tr("Import a CSV file"), tr(_CSV_FILTER))
        if chosen is not None:
            self.import_csv(chosen, document)

    def import_files(self, paths: Sequence[Path], document: JourneyDocument | None = None) -> None:
        """Show what each file brings, one after the other; `document` is the journey that they were dropped on."""
        for path in paths:
            if path.suffix.lower() in CSV_SUFFIXES:
                self.import_csv(path, document)
            else:
                self.import_content(partial(_read, path), path.name)

    def import_csv(self, path: Path, document: JourneyDocument | None) -> None:
        """Show what a CSV file has, and what can be done with it."""
        from app.ui.dialogs.csv_import import open_csv

        session = self._session
        open_csv(path, session.workspace, session.work, document, self._window)

    def import_content(self, read: Callable[[], bytes], name: str) -> None:
        """Preview what `read` gives (called off the GUI thread), and import it when the person says so."""
        workspace = self._session.workspace

        def job() -> ImportPreview:
            from app.services.preview_import import preview_import

            return preview_import(workspace, read(), name)

        self._session.work.run(
            self, job, self._preview, self._session.failed.emit, label=tr("Reading {name}", name=name)
        )

    def export(self, journey_id: str, name: str) -> None:
        """Write a journey to a file of the person's choice."""
        path = file_to_save(self._window, tr("Export journey"), name, "journey", tr(_FILTER))
        if path is None:
            return
        workspace = self._session.workspace

        def job() -> Path:
            from app.services.export_journey import export_journey

            content = export_journey(workspace, journey_id)
            write_chosen(path, content)
            return path

        def then(written: Path) -> None:
            toast(self._window, tr("Exported to {written}.", written=written))

        self._session.work.run(self, job, then, self._session.failed.emit, label=tr("Exporting"))

    def _preview(self, preview: ImportPreview) -> None:
        from app.ui.dialogs.import_preview import open_import_preview

        open_import_preview(self._session.workspace, self._session.work, self._window, preview, self._imported)

    def _imported(self, card: JourneyCard) -> None:
        self._session.journey_wanted.emit(card.id)
        toast(self._window, tr("{name} was imported as a draft.", name=card.name))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableFile(
                tr("{name} is larger than any journey.", name=path.name), hint=tr("Choose a .journey file.")
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(
            tr("{path} could not be read: {reason}.", path=path, reason=reason),
            hint=tr("Check that the file is there."),
        ) from error


def takes(data: QMimeData) -> bool:
    """Whether any of what is dragged is a file that can be dropped: a journey, or rows."""
    return any(Path(url.toLocalFile()).suffix.lower() in (".journey", *CSV_SUFFIXES) for url in data.urls())


def drop_words(data: QMimeData) -> str:
    """What a drop of those files would do, "" where it would do nothing."""
    names = [Path(url.toLocalFile()).name for url in data.urls()] if takes(data) else []
    if not names:
        return ""
    if len(names) > 1:
        count = trn("{n} file", "{n} files", len(names))
        return tr("Drop {files}: each is shown before anything is imported", files=count)
    if names[0].lower().endswith(".journey"):
        return tr("Drop to see what {name} brings, and to import it", name=names[0])
    return tr("Drop to see the rows of {name}, and to import them", name=names[0])
