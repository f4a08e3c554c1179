"""What the window does while its workspace is in the way: locked, gone, away, damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from app.bootstrap import open_workspace
from app.journey.edits import SetJourney
from app.kernel.errors import WorkspaceUnreachable
from app.services.create_journey import create_journey
from app.services.open_journey import open_journey
from app.storage import sqlite as sqlite_module
from app.ui import window as window_module
from app.ui.dialogs.ask import Ask
from app.ui.journey_page import JourneyPage
from app.ui.pages import list_page as list_page_module
from app.ui.pages.list_page import ListPage
from app.ui.widgets import EmptyState
from app.ui.window import MainWindow
from tests.ui.desk import Desk, answer


def test_a_workspace_that_does_not_open_is_a_calm_page(desk: Desk, qtbot) -> None:
    desk.file.write_text("not a workspace at all" * 20)
    before = desk.file.read_bytes()
    desk.window.start(str(desk.file))
    qtbot.waitUntil(lambda: desk.window.start_page._card is not None)
    assert desk.window.desk is None
    assert not desk.window.commands.actions["new_journey"].isEnabled()
    assert desk.file.read_bytes() == before
    desk.file.unlink()
    desk.window.start_page.again_button.click()
    desk.settle()
    assert desk.window.tabs.keys == ("journeys",)


def test_a_password_is_shown_nowhere(desk: Desk, qtbot) -> None:
    desk.window.start("postgresql://ann:hush@127.0.0.1:1/team")
    page = desk.window.start_page
    assert page.title.text() == "Opening team…"
    qtbot.waitUntil(lambda: hasattr(page, "again_button"))
    said = " ".join(each.text() for each in page.findChildren(QLabel))
    assert "postgresql://ann@127.0.0.1:1/team" in said
    assert "hush" not in said


def test_a_workspace_that_was_in_the_way_opens_by_itself(desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_module, "_AGAIN_MS", (50,))
    folder = desk.file.with_name("not mounted yet")
    desk.window.start(str(folder / "w.switchback"))
    page = desk.window.start_page
    qtbot.waitUntil(lambda: hasattr(page, "again_button"))
    button = page.again_button
    qtbot.waitUntil(lambda: desk.window._tries > 3)
    assert page.again_button is button  # the card stands still under the pointer
    folder.mkdir()
    desk.settle()
    assert desk.window.pages.currentWidget() is desk.window.tabs
    assert not desk.window._again.isActive()


def edited_while_locked(desk: Desk, qtbot) -> tuple[MainWindow, str, sqlite3.Connection]:
    """A window with a journey, its id, and the other program's connection that has locked the workspace before the last
    edit."""
    workspace = open_workspace(str(desk.file))
    journey_id = create_journey(workspace, "Cart").id
    workspace.close()
    window = desk.start()
    window.desk.open_journey(journey_id)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    document = desk.page(JourneyPage).document
    other = sqlite3.connect(desk.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    document.apply(SetJourney(description="the last edit"))
    return window, journey_id, other


def test_a_draft_that_cannot_be_written_is_not_closed_unasked(
    desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_module, "BUSY_SECONDS", 0.05)
    window, journey_id, other = edited_while_locked(desk, qtbot)
    said: list[str] = []

    def refuse(question: Ask) -> None:
        said.extend(each.text() for each in question.findChildren(QLabel))
        question.cancel_button.click()

    for close in (window.close, lambda: window.tabs.close_at(1), lambda: window.open_at(str(desk.file))):
        answer(qtbot, Ask, refuse)
        close()
        assert window.isVisible()
        assert window.tabs.widget(f"journey:{journey_id}") is not None
    assert said.count("Close Cart without its last edits?") == 3
    assert any("is locked by another program" in each for each in said)
    other.rollback()
    other.close()
    window.tabs.close_at(1)
    assert open_journey(window.desk.workspace, journey_id).journey.description == "the last edit"


def test_a_draft_that_waits_for_the_workspace_does_not_freeze_the_window(desk: Desk, qtbot) -> None:
    window, journey_id, other = edited_while_locked(desk, qtbot)
    during: list[bool] = []

    def while_it_waits() -> None:
        during.append(window.close())
        other.rollback()

    QTimer.singleShot(50, while_it_waits)
    window.tabs.close_at(1)
    assert during == [False], "the window went on meanwhile"
    assert window.tabs.keys == ("journeys",)
    qtbot.waitUntil(lambda: not window.isVisible())
    other.close()
    workspace = open_workspace(str(desk.file))
    assert open_journey(workspace, journey_id).journey.description == "the last edit"
    workspace.close()


class _Letters(ListPage):
    """A page of a workspace that is away until it is `back`."""

    title = "Letters"
    back = False

    def fetch(self, search: str) -> Callable[[], str]:
        def job() -> str:
            if not self.back:
                raise WorkspaceUnreachable("The workspace cannot be reached.", hint="Check the server.")
            return "abc"

        return job

    def show_result(self, result: str) -> bool:
        return bool(result)


def test_a_page_is_read_again_once_its_workspace_is_back(desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page_module, "_AFTER_FAILURE_MS", 20)
    window = desk.start()
    page = _Letters(window.desk.session, "From a to z", "Search")
    page.set_parts(QLabel("all"), EmptyState("Nothing", "yet"))
    window.tabs.open("letters", lambda: page, "Letters", "list")
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.text.text().endswith("Check the server. It is read again by itself.")
    assert page.loading.text() == "Not read yet"
    page.back = True
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
    assert not page.banner.isVisible()


def test_a_workspace_that_is_gone_is_said_to_be_gone_and_opens_when_it_is_back(
    desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "_AGAIN_MS", (50,))
    desk.preferences.remember_workspace(str(desk.file))
    desk.window.start(None)
    page = desk.window.start_page
    qtbot.waitUntil(lambda: hasattr(page, "again_button"))
    texts = [each.text() for each in page.findChildren(QLabel)]
    assert f"The workspace {desk.file} is not there any more." in texts
    assert not desk.file.exists()
    assert "Make a new one there" in [each.text() for each in page.findChildren(QPushButton)]
    open_workspace(str(desk.file)).close()  # its disk was connected
    desk.settle()


def test_a_new_workspace_can_be_made_where_one_is_gone(desk: Desk, qtbot) -> None:
    desk.preferences.remember_workspace(str(desk.file))
    desk.window.start(None)
    page = desk.window.start_page
    qtbot.waitUntil(lambda: hasattr(page, "again_button"))
    next(each for each in page.findChildren(QPushButton) if each.text() == "Make a new one there").click()
    desk.settle()
    assert desk.file.exists()


def test_what_never_passes_is_not_tried_again(desk: Desk, qtbot) -> None:
    desk.file.write_text("a shopping list")
    desk.window.start(str(desk.file))
    qtbot.waitUntil(lambda: hasattr(desk.window.start_page, "again_button"))
    assert not desk.window._again.isActive()
    assert desk.file.read_text() == "a shopping list"


def test_only_the_workspace_that_was_asked_for_last_is_opened(desk: Desk, qtbot, tmp_path: Path) -> None:
    window = desk.start()
    window.open_at(str(tmp_path / "one.switchback"))
    window.open_at(str(tmp_path / "two.switchback"))
    desk.settle()
    assert window.status.workspace.text() == "Workspace: two"
    assert window.tabs.keys == ("journeys",)
