"""A page to read: help, and what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.ui.translation import tr
from app.ui.widgets import Button

_ABOVE_HEADING, _BELOW_HEADING = 18, 6
_LINE_PERCENT = 120


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
        _give_air(self.text.document())
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(tr("Close"), "primary", self, on_click=self.accept))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.text, 1)
        box.addLayout(row)


def _give_air(document: QTextDocument) -> None:
    """Space above headings and between lines: Markdown brings none, and takes no style sheet."""
    block = document.begin()
    while block.isValid():
        layout = block.blockFormat()
        level = layout.headingLevel()
        layout.setTopMargin({0: 2, 1: 0}.get(level, _ABOVE_HEADING))
        layout.setBottomMargin(_BELOW_HEADING if level else 2)
        layout.setLineHeight(_LINE_PERCENT, 1)  # 1 is QTextBlockFormat's proportional height
        QTextCursor(block).setBlockFormat(layout)
        block = block.next()
