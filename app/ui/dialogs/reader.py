"""A page to read: help, and what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.ui.widgets import Button


class ReaderDialog(QDialog):
    """Markdown from `resources/help`; links open in the browser."""

    def __init__(self, title: str, markdown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(680, 620)
        self.text = QTextBrowser(self)
        self.text.setProperty("plain", True)
        self.text.setAccessibleName(title)
        self.text.setOpenExternalLinks(True)
        self.text.document().setDocumentMargin(8)
        self.text.setMarkdown(markdown)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button("Close", "primary", self, on_click=self.accept))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.text, 1)
        box.addLayout(row)
