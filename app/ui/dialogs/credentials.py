"""Where the local API is and with what a program may call it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.default_credentials import default_credentials
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.widgets import Button, FormField, label, toast


class CredentialsDialog(QDialog):
    """Address, client id and secret of this computer, each to copy; the secret is covered until asked for."""

    def __init__(self, session: Session, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("API credentials")
        self.setMinimumWidth(540)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label("API credentials", "title", self))
        text = (
            "A program asks for a token with these, then posts events. They belong to this workspace on this computer."
        )
        box.addWidget(label(text, "secondary", self, wrap=True))
        self.address = self._line(box, "Address", address or "The API is off")
        self.client_id = self._line(box, "Client id", "…")
        self.secret = self._line(box, "Client secret", "…")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = Button("Show secret", "plain", self, icon="eye", on_click=self._uncover)
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addStretch()
        row.addWidget(Button("Close", "primary", self, on_click=self.accept))
        box.addStretch()
        box.addLayout(row)
        workspace = session.workspace
        session.work.run(self, lambda: default_credentials(workspace), self._arrived, session.failed.emit)

    def _line(self, box: QVBoxLayout, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setReadOnly(True)
        line.setFont(theme().font("mono"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(FormField(name, line, parent=self), 1)
        copy = Button("Copy", "plain", self, icon="copy", on_click=lambda: self._copy(name, line))
        copy.setAccessibleName(f"Copy {name.lower()}")
        row.addWidget(copy, alignment=Qt.AlignmentFlag.AlignBottom)
        box.addLayout(row)
        return line

    def _arrived(self, pair: tuple[str, str]) -> None:
        self.client_id.setText(pair[0])
        self.secret.setText(pair[1])

    def _copy(self, name: str, line: QLineEdit) -> None:
        QGuiApplication.clipboard().setText(line.text())
        toast(self, f"Copied the {name.lower()}.")

    def _uncover(self) -> None:
        covered = self.secret.echoMode() == QLineEdit.EchoMode.Password
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if covered else QLineEdit.EchoMode.Password)
        self.show_button.setText("Cover secret" if covered else "Show secret")
