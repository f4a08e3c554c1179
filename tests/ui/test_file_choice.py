"""Choosing files: where the dialog begins, what a name becomes, and what is said where nothing can be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.kernel.errors import InvalidInput
from app.ui.file_choice import file_name, file_to_open, file_to_save, files_to_open, write_chosen
from app.ui.theme import theme


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def answering(act: Callable[[QFileDialog], None]) -> None:
    """Act on the dialog as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def typing(text: str) -> Callable[[QFileDialog], None]:
    def act(dialog: QFileDialog) -> None:
        dialog.findChild(QLineEdit).setText(text)
        box = dialog.findChild(QDialogButtonBox)
        box.buttons()[0].click()

    return act


def test_a_name_without_an_ending_gets_one_and_the_folder_is_kept(parent: QWidget, tmp_path: Path) -> None:
    answering(typing(str(tmp_path / "mine")))
    assert file_to_save(parent, "Export", "Cart", "png") == tmp_path / "mine.png"
    seen: list[tuple[str, list[str]]] = []

    def look(dialog: QFileDialog) -> None:
        seen.append((dialog.directory().absolutePath(), dialog.selectedFiles()))
        dialog.reject()

    answering(look)
    assert file_to_save(parent, "Export", "Cart: a/b?", "csv") is None
    assert seen == [(str(tmp_path), [str(tmp_path / "Cart- a-b.csv")])]


def test_a_file_that_is_there_is_not_replaced_unasked(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "mine.png").write_bytes(b"old")
    asked: list[str] = []

    def no() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(QMessageBox.StandardButton.No).click()
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            dialog.reject()
        else:
            QTimer.singleShot(20, no)

    def act(dialog: QFileDialog) -> None:
        QTimer.singleShot(20, no)
        typing(str(tmp_path / "mine"))(dialog)

    answering(act)
    assert file_to_save(parent, "Export", "Cart", "png") is None
    assert "mine.png" in asked[0], "the ending is there before it is asked"


def test_files_are_chosen_where_the_last_ones_were(parent: QWidget, tmp_path: Path) -> None:
    kinds = "Journeys (*.journey);;All files (*)"
    for name in ("a.journey", "b.journey"):
        (tmp_path / name).touch()
    answering(typing(str(tmp_path / "a.journey")))
    assert file_to_open(parent, "Open", kinds) == tmp_path / "a.journey"
    answering(typing('"a.journey" "b.journey"'))
    assert files_to_open(parent, "Open", kinds) == [tmp_path / "a.journey", tmp_path / "b.journey"]
    answering(QFileDialog.reject)
    assert files_to_open(parent, "Open", kinds) == []


def test_a_folder_that_is_gone_is_not_looked_for(parent: QWidget, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    answering(typing(str(gone / "a.csv")))
    assert file_to_save(parent, "Export", "a", "csv") == gone / "a.csv"
    gone.rmdir()
    seen: list[str] = []

    def look(dialog: QFileDialog) -> None:
        seen.append(dialog.directory().absolutePath())
        dialog.reject()

    answering(look)
    assert file_to_open(parent, "Open", "All files (*)") is None
    assert seen == [str(Path.home())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Abandoned cart", "Abandoned cart"),
        ("a/b\\c", "a-b-c"),
        ("  ..", "switchback"),
        ('"<>|', "switchback"),
        ("Ünï ☃", "Ünï ☃"),
        ("cart\u202eyenruoj.exe", "cart-yenruoj.exe"),
        ("x" * 300, "x" * 120),
    ],
)
def test_any_text_becomes_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name


def test_what_cannot_be_written_is_said_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_chosen(tmp_path / "none" / "a.csv", b"")
    assert refused.value.message == f"{tmp_path / 'none' / 'a.csv'} could not be written: No such file or directory."
    assert refused.value.hint


def test_the_arrows_of_the_dialog_are_seen_in_the_dark(parent: QWidget) -> None:
    theme().set_mode("dark")
    seen: list[QColor] = []

    def look(dialog: QFileDialog) -> None:
        for name in ("backButton", "forwardButton", "toParentButton"):
            image = dialog.findChild(QToolButton, name).icon().pixmap(16, QIcon.Mode.Normal).toImage()
            colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
            seen.append(max(colours, key=QColor.alpha))
        dialog.reject()

    answering(look)
    file_to_open(parent, "Open", "All files (*)")
    assert len(seen) == 3
    assert all(colour.lightness() > 120 for colour in seen)
