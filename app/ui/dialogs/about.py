"""About: version, workspace, where the log is."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import __version__
from app.services.views import WorkspaceInfo
from app.ui.theme import theme
from app.ui.widgets import Button, label, toast


class AboutDialog(QDialog):
    """With a button that copies what a report needs."""

    def __init__(self, info: WorkspaceInfo | None, log_file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Switchback")
        self.setMinimumWidth(480)
        mark = QLabel(self)
        mark.setPixmap(theme().icon("switchback", "accent").pixmap(QSize(48, 48), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label("Switchback", "heading", self))
        words.addWidget(label("Draw a journey, fire a contact, see why.", "secondary", self))
        head.addLayout(words, 1)
        self._facts = [
            f"Switchback {__version__}",
            f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()}",
            f"Workspace: {info.name}, {info.backend}, {info.location}" if info else "No workspace is open",
            f"Log: {log_file}",
        ]
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 22, 24, 16)
        box.setSpacing(14)
        box.addLayout(head)
        for fact in self._facts:
            box.addWidget(label(fact, "small", self, wrap=True, selectable=True))
        box.addStretch()
        row = QHBoxLayout()
        row.addWidget(Button("Copy", "plain", self, icon="copy", on_click=self._copy))
        row.addStretch()
        row.addWidget(Button("Close", "primary", self, on_click=self.accept))
        box.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._facts))
        toast(self, "Copied.")
