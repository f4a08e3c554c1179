"""What the local API wrote, as it writes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.server import ServerControl
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Banner, Button, label, toast

_MOST_LINES = 2000


class ServerLogDialog(QDialog):
    """Not modal: it may stand beside the window while calls come in."""

    def __init__(self, server: ServerControl, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("API log"))
        self.resize(760, 460)
        self._server = server
        self.problem = Banner("", "error", self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(_MOST_LINES)
        self.text.setFont(theme().font("mono"))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.text.setAccessibleName(tr("Log of the API"))
        self.text.setPlaceholderText(
            tr("Nothing yet. Start the API: what it says of itself shows here. Its calls are under View › Events.")
        )
        self.text.setPlainText("\n".join(server.lines))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(tr("API log"), "title", self))
        box.addWidget(self.problem)
        box.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addWidget(Button(tr("Copy all"), "plain", self, icon="copy", on_click=self._copy))
        row.addStretch()
        row.addWidget(Button(tr("Close"), "primary", self, on_click=self.accept))
        box.addLayout(row)
        server.line_read.connect(self.text.appendPlainText)
        server.changed.connect(self._show_problem)
        self._show_problem()

    def _show_problem(self) -> None:
        self.problem.setVisible(bool(self._server.problem))
        self.problem.say(self._server.problem, "error")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        toast(self, tr("Copied the log."))
