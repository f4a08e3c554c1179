"""Client pairs in the window: made, shown once, rotated, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.kernel.errors import WorkspaceFull
from app.services.client_secrets import same_secret
from app.services.create_credential import create_credential
from app.services.default_credentials import default_credentials
from app.services.list_credentials import list_credentials
from app.services.workspace import Workspace
from app.ui.dialogs import credentials as credentials_module
from app.ui.dialogs.ask import Ask
from app.ui.dialogs.credentials import CredentialsDialog
from app.ui.dialogs.name import NameDialog
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.work import Work
from tests.support.cart_rows import Carts

Open = Callable[[], CredentialsDialog]


@pytest.fixture
def ws(carts: Carts) -> Workspace:
    return carts.workspace


@pytest.fixture
def opened(qtbot: QtBot, ws: Workspace, work: Work, window: QMainWindow) -> Iterator[Open]:
    """Opens the dialog, and waits until it shows the default pair."""
    session = Session(ws, work)

    def open_it() -> CredentialsDialog:
        dialog = CredentialsDialog(session, "http://127.0.0.1:8025", window)
        dialog.open()
        qtbot.waitUntil(lambda: dialog.table.current() is not None)
        return dialog

    yield open_it
    qtbot.waitUntil(lambda: work.idle)
    session.close()


def answering(yes: bool) -> list[str]:
    """Answer the next question; what it said comes into the list."""
    said: list[str] = []

    def look() -> None:
        asked = next((w for w in QApplication.topLevelWidgets() if isinstance(w, Ask) and w.isVisible()), None)
        if asked is None:
            QTimer.singleShot(10, look)
            return
        said.append(asked.windowTitle())
        (asked.action_button if yes else asked.cancel_button).click()

    QTimer.singleShot(10, look)
    return said


def choose(dialog: CredentialsDialog, client_id: str) -> None:
    assert dialog.table.select_where(lambda pair: pair.client_id == client_id)


def fits(ws: Workspace, client_id: str, secret: str) -> bool:
    with ws.unit_of_work(writes=False) as work:
        found = work.credentials.get(client_id)
    assert found is not None
    return same_secret(secret, found.secret_hash)


def make(qtbot: QtBot, dialog: CredentialsDialog, name: str) -> tuple[str, str]:
    dialog.name.setFocus()
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.card.is_unsaved and dialog.table.current().name == name)
    return dialog.card.client_id.text(), dialog.secret.text()


def test_the_default_pair_is_there_at_once_and_covered(opened: Open, ws: Workspace) -> None:
    dialog = opened()
    assert (dialog.card.client_id.text(), dialog.secret.text()) == default_credentials(ws)
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password
    assert dialog.table.current().is_default
    dialog.default_button.click()
    dialog.show_button.click()
    dialog.accept()


def test_a_new_pair_is_made_by_keyboard_and_its_secret_shown_once(qtbot: QtBot, opened: Open, ws: Workspace) -> None:
    dialog = opened()
    client_id, secret = make(qtbot, dialog, "Web shop")
    assert dialog.isVisible()
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Normal
    assert "once" in dialog.card.words.text()
    assert fits(ws, client_id, secret)
    said = answering(yes=False)
    dialog.reject()
    assert said == ["Leave this secret?"]
    assert dialog.isVisible()
    dialog.card.copy_secret_button.click()
    assert QGuiApplication.clipboard().text() == secret
    dialog.default_button.click()
    qtbot.waitUntil(lambda: dialog.card.client_id.text() != client_id)
    choose(dialog, client_id)
    assert secret not in [line.text() for line in dialog.findChildren(QLineEdit)]
    dialog.reject()
    assert not dialog.isVisible()


def test_a_name_that_cannot_be_taken_is_refused_beside_its_field(qtbot: QtBot, opened: Open) -> None:
    dialog = opened()
    assert not dialog.create_button.isEnabled()
    dialog.name.setText("x" * 201)
    dialog.create_button.click()
    qtbot.waitUntil(lambda: "Take at most 200" in dialog.name_field.message.text())
    dialog.name.setText("Web shop")
    assert dialog.name_field.message.text() == ""
    dialog.accept()


def test_the_pairs_are_listed_where_the_default_one_cannot_be_made(
    qtbot: QtBot, ws: Workspace, work: Work, window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id, _secret = create_credential(ws, "Web shop")

    def no_room(_ws: Workspace) -> tuple[str, str]:
        raise WorkspaceFull("The disk is full.", hint="Make room.")

    monkeypatch.setattr(credentials_module, "default_credentials", no_room)
    session = Session(ws, work)
    dialog = CredentialsDialog(session, "", window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.table.select_where(lambda pair: pair.client_id == client_id))
    assert dialog.banner.text.text() == "The disk is full. Make room."
    assert not dialog.card.copy_secret_button.isEnabled()
    dialog.accept()
    qtbot.waitUntil(lambda: work.idle)
    session.close()


def test_on_a_low_screen_a_new_secret_comes_in_sight(qtbot: QtBot, opened: Open) -> None:
    dialog = opened()
    dialog.resize(720, 420)
    assert dialog.height() <= 420
    dialog.name.setText("Web shop")
    dialog.create_button.click()
    qtbot.waitUntil(lambda: dialog.card.is_unsaved)
    copy = dialog.card.copy_secret_button
    qtbot.waitUntil(lambda: not copy.visibleRegion().isEmpty())
    copy.click()
    dialog.accept()


def test_rotating_asks_first(qtbot: QtBot, opened: Open, ws: Workspace) -> None:
    client_id, secret = create_credential(ws, "Web shop")
    dialog = opened()
    choose(dialog, client_id)
    said = answering(yes=False)
    dialog.rotate_button.click()
    assert said == ["Rotate the secret of Web shop?"]
    assert fits(ws, client_id, secret)
    answering(yes=True)
    dialog.rotate_button.click()
    qtbot.waitUntil(lambda: dialog.card.is_unsaved)
    assert dialog.card.client_id.text() == client_id
    assert dialog.secret.text() != secret
    assert fits(ws, client_id, dialog.secret.text())
    qtbot.waitUntil(lambda: dialog.table.current().rotated_at is not None)
    answering(yes=True)
    dialog.accept()
    assert not dialog.isVisible()


def test_revoking_asks_first_and_is_final(qtbot: QtBot, opened: Open, ws: Workspace) -> None:
    client_id, _ = create_credential(ws, "Web shop")
    dialog = opened()
    choose(dialog, client_id)
    said = answering(yes=False)
    dialog.revoke_button.click()
    assert said == ["Revoke Web shop?"]
    assert list_credentials(ws)[-2].revoked_at is None
    answering(yes=True)
    dialog.revoke_button.click()
    qtbot.waitUntil(lambda: dialog.table.current().revoked_at is not None)
    assert not dialog.rotate_button.isEnabled()
    assert not dialog.revoke_button.isEnabled()
    dialog.accept()


def test_the_default_pair_is_replaced_when_it_is_revoked(qtbot: QtBot, opened: Open, ws: Workspace) -> None:
    dialog = opened()
    client_id = dialog.card.client_id.text()
    answering(yes=True)
    dialog.revoke_button.click()
    qtbot.waitUntil(lambda: dialog.card.client_id.text() != client_id)
    assert dialog.card.client_id.text() == default_credentials(ws)[0]
    dialog.accept()


def test_everything_has_a_name_and_is_in_both_themes(qtbot: QtBot, opened: Open) -> None:
    for mode in ("light", "dark"):
        theme().set_mode(mode)
        dialog = opened()
        copies = [each for each in dialog.findChildren(QPushButton) if each.text() == "Copy"]
        names = sorted(each.accessibleName() for each in copies)
        assert names == ["Copy address", "Copy client id", "Copy client secret"]
        named = (dialog.table, dialog.name, dialog.address, dialog.secret, dialog.card.client_id)
        assert all(each.accessibleName() for each in named)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_a_pair_gets_another_name_and_an_empty_one_is_refused(qtbot: QtBot, ws: Workspace, opened: Open) -> None:
    client, _secret = create_credential(ws, "Web shop")
    dialog = opened()
    qtbot.waitUntil(lambda: dialog.table.select_where(lambda pair: pair.client_id == client))
    dialog.rename_button.click()
    asked = dialog.findChild(NameDialog)
    assert asked is not None
    assert asked.name.text() == "Web shop"
    asked.name.clear()
    qtbot.keyClick(asked.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "needs a name" in asked.field.message.text())
    qtbot.keyClicks(asked.name, "Till")
    qtbot.keyClick(asked.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.table.current() is not None and dialog.table.current().name == "Till")
    assert "Till" in {pair.name for pair in list_credentials(ws)}
