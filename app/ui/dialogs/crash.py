"""The dialog after a programmer's error: carry on, and a report that can be copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button, label, toast


class CrashDialog(QDialog):
    """Says that it is our fault, that the work is kept, and shows the report."""

    def __init__(self, report: str, log_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(680, 460)
        self._log_file = log_file
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(tr("Something went wrong in Switchback"), "title", self))
        text = tr(
            "This is a fault of the program, not of what you did. What you drew is kept in the workspace. "
            "You can carry on; if the window behaves oddly, close it and start it again."
        )
        box.addWidget(label(text, "secondary", self, wrap=True))
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setFont(theme().font("mono"))
        self.report.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.report.setAccessibleName(tr("Report"))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        box.addWidget(self.report, 1)
        box.addWidget(
            label(tr("It is also in {log_file}", log_file=log_file), "hint", self, wrap=True, selectable=True)
        )
        row = QHBoxLayout()
        self.copy_button = Button(tr("Copy report"), "plain", self, icon="copy", on_click=self._copy)
        row.addWidget(self.copy_button)
        row.addWidget(Button(tr("Open log folder"), "ghost", self, icon="folder", on_click=self._open_folder))
        row.addStretch()
        self.carry_on = Button(tr("Carry on"), "primary", self, on_click=self.accept)
        row.addWidget(self.carry_on)
        box.addLayout(row)
        self.carry_on.setFocus()

    def add(self, report: str) -> None:
        """Another error while this one is read."""
        self.report.appendPlainText(tr("\n--- and then ---\n\n{report}", report=report))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        toast(self, tr("Copied the report."))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))
