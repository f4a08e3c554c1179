"""All keyboard shortcuts: search, press new ones, settle conflicts, go back to the defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.kernel.said import listed
from app.ui.dialogs.frame import Dialog
from app.ui.dialogs.key_recorder import KeyRecorder
from app.ui.key_table import CANVAS, KeyLine, key_lines
from app.ui.keymap import keymap, shown
from app.ui.pages.table import Column, ThingsTable
from app.ui.translation import tr, trn
from app.ui.widgets import Button, SearchField, label

_CHANGE, _ADD = "change", "add"


class ShortcutsDialog(Dialog):
    """A change counts at once, in menus, tooltips and the palette of commands, and is kept. There is nothing to
    save or to lose. `menu_keys` are those that open menus ("Alt+F"), with the menus' titles."""

    def __init__(self, menu_keys: dict[str, str], parent: QWidget | None) -> None:
        super().__init__(tr("Keyboard shortcuts"), parent, name="shortcuts", size=QSize(720, 640))
        self._menu_keys = menu_keys
        self._way = _CHANGE
        self._wanted: tuple[KeyLine, str, KeyLine] | None = None
        self.search = SearchField(tr("Search by name, place or keys"), self, delay_ms=0)
        self.search.textChanged.connect(lambda _text: self._show())
        self.table = ThingsTable(
            (
                Column(tr("Command"), lambda line: line.text),
                Column(tr("Where"), lambda line: line.place, width=120),
                Column(tr("Keys"), lambda line: shown(line.keys) or "–", font="strong", width=170),
                Column("", _state, tone=lambda line: "quiet" if line.fixed else "accent", width=100),
            ),
            tr("Keyboard shortcuts"),
            self,
        )
        self.table.picked.connect(lambda _line: self._show_current())
        self.table.opened.connect(lambda _line: self.record(_CHANGE))
        self.nothing = label(tr("No command of that name or with these keys."), "secondary", self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.about = label("", "hint", self, wrap=True)
        self.recorder = KeyRecorder(self)
        self.recorder.recorded.connect(self._recorded)
        self.recorder.given_up.connect(self._give_up)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._show()
        self.search.setFocus()

    def record(self, way: str) -> None:
        """Wait for keys: "change" puts them in the place of the command's keys, "add" beside them."""
        line = self.current()
        if line is None or line.fixed:
            return
        self._way = way
        self.say("")
        self.recorder.setAccessibleName(tr("New keys for {command}", command=line.text))
        self._turn_to(self._recording)
        self.recorder.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> KeyLine | None:
        """The command that is chosen."""
        found = self.table.current()
        return found if isinstance(found, KeyLine) else None

    def accept(self) -> None:
        """Everything counts already."""
        self.finish()

    def _lay_out(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(10)
        box.addWidget(self.search)
        box.addWidget(self.table, 1)
        box.addWidget(self.nothing, 1)
        box.addWidget(self.about)
        self._plain = self._buttons()
        self._recording = QWidget(self)
        row = QHBoxLayout(self._recording)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.recorder)
        self._conflict = self._questions()
        for page in (self._plain, self._recording, self._conflict):
            self._pages.addWidget(page)
        self._pages.setFixedHeight(38)
        box.addWidget(self._pages)
        self.body.addLayout(box)
        self.all_button = Button(tr("Reset all"), "plain", self, on_click=self._reset_all)
        self.all_button.setToolTip(tr("Every command gets its default keys back"))
        self.primary.setText(tr("Close"))
        self.cancel_button.hide()
        self.foot.fill([self.all_button], [self.primary])

    def _buttons(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.change_button = Button(tr("Change…"), "plain", page, on_click=lambda: self.record(_CHANGE))
        self.add_button = Button(tr("Add keys…"), "plain", page, on_click=lambda: self.record(_ADD))
        self.remove_button = Button(tr("Remove keys"), "plain", page, on_click=self._remove)
        self.reset_button = Button(tr("Reset"), "plain", page, on_click=self._reset)
        for button in (self.change_button, self.add_button, self.remove_button, self.reset_button):
            row.addWidget(button)
        row.addStretch()
        return page

    def _questions(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.swap_button = Button(tr("Swap the two"), "plain", page, on_click=lambda: self._settle(swap=True))
        self.take_button = Button(tr("Take it away there"), "plain", page, on_click=lambda: self._settle(swap=False))
        self.leave_button = Button(tr("Leave it as it is"), "plain", page, on_click=self._give_up)
        for button in (self.swap_button, self.take_button, self.leave_button):
            row.addWidget(button)
        row.addStretch()
        return page

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        lines = [line for line in key_lines() if all(word in _searchable(line) for word in words)]
        self.table.show_things(lines, lambda line: line.name)
        self.table.viewport().update()
        if lines and self.current() is None:
            self.table.selectRow(0)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.all_button.setEnabled(keymap().any_changed)
        self._show_current()

    def _show_current(self) -> None:
        line = self.current()
        able = line is not None and not line.fixed
        for button in (self.change_button, self.add_button):
            button.setEnabled(able)
        self.remove_button.setEnabled(able and line is not None and bool(line.keys))
        self.reset_button.setEnabled(able and line is not None and keymap().is_changed(line.name))
        self.about.setText(_about(line) if line is not None else "")

    def _recorded(self, keys: str) -> None:
        line = self.current()
        if line is None:
            self._give_up()
            return
        reason = self._refused(line, keys)
        if reason:
            self.say(reason, "warning")
            return
        other = next((each for each in key_lines() if not each.fixed and keys in each.keys), None)
        if other is not None and other.name != line.name:
            self._ask(line, keys, other)
        elif other is None or self._way == _CHANGE:
            self._set({line.name: self._with(line, keys)}, tr("{command} has {keys} now.", **_said(line, keys)))
        else:
            self._give_up()

    def _refused(self, line: KeyLine, keys: str) -> str:
        """Why these keys cannot be had, "" where they can."""
        menu = self._menu_keys.get(keys)
        if menu:
            return tr("{keys} opens the menu {menu}. Press other keys.", keys=shown([keys]), menu=menu)
        if keys == "Space" or (line.scope != CANVAS and _types(keys)):
            return tr(
                "{keys} alone is needed for typing and for moving about. Hold Ctrl or Alt with it.", keys=shown([keys])
            )
        return ""

    def _with(self, line: KeyLine, keys: str) -> tuple[str, ...]:
        return (keys,) if self._way == _CHANGE else (*line.keys, keys)

    def _ask(self, line: KeyLine, keys: str, other: KeyLine) -> None:
        self._wanted = (line, keys, other)
        words = tr("{keys} belongs to {other} ({place}).", keys=shown([keys]), other=other.text, place=other.place)
        self.say(words, "warning")
        self.swap_button.setVisible(self._way == _CHANGE and bool(line.keys))
        self._turn_to(self._conflict)
        (self.swap_button if self.swap_button.isVisibleTo(self) else self.take_button).setFocus()

    def _settle(self, *, swap: bool) -> None:
        if self._wanted is None:
            return
        line, keys, other = self._wanted
        left = tuple(each for each in other.keys if each != keys)
        if swap:
            left = (*line.keys, *left)
        words = tr("{command} has {keys} now.", **_said(line, keys))
        words += " " + tr("{command} has {keys} now.", **_said(other, *left))
        self._set({line.name: self._with(line, keys), other.name: left}, words)

    def _remove(self) -> None:
        line = self.current()
        if line is not None:
            self._set({line.name: ()}, tr("{command} has no keys now.", command=line.text))

    def _reset(self) -> None:
        """The default keys; where another command has them by now they are taken away there."""
        line = self.current()
        if line is None:
            return
        rest = [each for each in key_lines() if not each.fixed and each.name != line.name]
        taken = [each for each in rest if set(each.keys) & set(line.default)]
        changes: dict[str, Sequence[str] | None] = {line.name: None}
        for each in taken:
            changes[each.name] = tuple(keys for keys in each.keys if keys not in line.default)
        words = tr("{command} has its default keys again.", command=line.text)
        if taken:
            words += " " + tr("Taken away from {commands}.", commands=listed(each.text for each in taken))
        self._set(changes, words)

    def _reset_all(self) -> None:
        count = sum(keymap().is_changed(line.name) for line in key_lines())
        keymap().reset_all()
        words = trn("{n} command has its default keys again.", "{n} commands have their default keys again.", count)
        self.say(words, "info")
        self._done()

    def _set(self, changes: Mapping[str, Sequence[str] | None], words: str) -> None:
        defaults = {line.name: line.default for line in key_lines()}
        keymap().set({name: None if keys == defaults[name] else keys for name, keys in changes.items()})
        self.say(words, "info")
        self._done()

    def _give_up(self) -> None:
        self.say("")
        self._done()

    def _turn_to(self, page: QWidget) -> None:
        # A recorder that is hidden loses the keyboard, and nobody has given up by that.
        with QSignalBlocker(self.recorder):
            self._pages.setCurrentWidget(page)

    def _done(self) -> None:
        self._wanted = None
        recording = self._pages.currentWidget() is not self._plain
        self._turn_to(self._plain)
        self._show()
        if recording or not self.search.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _said(line: KeyLine, *keys: str) -> dict[str, str]:
    return {"command": line.text, "keys": shown(keys) or tr("no keys")}


def _state(line: KeyLine) -> str:
    if line.fixed:
        return tr("Fixed")
    return tr("Changed") if keymap().is_changed(line.name) else ""


def _about(line: KeyLine) -> str:
    if line.fixed:
        return line.fixed
    if keymap().is_changed(line.name):
        return tr("The default is {keys}.", keys=shown(line.default) or tr("no keys"))
    if line.scope == CANVAS:
        return tr("Counts while the canvas has the keyboard.")
    return tr("Counts wherever the keyboard is, except in dialogs.")


def _searchable(line: KeyLine) -> str:
    state = _state(line)
    return f"{line.text} {line.place} {shown(line.keys)} {state}".casefold()


def _types(keys: str) -> bool:
    """Whether keys would be taken from text fields and lists: a letter, a sign, an arrow, Enter, Tab, alone."""
    *held, key = keys.split("+") if not keys.endswith("+") else [*keys[:-1].split("+"), "+"]
    return not {"Ctrl", "Alt", "Meta"} & set(held) and not (key[0] == "F" and key[1:].isdigit())


def open_shortcuts(menu_keys: dict[str, str], parent: QWidget | None) -> ShortcutsDialog:
    """Show them."""
    dialog = ShortcutsDialog(menu_keys, parent)
    dialog.open()
    return dialog
