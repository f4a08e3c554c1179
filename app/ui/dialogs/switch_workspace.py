"""Another workspace: one that was open before, a file, a new one, or a team's on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.file_choice import WORKSPACES, file_to_open, file_to_save
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button, FormField, label


class SwitchWorkspaceDialog(QDialog):
    """After `exec`, `chosen` is a path or URL; None is the default workspace, "" is none. `makes`: a new one was asked
    for."""

    def __init__(self, recent: tuple[str, ...], current: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Switch workspace"))
        self.resize(600, 440)
        self.chosen: str | None = ""
        self.makes = False
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Workspaces that were open before"))
        for location in recent:
            is_file = "://" not in location
            name = Path(location).name if is_file else location.rsplit("/", 1)[-1]
            item = QListWidgetItem(theme().icon("file" if is_file else "server"), f"{name}\n{location}")
            item.setData(Qt.ItemDataRole.UserRole, location)
            if location == current:
                item.setText(tr("{name} · open now\n{location}", name=name, location=location))
            self.list.addItem(item)
        self.list.itemActivated.connect(lambda _item: self._open_listed())
        self.url = QLineEdit(self)
        self.url.setPlaceholderText("postgresql://user:password@host/database")
        self.url_field = FormField(
            tr("A team's workspace"), self.url, tr("The password is not kept by this window."), self
        )
        self.url.returnPressed.connect(self._open_url)
        connect = Button(tr("Connect"), "plain", self, on_click=self._open_url)
        address = QHBoxLayout()
        address.setSpacing(8)
        address.addWidget(self.url_field, 1)
        address.addWidget(connect, alignment=Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(Button(tr("Open file…"), "plain", self, icon="folder", on_click=self._open_file))
        row.addWidget(Button(tr("New…"), "plain", self, icon="plus", on_click=self._new_file))
        row.addStretch()
        row.addWidget(Button(tr("Cancel"), "plain", self, on_click=self.reject))
        self.open_button = Button(tr("Open"), "primary", self, on_click=self._open_listed)
        self.open_button.setEnabled(bool(recent))
        row.addWidget(self.open_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(tr("Switch workspace"), "title", self))
        box.addWidget(label(tr("A workspace holds journeys, events, data extensions and contacts."), "secondary", self))
        box.addWidget(self.list, 1)
        box.addLayout(address)
        box.addLayout(row)
        self.list.setCurrentRow(0)

    def _choose(self, location: str) -> None:
        self.chosen = location
        self.accept()

    def _open_listed(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._choose(str(item.data(Qt.ItemDataRole.UserRole)))

    def _open_url(self) -> None:
        url = self.url.text().strip()
        if not url.startswith(("postgresql://", "postgres://")):
            self.url_field.set_error(
                tr("An address begins with postgresql://, for example postgresql://ann@db.example/team.")
            )
            return
        self._choose(url)

    def _open_file(self) -> None:
        path = file_to_open(self, tr("Open workspace"), tr(WORKSPACES))
        if path is not None:
            self._choose(str(path))

    def _new_file(self) -> None:
        path = file_to_save(self, tr("New workspace"), "northern-trails", "switchback", tr(WORKSPACES))
        if path is not None:
            self.makes = True
            self._choose(str(path))
