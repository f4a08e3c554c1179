"""Which keys do what: the defaults of the tables of commands, and what a person put in their place."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from shiboken6 import isValid

Keys = tuple[str, ...]
"""Key sequences in Qt's portable writing ("Ctrl+Shift+P"); the first is the one that menus and tooltips show."""


class KeyStore(Protocol):
    """Where a person's keys are kept: name of a command to its keys, only those that differ from the defaults."""

    shortcuts: Mapping[str, Keys]


class Keymap(QObject):
    """Keys by the name of a command ("window.undo", "canvas.add", "journey.validate").

    Actions are bound once and follow every change; `changed` is for what shows keys as words.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._store: KeyStore | None = None
        self._own: dict[str, Keys] = {}
        self._bound: list[tuple[weakref.ref[QAction], str, Keys]] = []

    def use(self, store: KeyStore | None) -> None:
        """Take the keys that were kept, and keep later ones there; None forgets all and keeps nothing."""
        self._store = store
        self._own = dict(store.shortcuts) if store is not None else {}
        self._apply()

    def bind(self, action: QAction, name: str, default: Sequence[str]) -> None:
        """Give an action its keys, now and after every change."""
        self._bound = [each for each in self._bound if _alive(each[0])]
        self._bound.append((weakref.ref(action), name, tuple(default)))
        _give(action, self.keys(name, default))

    def keys(self, name: str, default: Sequence[str]) -> Keys:
        """The keys of a command as they are now."""
        return self._own.get(name, tuple(default))

    def set(self, changes: Mapping[str, Sequence[str] | None]) -> None:
        """Give commands other keys (none at all: an empty sequence); None brings the default back."""
        for name, keys in changes.items():
            if keys is None:
                self._own.pop(name, None)
            else:
                self._own[name] = tuple(keys)
        self._keep()

    def reset_all(self) -> None:
        """Every command has its default keys again."""
        self._own.clear()
        self._keep()

    def is_changed(self, name: str) -> bool:
        """Whether a command has other keys than its default ones."""
        return name in self._own

    @property
    def any_changed(self) -> bool:
        """Whether any command has."""
        return bool(self._own)

    def _keep(self) -> None:
        if self._store is not None:
            self._store.shortcuts = dict(self._own)
        self._apply()

    def _apply(self) -> None:
        self._bound = [each for each in self._bound if _alive(each[0])]
        for reference, name, default in self._bound:
            action = reference()
            if action is not None:
                _give(action, self.keys(name, default))
        self.changed.emit()


def chord(event: QKeyEvent) -> str:
    """The keys of an event in portable writing, "" for a modifier alone. A sign that Shift is needed for is written
    without it, as every layout has it elsewhere: "Ctrl+?" and not "Ctrl+Shift+/"."""
    key = event.key()
    if key in _MODIFIERS or key == Qt.Key.Key_unknown:
        return ""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    sign = 0x21 <= key <= 0x7E and not chr(key).isalnum()
    if sign:
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return written(QKeySequence(held.value | int(key)))


def written(sequence: QKeySequence | QKeySequence.StandardKey | str) -> str:
    """A key sequence in portable writing; "" for what is none."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText)


def shown(keys: Sequence[str]) -> str:
    """Keys as this platform writes them, one or several."""
    return ", ".join(QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)


def shown_of(action: QAction) -> str:
    """The first keys of an action, as this platform writes them; "" for none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
    }
)
_KEYMAP: list[Keymap] = []


def keymap() -> Keymap:
    """The one keymap of the window."""
    if not _KEYMAP:
        _KEYMAP.append(Keymap())
    return _KEYMAP[0]


def _alive(reference: weakref.ref[QAction]) -> bool:
    action = reference()
    return action is not None and isValid(action)


def _give(action: QAction, keys: Keys) -> None:
    action.setShortcuts([QKeySequence(each) for each in keys])
