"""Files in the window: imported, exported, dropped; workspaces that are opened, and those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.bootstrap import open_workspace
from app.kernel.resources import resource
from app.services.create_journey import create_journey
from app.services.list_journeys import list_journeys
from app.ui import window as window_module
from app.ui.dialogs.ask import Ask
from app.ui.journey_page import JourneyPage
from app.ui.pages.home import HomePage
from app.ui.widgets import Toast
from app.ui.widgets.drop_hint import DropHint
from tests.ui.desk import Desk, answer


def test_a_file_is_previewed_then_imported_and_a_broken_one_says_why(desk: Desk, qtbot, tmp_path: Path) -> None:
    from app.ui.dialogs.import_preview import ImportPreviewDialog

    window = desk.start()
    good, bad = tmp_path / "cart.journey", tmp_path / "bad.journey"
    good.write_bytes(resource("examples", "abandoned-cart.journey").read_bytes())
    bad.write_text('{"format": 1, "journey": ')
    window.desk.files.import_files([bad])
    desk.settle()
    said = [t.text.text() for t in window.findChildren(Toast)] + [
        w.windowTitle() for w in QApplication.topLevelWidgets() if isinstance(w, Ask)
    ]
    assert said
    assert list_journeys(window.desk.workspace) == ()
    window.desk.files.import_files([good])
    qtbot.waitUntil(lambda: window.findChild(ImportPreviewDialog) is not None)
    assert list_journeys(window.desk.workspace) == ()
    window.findChild(ImportPreviewDialog).primary.click()
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    assert [c.name for c in list_journeys(window.desk.workspace)] == ["Abandoned cart"]


def test_an_example_opens_by_a_click_or_by_enter(desk: Desk, qtbot) -> None:
    from app.ui.dialogs.import_preview import ImportPreviewDialog
    from app.ui.pages.examples import ExampleCards

    window = desk.start()
    cards = desk.page(HomePage).findChild(ExampleCards).cards
    assert len(cards) == 3
    answer(qtbot, ImportPreviewDialog, lambda dialog: dialog.primary.click())
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 2)
    window.tabs.bar.setCurrentIndex(0)
    answer(qtbot, ImportPreviewDialog, lambda dialog: dialog.primary.click())
    qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.tabs.keys) == 3)
    assert {c.name for c in list_journeys(window.desk.workspace)} == {"Abandoned cart", "Welcome series"}


def test_a_journey_is_exported_and_the_workspace_backed_up(desk: Desk, qtbot, tmp_path: Path, monkeypatch) -> None:
    desk.seeded()
    window = desk.start()
    home = desk.page(HomePage)
    home.table.selectRow(0)
    proposed: list[str] = []

    def choose(dialog: QFileDialog) -> list[str]:
        proposed.append(Path(dialog.selectedFiles()[0]).name)
        return [str(tmp_path / proposed[-1])]

    monkeypatch.setattr("app.ui.file_choice.ask", choose)
    window.do("export")
    qtbot.waitUntil(lambda: (tmp_path / "Abandoned cart.journey").exists())
    window.do("back_up")
    qtbot.waitUntil(lambda: len(proposed) == 2 and (tmp_path / proposed[1]).exists())
    desk.settle()
    copy = open_workspace(str(tmp_path / proposed[1]))
    assert [card.name for card in list_journeys(copy)] == ["Abandoned cart"]
    copy.close()


def test_files_are_dropped_on_the_home_page_and_on_a_journey(desk: Desk, qtbot, tmp_path: Path) -> None:
    from app.ui.dialogs.csv_import import CsvDialog
    from app.ui.dialogs.import_preview import ImportPreviewDialog
    from tests.ui.dialogs.test_csv_import import drop

    window = desk.start()
    rows = tmp_path / "people.csv"
    rows.write_text("SubscriberKey,Mail\nN-1,kari@example.com\n", "utf-8")
    journey = tmp_path / "cart.journey"
    journey.write_bytes(resource("examples", "abandoned-cart.journey").read_bytes())
    made = create_journey(window.desk.workspace, "Abandoned cart")
    for target in (window, None):
        if target is None:
            window.desk.open_journey(made.id)
            qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
            target = window.tabs.current()
        for path, kind in ((rows, CsvDialog), (journey, ImportPreviewDialog)):
            assert drop(target, path)
            qtbot.waitUntil(lambda kind=kind: any(d.isVisible() for d in window.findChildren(kind)))
            desk.settle()
            dialog = next(d for d in window.findChildren(kind) if d.isVisible())
            if kind is CsvDialog:
                assert (dialog._document is not None) == (target is not window)
            dialog.close_unasked()
            QApplication.processEvents()


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


def test_without_a_workspace_there_is_nothing_to_start(desk: Desk, qtbot) -> None:
    assert not desk.window.status.switch.isEnabled()
    assert not desk.window.status.workspace.isVisible()
    window = desk.start()
    assert window.status.switch.isEnabled()
    assert window.status.workspace.isVisible()
    desk.file.with_name("text").write_text("no database")
    window.open_at(str(desk.file.with_name("text")))
    qtbot.waitUntil(lambda: window.work.idle and window.desk is None)
    assert not window.status.switch.isEnabled()
    assert not window.status.workspace.isVisible()


def test_another_workspace_keeps_its_own_tabs(desk: Desk, qtbot, tmp_path: Path) -> None:
    window = desk.start()
    window.do("sent")
    desk.settle()
    other = tmp_path / "other.switchback"
    window.open_at(str(other))
    desk.settle()
    assert window.tabs.keys == ("journeys",)
    assert window.preferences.recent == (str(other), str(desk.file))
    window.open_at(str(desk.file))
    desk.settle()
    assert window.tabs.keys == ("journeys", "sent")


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


def test_only_the_workspace_that_was_asked_for_last_is_opened(desk: Desk, qtbot, tmp_path: Path) -> None:
    window = desk.start()
    window.open_at(str(tmp_path / "one.switchback"))
    window.open_at(str(tmp_path / "two.switchback"))
    desk.settle()
    assert window.status.workspace.text() == "Workspace: two"
    assert window.tabs.keys == ("journeys",)


def test_what_is_dragged_over_a_page_says_what_a_drop_would_do(desk: Desk, tmp_path: Path) -> None:
    window = desk.start()
    window.desk.open_journey(create_journey(window.desk.workspace, "Abandoned cart").id)
    desk.qtbot.waitUntil(lambda: isinstance(window.tabs.current(), JourneyPage))
    page = desk.page(JourneyPage)
    for target in (window, page):
        hint = next(each for each in target.findChildren(DropHint) if each.parent() is target)
        for names, words in (
            (("cart.journey",), "Drop to see what cart.journey brings, and to import it"),
            (("rows.csv",), "Drop to see the rows of rows.csv, and to import them"),
            (("a.csv", "b.journey"), "Drop 2 files: each is shown before anything is imported"),
            (("picture.png",), ""),
        ):
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
            copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(target, QDragEnterEvent(QPoint(300, 300), copy, data, left, none))
            assert hint.isVisible() == bool(words)
            assert not words or hint.text == words
            QApplication.sendEvent(target, QDragLeaveEvent())
            assert not hint.isVisible()
