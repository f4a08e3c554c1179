"""Left and right where a window is written from right to left: what we paint ourselves is mirrored here.

The canvas stays as it is: a journey goes from left to right in every language, and the arrow keys with it. Only the
words and signs inside of its tiles change sides.
"""

from __future__ import annotations

import re
from typing import TypeVar

from PySide6.QtCore import QMargins, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication

RectT = TypeVar("RectT", QRect, QRectF)


def right_to_left() -> bool:
    """Whether the window's language is written so."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def beside(whole: QRect | QRectF, part: RectT) -> RectT:
    """`part` where it belongs in `whole`: as it is, or at the other side, equally far from its edge."""
    if not right_to_left():
        return part
    shift = whole.left() + whole.right() - part.left() - part.right()
    if isinstance(part, QRect):
        return part.translated(int(shift), 0)
    return part.translated(shift, 0)


def start() -> Qt.AlignmentFlag:
    """The side where a line begins, for painters that know no direction of their own."""
    return _side(Qt.AlignmentFlag.AlignRight if right_to_left() else Qt.AlignmentFlag.AlignLeft)


def end() -> Qt.AlignmentFlag:
    """The side where a line ends."""
    return _side(Qt.AlignmentFlag.AlignLeft if right_to_left() else Qt.AlignmentFlag.AlignRight)


def margins(before: int, top: int, after: int, bottom: int) -> QMargins:
    """Margins of a layout, which Qt does not turn round: `before` is where a line begins, `after` where it ends."""
    return QMargins(after, top, before, bottom) if right_to_left() else QMargins(before, top, after, bottom)


def mirrored(css: str) -> str:
    """A stylesheet with left and right exchanged; places of parts are left to Qt, which turns those round itself."""
    return _SIDES.sub(lambda found: _OTHER[found.group()], css)


_OTHER = {
    "-left:": "-right:",
    "-right:": "-left:",
    "-left-radius:": "-right-radius:",
    "-right-radius:": "-left-radius:",
}
_SIDES = re.compile("-(?:left|right)(?:-radius)?:")


def _side(side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return side | Qt.AlignmentFlag.AlignAbsolute  # a widget's painter would turn it round once more
