"""Keyboard shortcuts are listed, recorded, swapped and put back: by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.ui import commands, page_actions
from app.ui.canvas import actions
from app.ui.commands import Commands
from app.ui.dialogs.shortcuts import ShortcutsDialog, open_shortcuts
from app.ui.key_table import key_lines, shown_keys
from app.ui.keymap import chord, keymap
from app.ui.preferences import Preferences

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Preferences]:
    """A settings file that the keymap keeps its keys in; forgotten behind the test."""
    preferences = Preferences(tmp_path / "window.ini")
    keymap().use(preferences)
    yield preferences
    keymap().use(None)


@pytest.fixture
def window(qtbot: QtBot, kept: Preferences) -> QMainWindow:
    """A window with the menus filled."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.commands = Commands(made)  # type: ignore[attr-defined]
    made.commands.fill(lambda _name: None)  # type: ignore[attr-defined]
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def dialog(window: QMainWindow, qtbot: QtBot) -> ShortcutsDialog:
    """The list of shortcuts over the window."""
    made = open_shortcuts(window.commands.menu_keys(), window)  # type: ignore[attr-defined]
    qtbot.waitExposed(made)
    return made


def action(window: QMainWindow, name: str) -> QAction:
    found: QAction = window.commands.actions[name]  # type: ignore[attr-defined]
    return found


def keys_of(found: QAction) -> list[str]:
    return [each.toString() for each in found.shortcuts()]


def choose(dialog: ShortcutsDialog, words: str) -> None:
    """Search and go down into the list."""
    dialog.search.setFocus()
    dialog.search.selectAll()
    QTest.keyClicks(dialog.search, words)
    dialog.table.setFocus()
    assert dialog.current() is not None


