"""A CSV file dropped on a journey: rows for its data extension, or a new one with an API Event; bad files answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.journey.edits import SetEntry
from app.journey.journey import Entry
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.page_rows import page_rows
from app.ui.dialogs.csv_import import CsvDialog, open_csv
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.work import Work
from tests.support.cart_rows import Carts

PEOPLE = "Customer ID,Mail,Total\nN-1,kari@example.com,12.50\nN-2,ola@example.com,7\n"


def file(folder: Path, content: str | bytes, name: str = "loyal_people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


class Shown:
    """The dialog over a window, and the person before it."""

    def __init__(self, qtbot: QtBot, carts: Carts, work: Work, window: QMainWindow) -> None:
        self.bot, self.carts, self.work, self.window = qtbot, carts, work, window

    def open(self, path: Path, document: JourneyDocument | None = None) -> CsvDialog:
        dialog = open_csv(path, self.carts.workspace, self.work, document, self.window)
        self.settle(dialog)
        return dialog

    def settle(self, dialog: CsvDialog) -> None:
        self.bot.waitUntil(lambda: self.work.idle)
        QApplication.processEvents()

    def enter(self, dialog: CsvDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        self.settle(dialog)


@pytest.fixture
def shown(qtbot: QtBot, carts: Carts, work: Work, window: QMainWindow) -> Shown:
    return Shown(qtbot, carts, work, window)


def page_of(dialog: CsvDialog) -> QWidget:
    found = dialog._pages.currentWidget()
    assert found is not None
    return found


def test_a_new_data_extension_with_an_api_event_by_enter_alone(
    shown: Shown, tmp_path: Path, document: JourneyDocument, qtbot: QtBot
) -> None:
    dialog = shown.open(file(tmp_path, PEOPLE), document)
    assert "3 columns, separated by commas · UTF-8" in dialog.choice.about.text()
    assert dialog.choice.make.isChecked()
    shown.enter(dialog)
    assert dialog.form.name.text() == "Loyal people"
    kinds = {row.field().name: row.field().kind for row in dialog.form.rows}
    assert kinds == {"Customer ID": "text", "Mail": "email", "Total": "decimal"}
    assert dialog.with_event.isChecked()
    with qtbot.waitSignal(dialog.imported):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    shown.bot.waitUntil(lambda: shown.work.idle)
    workspace = shown.carts.workspace
    made = next(card for card in list_data_extensions(workspace) if card.data_extension.name == "Loyal people")
    assert made.rows == 2
    event = next(card.definition for card in list_events(workspace) if card.definition.name == "Loyal people")
    assert event.data_extension_id == made.data_extension.id
    assert document.journey.entry is not None
    assert document.journey.entry.event_definition_id == event.id
    document.undo_stack.undo()
    assert document.journey.entry is None, "the journey's edit is taken back, the rows stay"


def test_rows_go_into_the_journeys_data_extension_and_bad_ones_are_listed(
    shown: Shown, tmp_path: Path, document: JourneyDocument, qtbot: QtBot
) -> None:
    document.apply(SetEntry(Entry(event_definition_id=shown.carts.event.id)))
    shown.bot.waitUntil(lambda: document.context.event is not None)
    home = shown.carts.home
    before = page_rows(shown.carts.workspace, home.id, 0, 1).total
    needed = [field.name for field in home.fields if field.required or field.primary_key]
    head = ",".join(dict.fromkeys([*needed, "Cart total"]))
    width = head.count(",")
    rows = f"NEW-1{',5' * width}\nNEW-2{',oops' * width}\n"
    dialog = shown.open(file(tmp_path, f"{head}\n{rows}"), document)
    assert dialog.choice.home is not None
    assert dialog.choice.home.id == home.id
    shown.enter(dialog)
    assert page_of(dialog) is dialog.report
    assert dialog.report.words.text().startswith("1 of 2 rows cannot be imported.")
    bad = dialog.report.table.things_model.things[0]
    assert (bad.number, bad.value) == (3, "oops")
    dialog.save_list(tmp_path / "bad.csv")
    assert "oops" in (tmp_path / "bad.csv").read_text("utf-8-sig")
    assert dialog.primary.text() == "Import 1 good row"
    with qtbot.waitSignal(dialog.imported):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert page_rows(shown.carts.workspace, home.id, 0, 1).total == before + 1


def test_a_file_without_a_needed_column_cannot_go_there_and_says_which(shown: Shown, tmp_path: Path) -> None:
    dialog = shown.open(file(tmp_path, "Shoe\n42\n"))
    dialog.choice.into.setChecked(True)
    assert not dialog.primary.isEnabled()
    assert "needs a value for" in dialog.choice.fits.text()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"PK\x03\x04", "Excel workbook"), (b"\x89PNG\0\0", "no text file")],
)
def test_what_is_no_csv_is_answered(shown: Shown, tmp_path: Path, content: bytes, said: str) -> None:
    dialog = shown.open(file(tmp_path, content))
    assert said in dialog.banner.text.text()
    assert not dialog.primary.isVisible()
    assert not dialog.progress.bar.isVisible(), "nothing is under way any more"
    assert not dialog.progress.words.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_is_gone_is_answered(shown: Shown, tmp_path: Path) -> None:
    assert "could not be read" in shown.open(tmp_path / "gone.csv").banner.text.text()


def test_an_assumed_encoding_is_said_and_the_head_can_be_told(shown: Shown, tmp_path: Path) -> None:
    dialog = shown.open(file(tmp_path, "Name;City\nKåre;Tromsø\n".encode("cp1252")))
    assert "Windows-1252" in dialog.choice.note.text.text()
    assert dialog.choice.preview.item(0, 1).text() == "Tromsø"
    dialog.choice.head.setChecked(False)
    assert dialog.choice.preview.horizontalHeaderItem(0).text() == "Column 1"
    assert dialog.choice.preview.item(0, 1).text() == "City"


def test_cancel_ends_a_long_import_and_says_how_many_rows_there_are(shown: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    lines = "".join(f"N-{n},a{n}@example.com\n" for n in range(60_000))
    dialog = shown.open(file(tmp_path, f"Customer ID,Mail\n{lines}", "many.csv"))
    dialog.accept()
    dialog.accept()
    qtbot.waitUntil(lambda: dialog._writing and dialog._read > 0)
    with qtbot.waitSignal(dialog.imported):
        dialog.cancel_button.click()
    workspace = shown.carts.workspace
    made = next(card for card in list_data_extensions(workspace) if card.data_extension.name == "Many")
    assert 0 <= made.rows < 60_000


def drop(target: QWidget, path: Path) -> bool:
    """Drag a file over a widget and let go; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, left, none = QPoint(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
    over.ignore()
    QApplication.sendEvent(target, over)
    if over.isAccepted():
        QApplication.sendEvent(target, QDropEvent(at.toPointF(), Qt.DropAction.CopyAction, data, left, none))
    return over.isAccepted()


def test_journeys_and_rows_may_be_dropped_on_a_journey_and_nothing_else(
    document: JourneyDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    page = JourneyPage(document)
    qtbot.addWidget(page)
    taken: list[list[str]] = []
    page.files_dropped.connect(taken.append)
    for name in ("a.csv", "B.CSV", "c.journey", "d.tsv"):
        assert drop(page, tmp_path / name)
    assert not drop(page, tmp_path / "e.png")
    assert [Path(each[0]).name for each in taken] == ["a.csv", "B.CSV", "c.journey", "d.tsv"]
