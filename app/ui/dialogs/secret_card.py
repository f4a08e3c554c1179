"""A client pair whose secret can be seen, each part to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button, Card, FormField, label, toast


class SecretCard(Card):
    """Client id and client secret, the secret covered or not. One that is shown once counts as unsaved until it is
    copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._once = False
        self.words = label("", "strong", self, wrap=True)
        self.box.addWidget(self.words)
        self.client_id, copy_id = self._line(tr("Client id"), tr("Copy client id"))
        self.secret, copy_secret = self._line(tr("Client secret"), tr("Copy client secret"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        copy_id.clicked.connect(lambda: self._copy(self.client_id, tr("Copied the client id.")))
        copy_secret.clicked.connect(self._copy_secret)
        self.show_button = Button(tr("Show secret"), "plain", self, icon="eye", on_click=self._turn)
        self._row.insertWidget(1, self.show_button, alignment=Qt.AlignmentFlag.AlignBottom)
        self.copy_secret_button = copy_secret
        self.setEnabled(False)  # until there is a pair to show

    @property
    def is_unsaved(self) -> bool:
        """Whether a secret is shown that nobody can show again, and that was not copied."""
        return self._once

    def show_pair(self, words: str, client_id: str, secret: str, *, covered: bool, once: bool = False) -> None:
        """Show a pair under a sentence about it; `once`: its secret cannot be shown again."""
        self._once = once
        self.setEnabled(True)
        self.words.setText(words)
        self.client_id.setText(client_id)
        self.secret.setText(secret)
        self.secret.setCursorPosition(0)
        self._cover(covered)
        if once:
            self.copy_secret_button.setFocus()

    def let_go(self) -> None:
        """The secret need not be copied."""
        self._once = False

    def _line(self, name: str, copy_name: str) -> tuple[QLineEdit, Button]:
        line = QLineEdit("…", self)
        line.setReadOnly(True)
        line.setFont(theme().font("mono"))
        copy = Button(tr("Copy"), "plain", self, icon="copy")
        copy.setAccessibleName(copy_name)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(FormField(name, line, parent=self), 1)
        self._row.addWidget(copy, alignment=Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(self._row)
        return line, copy

    def _copy(self, line: QLineEdit, said: str) -> None:
        QGuiApplication.clipboard().setText(line.text())
        toast(self, said)

    def _copy_secret(self) -> None:
        self._copy(self.secret, tr("Copied the client secret."))
        self._once = False

    def _turn(self) -> None:
        self._cover(self.secret.echoMode() == QLineEdit.EchoMode.Normal)

    def _cover(self, covered: bool) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal)
        self.show_button.setText(tr("Show secret") if covered else tr("Cover secret"))