def record(dialog: ShortcutsDialog, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Enter on the line, then the keys."""
    QTest.keyClick(dialog.table, Key.Key_Return)
    assert dialog.recorder.isVisible()
    QTest.keyClick(dialog.recorder, key, held)


def test_no_two_commands_have_the_same_keys_from_the_start() -> None:
    seen: dict[str, str] = {}
    for line in key_lines():
        for keys in line.default if not line.fixed else ():
            assert keys not in seen, f"{keys}: {line.name} and {seen[keys]}"
            seen[keys] = line.name


def test_new_keys_count_at_once_and_are_kept(
    dialog: ShortcutsDialog, window: QMainWindow, kept: Preferences, qtbot: QtBot
) -> None:
    choose(dialog, "export journey")
    record(dialog, Key.Key_B, CTRL | ALT)
    assert keys_of(action(window, "export")) == ["Ctrl+Alt+B"]
    assert shown_keys("window.export") == "Ctrl+Alt+B"
    assert "Export journey has Ctrl+Alt+B now." in dialog.banner.text.text()
    again = Preferences(Path(kept._settings.fileName()))
    kept.flush()
    assert again.shortcuts == {"window.export": ("Ctrl+Alt+B",)}
    assert dialog.table.hasFocus()


def test_keys_of_another_command_are_swapped_or_taken_or_left(dialog: ShortcutsDialog, window: QMainWindow) -> None:
    choose(dialog, "export journey")
    record(dialog, Key.Key_N, CTRL)
    assert "Ctrl+N belongs to New journey" in dialog.banner.text.text()
    assert dialog.swap_button.hasFocus()
    QTest.keyClick(dialog.leave_button, Key.Key_Space)
    assert keys_of(action(window, "export")) == ["Ctrl+E"]
    record(dialog, Key.Key_N, CTRL)
    QTest.keyClick(dialog.swap_button, Key.Key_Space)
    assert keys_of(action(window, "export")) == ["Ctrl+N"]
    assert keys_of(action(window, "new_journey")) == ["Ctrl+E"]
    record(dialog, Key.Key_F11)
    QTest.keyClick(dialog.take_button, Key.Key_Space)
    assert keys_of(action(window, "export")) == ["F11"]
    assert keys_of(action(window, "full_screen")) == []


def test_one_more_key_is_added_and_keys_are_removed(dialog: ShortcutsDialog, window: QMainWindow) -> None:
    choose(dialog, "full screen")
    QTest.keyClick(dialog.add_button, Key.Key_Space)
    QTest.keyClick(dialog.recorder, Key.Key_F12)
    assert keys_of(action(window, "full_screen")) == ["F11", "F12"]
    QTest.keyClick(dialog.remove_button, Key.Key_Space)
    assert keys_of(action(window, "full_screen")) == []
    assert "no keys now" in dialog.banner.text.text()


def test_one_or_all_get_their_default_keys_back(dialog: ShortcutsDialog, window: QMainWindow) -> None:
    choose(dialog, "full screen")
    record(dialog, Key.Key_F12)
    choose(dialog, "about switchback")
    record(dialog, Key.Key_F11)
    choose(dialog, "full screen")
    QTest.keyClick(dialog.reset_button, Key.Key_Space)
    assert keys_of(action(window, "full_screen")) == ["F11"]
    assert keys_of(action(window, "about")) == [], "its keys went back to whose they are"
    assert "Taken away from About Switchback" in dialog.banner.text.text()
    QTest.keyClick(dialog.all_button, Key.Key_Space)
    assert not keymap().any_changed
    assert not dialog.all_button.isEnabled()


def test_keys_that_are_needed_elsewhere_are_refused_with_the_reason(
    dialog: ShortcutsDialog, window: QMainWindow
) -> None:
    choose(dialog, "full screen")
    for key, held, said in (
        (Key.Key_E, ALT, "opens the menu Edit"),
        (Key.Key_A, Qt.KeyboardModifier.NoModifier, "needed for typing"),
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "needed for typing"),
    ):
        record(dialog, key, held)
        assert said in dialog.banner.text.text()
        QTest.keyClick(dialog.recorder, Key.Key_Escape)
        assert dialog.isVisible(), "Esc ends the recording, not the dialog"
    assert keys_of(action(window, "full_screen")) == ["F11"]


def test_fixed_keys_are_listed_with_their_reason(dialog: ShortcutsDialog) -> None:
    choose(dialog, "fixed under way")
    line = dialog.current()
    assert line is not None
    assert line.fixed
    assert dialog.about.text() == "Esc always leads out."
    assert not dialog.change_button.isEnabled()
    QTest.keyClick(dialog.table, Key.Key_Return)
    assert not dialog.recorder.isVisible()


def test_a_search_finds_by_name_place_and_keys(dialog: ShortcutsDialog) -> None:
    choose(dialog, "ctrl+shift+p")
    assert [line.text for line in dialog.table.things_model.things] == ["Find anything"]
    choose(dialog, "canvas duplicate")
    assert [line.name for line in dialog.table.things_model.things] == ["canvas.duplicate"]
    dialog.search.setText("no such thing")
    QApplication.processEvents()
    assert dialog.nothing.isVisible()
    assert not dialog.change_button.isEnabled()


def test_a_sign_that_needs_shift_is_written_as_it_is_typed() -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    def pressed(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
        return chord(QKeyEvent(QEvent.Type.KeyPress, key, held))

    assert pressed(Key.Key_Question, CTRL | SHIFT) == "Ctrl+?"
    assert pressed(Key.Key_P, CTRL | SHIFT) == "Ctrl+Shift+P"
    assert pressed(Key.Key_Plus, CTRL | SHIFT) == "Ctrl++"
    assert pressed(Key.Key_Shift, SHIFT) == ""
    assert pressed(Key.Key_Left, SHIFT | Qt.KeyboardModifier.KeypadModifier) == "Shift+Left"


def test_nonsense_in_the_file_leaves_the_defaults(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "w.ini")
    for text in ("nonsense", "[1]", '{"window.quit": 7}'):
        preferences._settings.setValue("keys/shortcuts", text)
        assert preferences.shortcuts == {}


def test_every_command_has_a_key_and_no_two_have_the_same() -> None:
    window = {c.name: c.default_keys for c in commands.COMMANDS if isinstance(c, commands.Command)}
    page = {c.name: c.keys for c in page_actions.COMMANDS}
    on_canvas = {c.name: c.keys for c in actions.COMMANDS}
    assert [name for keys in (window, page, on_canvas) for name, found in keys.items() if not found] == []
    beside = [key for keys in (window, page) for found in keys.values() for key in found]
    assert len(beside) == len(set(beside))
