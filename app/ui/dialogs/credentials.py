"""Where the local API is, and the client pairs with which programs may call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.kernel.errors import InvalidInput, SwitchbackError
from app.services.create_credential import create_credential
from app.services.default_credentials import default_credentials
from app.services.list_credentials import list_credentials
from app.services.rename_credential import rename_credential
from app.services.revoke_credential import revoke_credential
from app.services.rotate_credential import rotate_credential
from app.services.views import ClientPair
from app.ui.dialogs.ask import ask
from app.ui.dialogs.frame import Dialog
from app.ui.dialogs.name import NameDialog
from app.ui.dialogs.secret_card import SecretCard
from app.ui.errors import in_words
from app.ui.pages.table import Column, ThingsTable, framed
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.translation import mark, tr
from app.ui.widgets import Button, FormField, label, toast

T = TypeVar("T")

_TEXT = mark("A program asks for a token with a client pair, then posts events. Give each program a pair of its own.")


class CredentialsDialog(Dialog):
    """The address to copy; the pairs; below them the one pair whose secret can be seen: the default of this computer,
    or one that was just made or rotated. Leaving a new secret that was not copied asks first."""

    def __init__(self, session: Session, address: str, parent: QWidget) -> None:
        super().__init__(tr("API credentials"), parent, name="credentials", size=QSize(780, 740))
        self._session = session
        self._wanted = ""  # the client id of the row to choose as soon as it is listed
        self._writable = not session.workspace.info.read_only
        self.head_box.addWidget(label(tr(_TEXT), "secondary", self, wrap=True))
        self.address = QLineEdit(address or tr("The API is off"), self)
        self.address.setReadOnly(True)
        self.address.setFont(theme().font("mono"))
        copy = Button(tr("Copy"), "plain", self, icon="copy", on_click=self._copy_address)
        copy.setAccessibleName(tr("Copy address"))
        copy.setEnabled(bool(address))
        self.table = ThingsTable(_columns(session), tr("Client pairs"), self)
        self.table.setMinimumHeight(150)
        self.table.picked.connect(lambda _pair: self._enable())
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Web shop"))
        self.name.setEnabled(self._writable)
        self.name.textChanged.connect(lambda _text: self._name_typed())
        self.create_button = Button(tr("New pair"), "plain", self, icon="plus", on_click=self._create)
        self.name_field = FormField(tr("Name of a new pair"), self.name, parent=self, beside=self.create_button)
        self.default_button = Button(tr("Show default pair"), "plain", self, icon="eye", on_click=self._show_default)
        self.rename_button = Button(tr("Rename…"), "plain", self, icon="edit", on_click=self._rename)
        self.rotate_button = Button(tr("Rotate…"), "plain", self, icon="refresh", on_click=self._rotate)
        self.revoke_button = Button(tr("Revoke…"), "danger", self, icon="trash", on_click=self._revoke)
        self.card = SecretCard(self)
        self.secret, self.show_button = self.card.secret, self.card.show_button
        inside = QWidget(self)
        inside.setProperty("transparent", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(20, 14, 20, 16)
        box.setSpacing(12)
        box.addWidget(FormField(tr("Address"), self.address, parent=self, beside=copy))
        box.addWidget(framed(self.table, self), 1)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.default_button)
        actions.addStretch()
        actions.addWidget(self.rename_button)
        actions.addWidget(self.rotate_button)
        actions.addWidget(self.revoke_button)
        box.addLayout(actions)
        box.addWidget(self.name_field)
        box.addWidget(self.card)
        self._area = area = QScrollArea(self)  # a screen at 200 % may not be as high
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area)
        self.cancel_button.hide()
        self.primary.setText(tr("Close"))
        self._enable()
        self._put_default(covered=True)
        session.bridge.workspace_changed.connect(self._heard)
        self.table.setFocus()

    def has_changes(self) -> bool:
        """Never: what is made here is kept at once. A secret that would be lost is asked about by `accept`."""
        return False

    def accept(self) -> None:
        """Close, unless a secret that was not copied is to stay."""
        if self._may_drop_secret():
            self.finish()

    def reject(self) -> None:
        """As Close does."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the name makes the pair; elsewhere it closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self.create_button.click()
            return
        super().keyPressEvent(event)

    def _heard(self, what: str) -> None:
        if what == "settings":
            self._reload()

    def _reload(self) -> None:
        workspace = self._session.workspace
        self._session.work.run(self, lambda: list_credentials(workspace), self._show_pairs, self._failed)

    def _show_pairs(self, pairs: tuple[ClientPair, ...]) -> None:
        self.table.show_things(pairs, key=lambda pair: pair.client_id)
        if self._wanted and self.table.select_where(lambda pair: pair.client_id == self._wanted):
            self._wanted = ""
        self._enable()

    def _enable(self) -> None:
        pair: ClientPair | None = self.table.current()
        good = self._writable and pair is not None and pair.revoked_at is None
        self.rename_button.setEnabled(good)
        self.rotate_button.setEnabled(good)
        self.revoke_button.setEnabled(good)
        self.create_button.setEnabled(self._writable and bool(self.name.text().strip()))

    def _name_typed(self) -> None:
        self.name_field.clear()
        self._enable()

    def _chosen(self) -> ClientPair:
        pair = self.table.current()
        assert isinstance(pair, ClientPair), "the buttons are off while no pair is chosen"
        return pair

    def _show_default(self) -> None:
        if self._may_drop_secret():
            self._put_default(covered=False)

    def _put_default(self, *, covered: bool) -> None:
        workspace = self._session.workspace

        def put(pair: tuple[str, str]) -> None:
            if self.card.is_unsaved:  # a pair was made before the default one was found
                self._reload()
                return
            self._put_pair(tr("The default pair of this computer; it can be shown again."), *pair, covered=covered)

        def failed(error: Exception) -> None:
            self._failed(error)
            self._reload()  # the pairs that are there can be seen all the same

        self._session.work.run(self, lambda: default_credentials(workspace), put, failed)

    def _create(self) -> None:
        name, workspace = self.name.text().strip(), self._session.workspace
        if not self._may_drop_secret():
            return

        def put(pair: tuple[str, str]) -> None:
            self.name.clear()
            self._put_once(tr("{name}: its secret is shown this once. Copy it now.", name=name), *pair)

        self._change(lambda: create_credential(workspace, name), put)

    def _rename(self) -> None:
        pair, workspace = self._chosen(), self._session.workspace
        NameDialog(
            self._session,
            self,
            title=tr("Rename {name}", name=pair.name),
            action=tr("Rename"),
            save=lambda name: rename_credential(workspace, pair.client_id, name),
            done=lambda _none: self._reload(),
            name=pair.name,
            example=tr("Web shop"),
            hint=tr("Programs that use the pair notice nothing."),
        ).open()

    def _rotate(self) -> None:
        pair = self._chosen()
        text = tr(
            "The old secret gives no more tokens at once: programs that use this pair need the new one. Tokens that "
            "they have already stay good for 18 minutes at most."
        )
        if not self._may_drop_secret() or not ask(
            self, tr("Rotate the secret of {name}?", name=pair.name), text, tr("Rotate"), danger=True
        ):
            return
        workspace = self._session.workspace

        def put(secret: str) -> None:
            if pair.is_default:
                self._put_default(covered=False)
            else:
                words = tr("{name}: its new secret is shown this once. Copy it now.", name=pair.name)
                self._put_once(words, pair.client_id, secret)

        self._change(lambda: rotate_credential(workspace, pair.client_id), put)

    def _revoke(self) -> None:
        pair = self._chosen()
        text = tr(
            "Programs that use this pair are refused within two seconds, with the tokens that they have, too. "
            "This cannot be undone."
        )
        if pair.is_default:
            more = tr("This computer gets another default pair; code that was copied before must be copied again.")
            text = f"{text} {more}"
        if not ask(self, tr("Revoke {name}?", name=pair.name), text, tr("Revoke"), danger=True):
            return
        workspace = self._session.workspace

        def said(_was_good: bool) -> None:
            toast(self, tr("{name} is revoked.", name=pair.name))
            if pair.client_id == self.card.client_id.text():
                self.card.let_go()
                self._put_default(covered=True)
            else:
                self._reload()

        self._change(lambda: revoke_credential(workspace, pair.client_id), said)

    def _change(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        for button in (self.create_button, self.rotate_button, self.revoke_button):
            button.setEnabled(False)
        self.say("")
        self._session.work.run(self, job, then, self._failed)

    def _put_once(self, words: str, client_id: str, secret: str) -> None:
        self._put_pair(words, client_id, secret, covered=False, once=True)

    def _put_pair(self, words: str, client_id: str, secret: str, *, covered: bool, once: bool = False) -> None:
        self.card.show_pair(words, client_id, secret, covered=covered, once=once)
        if once:
            self._area.ensureWidgetVisible(self.card)
        self._wanted = client_id
        self._reload()

    def _may_drop_secret(self) -> bool:
        if not self.card.is_unsaved:
            return True
        text = tr("It was not copied, and cannot be shown again. A lost one is replaced by rotating the pair.")
        if not ask(self, tr("Leave this secret?"), text, tr("Leave it"), danger=True):
            return False
        self.card.let_go()
        return True

    def _failed(self, error: Exception) -> None:
        self._enable()
        if isinstance(error, InvalidInput) and error.where == "name":
            self.name_field.set_error(in_words(error))
        elif isinstance(error, SwitchbackError):
            self.say(in_words(error))
        else:
            self._session.failed.emit(error)

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        toast(self, tr("Copied the address."))


def _columns(session: Session) -> tuple[Column, ...]:
    return (
        Column(tr("Name"), lambda pair: pair.name, second=lambda pair: pair.client_id),
        Column(tr("Made"), lambda pair: session.ago(pair.created_at), width=120, sort=lambda pair: pair.created_at),
        Column(
            tr("Last rotated"), lambda pair: session.ago(pair.rotated_at), width=120, sort=lambda pair: pair.rotated_at
        ),
        Column(tr("State"), _state, tone=_tone, width=130),
    )


def _state(pair: ClientPair) -> str:
    if pair.revoked_at is not None:
        return tr("Revoked")
    return tr("Live, default") if pair.is_default else tr("Live")


def _tone(pair: ClientPair) -> str:
    return "quiet" if pair.revoked_at is not None else "accent"
