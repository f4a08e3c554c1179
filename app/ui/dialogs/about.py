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
from app.ui.translation import tr
from app.ui.widgets import Button, label, toast


class AboutDialog(QDialog):
    """With a button that copies what a report needs."""

    def __init__(self, info: WorkspaceInfo | None, log_file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Switchback"))
        mark = QLabel(self)
        mark.setPixmap(theme().icon("switchback", "accent").pixmap(QSize(48, 48), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label("Switchback", "heading", self))
        words.addWidget(label(tr("Draw a journey, fire a contact, see why."), "secondary", self))
        head.addLayout(words, 1)
        self._facts = [
            tr("Switchback {version}", version=__version__),
            tr(
                "Python {python} · Qt {qt} · {system} {release}",
                python=platform.python_version(),
                qt=qVersion(),
                system=platform.system(),
                release=platform.release(),
            ),
            tr("Workspace: {name}, {backend}, {location}", name=info.name, backend=info.backend, location=info.location)
            if info
            else tr("No workspace is open"),
            tr("Log: {log_file}", log_file=log_file),
        ]
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 22, 24, 16)
        box.setSpacing(14)
        box.addStrut(432)
        box.addLayout(head)
        for fact in self._facts:
            box.addWidget(label(fact, "small", self, wrap=True, selectable=True))
        box.addStretch()
        row = QHBoxLayout()
        row.addWidget(Button(tr("Copy"), "plain", self, icon="copy", on_click=self._copy))
        row.addStretch()
        row.addWidget(Button(tr("Close"), "primary", self, on_click=self.accept))
        box.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._facts))
        toast(self, tr("Copied."))
