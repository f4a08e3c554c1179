"""The keyboard of the builder: which keys mean which command."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_K = Qt.Key

_KEYS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (_NONE, _K.Key_Return): "new_here",
    (_CTRL, _K.Key_Return): "new_at_end",
    (_CTRL | _SHIFT, _K.Key_Return): "new_group",
    (_CTRL, _K.Key_G): "group",
    (_CTRL | _SHIFT, _K.Key_G): "ungroup",
    (_CTRL, _K.Key_D): "duplicate",
    (_CTRL, _K.Key_E): "toggle_disabled",
    (_CTRL, _K.Key_I): "negate",
    (_CTRL, _K.Key_Z): "undo",
    (_CTRL, _K.Key_Y): "redo",
    (_CTRL | _SHIFT, _K.Key_Z): "redo",
    (_CTRL, _K.Key_Delete): "remove",
    (_ALT, _K.Key_Up): "move up",
    (_ALT, _K.Key_Down): "move down",
    (_ALT, _K.Key_Left): "move out",
    (_ALT, _K.Key_Right): "move in",
    (_NONE, _K.Key_Up): "go -1",
    (_NONE, _K.Key_Down): "go 1",
    (_CTRL, _K.Key_Home): "go first",
    (_CTRL, _K.Key_End): "go last",
    (_SHIFT, _K.Key_Up): "extend -1",
    (_SHIFT, _K.Key_Down): "extend 1",
}
"""Keys that are the builder's wherever the focus is, also while a value is typed."""

_QUIET_KEYS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (_NONE, _K.Key_Delete): "remove",
    (_NONE, _K.Key_Backspace): "remove",
    (_NONE, _K.Key_Left): "part -1",
    (_NONE, _K.Key_Right): "part 1",
    (_NONE, _K.Key_Home): "go first",
    (_NONE, _K.Key_End): "go last",
    (_CTRL, _K.Key_A): "select_all",
    (_CTRL, _K.Key_C): "copy",
    (_CTRL, _K.Key_X): "cut",
    (_CTRL, _K.Key_V): "paste",
}
"""Keys that a text field keeps for itself; elsewhere they are the builder's."""


def command_of(event: QKeyEvent, *, typing: bool = False) -> str:
    """The command behind a key, "" for none; `typing`: in a text field, which keeps its own keys."""
    combination: QKeyCombination = event.keyCombination()
    key = _K.Key_Return if combination.key() == _K.Key_Enter else combination.key()
    pressed = (combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier, key)
    return _KEYS.get(pressed, "") or ("" if typing else _QUIET_KEYS.get(pressed, ""))
