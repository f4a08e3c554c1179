"""Two people on one draft: nobody's edits are written over, and nobody's are lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_workspace
from app.journey.edits import SetJourney
from app.kernel.errors import WorkspaceBusy
from app.kernel.resources import resource
from app.services.activate_journey import activate_journey
from app.services.import_journey import import_journey
from app.services.list_journeys import list_journeys
from app.services.open_journey import open_journey
from app.services.preview_import import preview_import
from app.services.save_draft import save_draft
from app.services.views import OpenJourney
from app.services.workspace import Workspace
from app.ui import document as document_module
from app.ui import overtaken as overtaken_module
from app.ui.journey_page import JourneyPage
from tests.ui.desk import Desk


@pytest.fixture(autouse=True)
def _before_the_window(place: str) -> None:
    """The database goes after the window that writes its drafts to it."""


@pytest.fixture
def page(desk: Desk, place: str, qtbot) -> JourneyPage:
    """A journey that is open in the window, as a draft; on SQLite and on PostgreSQL."""
    desk.place = place
    other = open_workspace(desk.place)
    content = resource("examples", "abandoned-cart.journey").read_bytes()
    card = import_journey(other, preview_import(other, content, "abandoned-cart.journey"))
    other.close()
    window = desk.start()
    window.desk.open_journey(card.id)
    qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
    return desk.page(JourneyPage)


@pytest.fixture
def locked(desk: Desk, page: JourneyPage) -> Iterator[Callable[[], Callable[[], object]]]:
    """Has somebody else hold the workspace, and gives what lets go of it."""
    if "://" in desk.place:
        pytest.skip("nobody can hold a whole database of PostgreSQL")
    other = sqlite3.connect(desk.place, isolation_level=None)

    def lock() -> Callable[[], object]:
        other.execute("BEGIN EXCLUSIVE")
        return other.rollback

    yield lock
    other.close()


def while_editing(desk: Desk, page: JourneyPage, qtbot, colleague: Callable[[Workspace, str], object]) -> None:
    """Edit here and there at the same time; the window finds out when it saves."""
    document = page.document
    other = open_workspace(desk.place)
    assert document.apply(SetJourney(description="Mine"))
    colleague(other, document.journey.id)
    other.close()
    document.save()
    qtbot.waitUntil(lambda: document.overtaken.waits)


def rename(other: Workspace, journey_id: str, name: str = "Theirs") -> None:
    journey = open_journey(other, journey_id).journey
    save_draft(other, SetJourney(name=name).apply(journey)[0])


def stored(desk: Desk, page: JourneyPage):
    other = open_workspace(desk.place)
    journey = open_journey(other, page.document.journey.id).journey
    other.close()
    return journey


def names(desk: Desk) -> list[str]:
    other = open_workspace(desk.place)
    found = sorted(card.name for card in list_journeys(other))
    other.close()
    return found


def test_theirs_is_shown_and_mine_comes_back_as_an_edit(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    banner, document = page.overtaken, page.document
    assert banner.isVisible()
    assert "Somebody else changed Theirs" in banner.text.text()
    assert (document.journey.name, document.journey.description == "Mine") == ("Theirs", False)
    banner.keep_mine.click()
    assert (document.journey.name, document.journey.description) == ("Abandoned cart", "Mine")
    assert not banner.isVisible()
    document.flush()
    assert stored(desk, page) == document.journey
    document.undo_stack.undo()
    assert document.journey.name == "Theirs"


def test_theirs_may_stay(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    page.overtaken.keep_theirs.click()
    desk.settle()
    assert not page.overtaken.isVisible()
    assert stored(desk, page).name == "Theirs"
    assert names(desk) == ["Theirs"]


def test_mine_becomes_a_journey_of_its_own(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    page.overtaken.copy_mine.click()
    qtbot.waitUntil(lambda: not page.document.overtaken.waits)
    assert names(desk) == ["Copy of Abandoned cart", "Theirs"]


def test_an_active_version_is_not_changed_but_mine_can_be_copied(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, activate_journey)
    assert page.document.read_only
    assert page.overtaken.isVisible()
    assert not page.overtaken.keep_mine.isVisible()
    assert "was activated" in page.overtaken.text.text()
    page.overtaken.copy_mine.click()
    qtbot.waitUntil(lambda: not page.document.overtaken.waits)
    assert names(desk) == ["Abandoned cart", "Copy of Abandoned cart"]


def test_a_tab_that_closes_undecided_keeps_a_copy(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    desk.window.do("close_tab")
    assert names(desk) == ["Copy of Abandoned cart", "Theirs"]


def test_a_tab_that_closes_undecided_waits_for_the_workspace_without_holding_up_the_window(
    desk: Desk, page: JourneyPage, qtbot, locked: Callable[[], Callable[[], object]]
) -> None:
    while_editing(desk, page, qtbot, rename)
    work = desk.window.work
    unlock = locked()
    seen: list[bool] = []

    def look() -> None:
        """Called by the window's loop: who waits in its thread never comes here."""
        if work.waited_for:
            seen.append(page.document.overtaken.waits)
            unlock()
        elif asked := QApplication.activeModalWidget():
            asked.close()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    desk.window.do("close_tab")
    assert seen == [True]
    assert names(desk) == ["Copy of Abandoned cart", "Theirs"]


def test_overtaken_twice_the_first_state_goes_to_a_copy(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    while_editing(desk, page, qtbot, lambda other, key: rename(other, key, "Theirs again"))
    qtbot.waitUntil(lambda: page.document.journey.name == "Theirs again")
    desk.settle()
    assert page.document.overtaken.waits
    assert names(desk) == ["Copy of Abandoned cart", "Theirs again"]


def test_the_same_edit_on_both_sides_asks_nothing(desk: Desk, page: JourneyPage, qtbot) -> None:
    document = page.document
    other = open_workspace(desk.place)
    document.apply(SetJourney(name="Same"))
    rename(other, document.journey.id, "Same")
    other.close()
    document.save()
    desk.settle()
    qtbot.waitUntil(lambda: not document.unsaved)
    assert not document.overtaken.waits
    assert not page.overtaken.isVisible()


def test_what_a_colleague_saved_cannot_be_read_at_first(
    desk: Desk, page: JourneyPage, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_module, "TRY_AGAIN_MS", 20)
    real, failures = overtaken_module.open_journey, [WorkspaceBusy("The workspace is busy.")] * 3

    def read(*given: object) -> OpenJourney:
        if failures:
            raise failures.pop()
        return real(*given)

    monkeypatch.setattr(overtaken_module, "open_journey", read)
    said: list[str] = []
    page.document.save_failed.connect(said.append)
    while_editing(desk, page, qtbot, rename)  # waits until a later try found it
    assert said == ["The workspace is busy."] * 3
    assert page.document.journey.name == "Theirs"


def test_the_keyboard_reaches_the_choice(desk: Desk, page: JourneyPage, qtbot) -> None:
    while_editing(desk, page, qtbot, rename)
    page.toolbar.setFocus()
    for _ in range(3):
        page.step_area(1)
        if page.overtaken.keep_mine.hasFocus():
            break
    assert page.overtaken.keep_mine.hasFocus()
