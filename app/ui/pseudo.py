"""Pretended languages, made at run time: they show at a glance what is not translated, not mirrored, or too narrow."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QObject, Qt, QTranslator

PSEUDO: Final = {
    "pseudo": Qt.LayoutDirection.LeftToRight,  # accented, half as long again, in brackets
    "pseudo-rtl": Qt.LayoutDirection.RightToLeft,  # each letter from right to left, the window mirrored, in brackets
}
"""What `SWITCHBACK_LANGUAGE` may be besides a language."""

_ACCENTS: Final = str.maketrans("ACEINOSUYZacdeghiklnorstuyz", "ÀÇÉÎÑÖŠÜÝŽàçďéĝĥîķļñöřšţüýž")
_FILLER: Final = "éxţrà wîďţĥ "
_KEPT: Final = re.compile(r"(\{[^{}]*\}|<[^>]+>| ?\([^()]*\*\.[^()]*\)|;;|\t.*|\n)")
"""What is no word: values, markup, the patterns of file dialogs, shortcuts in menus."""
_PATTERN: Final = re.compile(r"[dMyHms ,.:/-]+")
_WORD: Final = re.compile(r"\w")
_NOT_OURS: Final = {"QShortcut", "QGuiApplication", "QApplication"}
"""Qt reads keys and the direction of writing from these."""

_RIGHT_TO_LEFT, _POP = "\u202e", "\u202c"
_MARK = "\u200f"
"""Makes the whole a line from right to left, as a letter of such a language would."""


class PseudoTranslator(QTranslator):
    """Answers every text, Qt's own too."""

    def __init__(self, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind

    def isEmpty(self) -> bool:
        """It has an answer to everything."""
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The text in the pretended language; keys, patterns of dates and what only joins values stay."""
        if not text or context in _NOT_OURS or _PATTERN.fullmatch(text) or not _WORD.search(_KEPT.sub("", text)):
            return text
        return pretend(text, self._kind)


def pretend(text: str, kind: str) -> str:
    """`text` as `kind` says it: "[Ñö îššüé éxţ]"."""
    parts = _KEPT.split(text)
    said = "".join(_kept(part, kind) if _KEPT.fullmatch(part) else _turned(part, kind) for part in parts)
    if kind == "pseudo":
        letters = sum(len(part) for part in parts if not _KEPT.fullmatch(part))
        wanted = (letters + 1) // 2 - 2  # the brackets count
        said = _before_tail(said, " " + (_FILLER * (wanted // len(_FILLER) + 1))[: wanted - 1] if wanted > 1 else "")
        return _before_tail(f"[{said}", "]")
    return _before_tail(f"{_MARK}[{said}", f"]{_MARK}")


def _kept(part: str, kind: str) -> str:
    """A value keeps its own direction in the midst of the others' words."""
    return f"\u2068{part}\u2069" if kind == "pseudo-rtl" and part.startswith("{") else part


def _turned(words: str, kind: str) -> str:
    if kind == "pseudo":
        return words.translate(_ACCENTS)
    return f"{_RIGHT_TO_LEFT}{words}{_POP}" if words.strip() else words


def _before_tail(text: str, more: str) -> str:
    """`more` at the end of the words: before the shortcut of a menu, and in the first filter of a file dialog."""
    found = re.search(r"\t| ?\([^()]*\*\.", text)
    at = found.start() if found else len(text)
    return text[:at] + more + text[at:]
