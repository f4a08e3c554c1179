"""Widgets, tabs, the palette and the preferences, as a person meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QIcon, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.ui.command_palette import CommandPalette, Found, rank
from app.ui.document_tabs import DocumentTabs
from app.ui.moments import ago, at, length
from app.ui.pages.examples import ExampleCards
from app.ui.pages.table import Column, ThingsTable
from app.ui.preferences import Preferences
from app.ui.widgets import (
    Banner,
    CardButton,
    ComboBox,
    FormField,
    IconButton,
    SearchField,
    Segmented,
    Toast,
    label,
    plain_tip,
    shortened,
    toast,
)

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")

NO_BUTTON, NO_MODIFIER = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=1), "just now"),
        (timedelta(seconds=12), "12 s ago"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=22), "1 Nov 2026"),
    ],
)
def test_how_long_ago(back: timedelta, said: str) -> None:
    assert ago(NOW - back, NOW) == said


def test_moments_are_said_in_the_workspaces_time_zone() -> None:
    assert at(NOW, NOW, OSLO) == "today 15:02"
    assert at(NOW - timedelta(days=1), NOW, OSLO) == "yesterday 15:02"
    assert at(NOW + timedelta(days=1), NOW, OSLO) == "tomorrow 15:02"
    assert at(NOW + timedelta(days=3), NOW, OSLO) == "Thu 26 Nov, 15:02"
    assert at(datetime(2027, 1, 2, 8, tzinfo=UTC), NOW, OSLO, seconds=True) == "2 Jan 2027, 09:00:00"
    assert length(timedelta(hours=3, minutes=20)) == "3 h 20 min"


def test_a_form_field_speaks_its_error(qtbot) -> None:
    field = FormField("Key", QLineEdit(), "A hint")
    qtbot.addWidget(field)
    assert field.message.text() == "A hint"
    field.set_error("A period is not allowed.")
    assert field.editor.property("bad") is True
    assert field.editor.accessibleDescription() == "A period is not allowed."
    assert field.editor.accessibleName() == "Key"
    field.set_error("")
    assert field.editor.property("bad") is False
    assert field.message.text() == "A hint"


def test_a_search_waits_for_a_pause_and_esc_empties_it(qtbot) -> None:
    field = SearchField("Search", delay_ms=30)
    qtbot.addWidget(field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "cart")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["cart"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["cart", ""]


def test_segments_tell_what_a_person_chose_only(qtbot) -> None:
    choice = Segmented([("all", "All of"), ("any", "Any of")], "all", name="Join")
    qtbot.addWidget(choice)
    heard: list[str] = []
    choice.chosen.connect(heard.append)
    choice.set_current("any")
    assert (choice.current(), heard) == ("any", [])
    qtbot.mouseClick(choice._buttons["all"], Qt.MouseButton.LeftButton)
    assert (choice.current(), heard) == ("all", ["all"])


def test_the_wheel_over_a_choice_scrolls_and_changes_nothing(qtbot) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["Active", "Deleted"])
    box.setFocus()
    down = QPoint(0, -120)
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), down, down, NO_BUTTON, NO_MODIFIER, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "Active"
    assert not turned.isAccepted()


def test_a_card_answers_mouse_and_keys(qtbot) -> None:
    card = CardButton()
    qtbot.addWidget(card)
    heard: list[int] = []
    card.clicked.connect(lambda: heard.append(1))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert len(heard) == 3


def test_a_toast_replaces_the_one_before_and_does_what_its_button_says(qtbot) -> None:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    done: list[int] = []
    first = toast(window, "One")
    second = toast(window, "Two", "Undo", lambda: done.append(1))
    assert not first.isVisible()
    assert second.isVisible()
    second.button.click()
    assert done == [1]
    assert not second.isVisible()


def test_a_banner_says_its_tone_with_a_mark(qtbot) -> None:
    banner = Banner("Careful", "warning")
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Careful"
    assert not banner._mark.pixmap().isNull()


def test_tabs_open_once_and_the_first_stays(qtbot) -> None:
    tabs = DocumentTabs()
    qtbot.addWidget(tabs)
    gone: list[object] = []
    tabs.closing.connect(gone.append)
    home = tabs.open("home", lambda: QLabel("home"), "Home", "home")
    a = tabs.open("a", lambda: QLabel("a"), "R&D", "journey")
    tabs.open("b", lambda: QLabel("b"), "B", "journey")
    assert tabs.open("a", lambda: QLabel("again"), "A", "journey") is a
    assert tabs.current() is a
    assert tabs.bar.tabText(1) == "R&&D"
    tabs.close_at(0)
    assert tabs.keys == ("home", "a", "b")
    tabs.step(1)
    assert tabs.current_key() == "b"
    tabs.step(1)
    assert tabs.current() is home
    tabs.bring("b")
    tabs.close_others()
    assert tabs.keys == ("home", "b")
    tabs.close_all()
    assert tabs.keys == ()
    assert len(gone) == 3


def test_a_long_name_leaves_room_for_the_other_tabs(qtbot) -> None:
    tabs = DocumentTabs()
    qtbot.addWidget(tabs)
    tabs.resize(900, 300)
    tabs.show()
    tabs.open("home", lambda: QLabel("home"), "Journeys", "home")
    tabs.open("long", lambda: QLabel("long"), "x" * 200, "journey")
    qtbot.waitUntil(lambda: tabs.bar.tabRect(0).left() == 0)
    assert tabs.bar.tabRect(0).width() == tabs.bar.tabSizeHint(0).width()
    assert tabs.bar.tabRect(1).width() < 300
    assert tabs.bar.tabToolTip(1) == "x" * 200


def test_one_long_word_does_not_widen_a_page(qtbot) -> None:
    text = label("before " + "x" * 300 + " after", wrap=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() <= 240
    assert text.heightForWidth(300) > 0
    assert shortened("before " + "x" * 300 + " after") == "before " + "x" * 22 + "…" + "x" * 22 + " after"
    assert shortened("APIEvent-01a21157-b3a7-751f-a8a8") == "APIEvent-01a21157-b3a7-751f-a8a8"


def test_words_rank_before_letters() -> None:
    assert rank("journey", "New journey") < rank("jrny", "New journey")
    assert rank("xyz", "New journey") is None
    assert rank("", "anything") == 0


def test_the_palette_finds_and_runs(qtbot) -> None:
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    ran: list[str] = []
    lines = [
        Found(t, "File", "", QIcon(), lambda t=t: ran.append(t)) for t in ("New journey", "Import journey", "Quit")
    ]
    palette = CommandPalette(lines, window)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.keyClicks(palette.field, "jour")
    assert palette.list.count() == 2
    assert palette.field.accessibleDescription() == "New journey, File"
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.field.accessibleDescription() == "Import journey, File"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["Import journey"]
    palette.field.setText("zzz")
    assert palette.nothing.isVisibleTo(palette)
    assert palette.field.accessibleDescription() == palette.nothing.text()


def test_preferences_survive_and_nonsense_in_the_file_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    kept = Preferences(file)
    kept.theme = "dark"
    kept.api_port = 9000
    kept.geometry = QByteArray(b"abc")
    kept.remember_workspace("/a")
    kept.remember_workspace("/b")
    kept.remember_workspace("/a")
    kept.remember_tabs("/a", ("sent",))
    kept.flush()
    again = Preferences(file)
    assert (again.theme, again.api_port, again.recent, again.tabs("/a")) == ("dark", 9000, ("/a", "/b"), ("sent",))
    assert again.geometry == QByteArray(b"abc")
    file.write_text("[look]\ntheme=pink\n[api]\nport=soon\n")
    odd = Preferences(file)
    assert (odd.theme, odd.api_port, odd.recent) == ("system", 8025, ())


def test_a_row_that_comes_under_a_still_pointer_lights_up(qtbot) -> None:
    table = ThingsTable((Column("Name", str), Column("Length", lambda word: str(len(word)), width=80)), "Words")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    qtbot.waitExposed(table)
    at = QPoint(100, 55)
    QCursor.setPos(table.viewport().mapToGlobal(at))
    table.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    table.show_things(["one", "two", "three"], str)
    assert table.hovered_row == table.indexAt(at).row() == 1
    table.show_things(["one"], str)
    assert table.hovered_row == -1


def test_a_cards_words_get_the_height_that_they_need(qtbot) -> None:
    cards = ExampleCards(lambda _: None)
    qtbot.addWidget(cards)
    cards.resize(640, 200)
    cards.show()
    cards.resize(640, cards.heightForWidth(640))
    QApplication.processEvents()
    for words in cards.findChildren(QLabel):
        if words.wordWrap():
            assert words.height() >= words.heightForWidth(words.width())


def test_a_long_name_in_a_toast_is_shortened_and_goes_soon(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    said = Toast(window, f"{'x' * 5000} was imported as a draft.")
    assert said.text.text().endswith("xx was imported as a draft.")
    assert len(said.text.text()) < 100
    assert Toast(window, "a word " * 1000)._timer.interval() == 20000


@pytest.mark.parametrize("text", ['Rename to Mail "one" <i>x</i>', "a &lt; b", "<img src='file:///etc/passwd'>\ntwo"])
def test_a_tooltip_shows_what_users_wrote_as_it_is(qtbot, text: str) -> None:
    button = IconButton("trash", text)
    qtbot.addWidget(button)
    read = QTextDocument()
    read.setHtml(button.toolTip())
    assert read.toPlainText() == text
    assert plain_tip("5 > 3 & so on") == "5 > 3 & so on"


def test_no_password_is_kept_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "preferences.ini"
    url = "postgresql://ann:hush@db/team"
    kept = Preferences(file)
    kept.remember_tabs(url, ("journeys",))
    kept.remember_front(url, "journeys")
    kept.flush()
    assert "hush" not in file.read_text()
    assert Preferences(file).tabs(url) == ("journeys",)
