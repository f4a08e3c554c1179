"""The measures of the Summary tile: where its rows, its key and its two buttons lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from app.ui.canvas.brush import font, metrics, wrap
from app.ui.canvas.tile import Tile
from app.ui.sides import right_to_left
from app.ui.theme import theme
from app.ui.translation import mark, tr

WIDTH = 284.0
HEADER = 58.0
PADDING = 12.0
LABEL = 74.0
ROW_LINE = 17.0
ROW_GAP = 5.0
KEY_LINE = 14.0
BUTTON = 26.0
_MOST_FILTER_LINES = 4
COPY_KEY, CODE = mark("Copy key"), mark("Code ▾")
"""What the two buttons say."""


@dataclass(frozen=True, slots=True)
class SummaryShape:
    """Rectangles relative to the tile's own corner. `rows` pairs each label with its wrapped lines and its top."""

    width: float
    height: float
    rows: tuple[tuple[str, tuple[str, ...], float], ...]
    key_top: float
    key_lines: tuple[str, ...]
    key: QRectF
    copy: QRectF
    code: QRectF


def summary_shape(tile: Tile) -> SummaryShape:
    """The measures of an entry's tile; kept by what it says and by the theme's font."""
    return _shape(
        tile.rows,
        tile.event_key,
        bool(tile.teaching),
        theme().font("body").toString(),
        tr(COPY_KEY),
        tr(CODE),
        right_to_left(),
    )


@lru_cache(maxsize=256)
def _shape(
    rows: tuple[tuple[str, str], ...],
    event_key: str,
    teaching: bool,
    _font_name: str,
    copy_words: str,
    code_words: str,
    mirrored: bool,
) -> SummaryShape:
    nothing = QRectF()
    if teaching:
        return SummaryShape(WIDTH, HEADER + 62, (), 0, (), nothing, nothing, nothing)
    text_width = WIDTH - 2 * PADDING - LABEL - 8
    y = HEADER + 10
    placed = []
    for label, text in rows:
        lines = tuple(wrap(text, font("body", 12), text_width, _MOST_FILTER_LINES))
        placed.append((label, lines, y))
        y += ROW_LINE * max(1, len(lines)) + ROW_GAP
    y += 10 - ROW_GAP
    key_top = y
    key_lines = tuple(wrap(event_key, font("mono", 11), WIDTH - 2 * PADDING, 8, anywhere=True))
    key = QRectF(PADDING, key_top + 9, WIDTH - 2 * PADDING, KEY_LINE * len(key_lines))
    buttons = key.bottom() + 8
    face = metrics(font("body", 11, QFont.Weight.DemiBold))
    copy_wide, code_wide = (max(62.0, face.horizontalAdvance(words) + 22) for words in (copy_words, code_words))
    copy = QRectF(WIDTH - PADDING - copy_wide if mirrored else PADDING, buttons, copy_wide, BUTTON)
    code = QRectF(copy.left() - 8 - code_wide if mirrored else copy.right() + 8, buttons, code_wide, BUTTON)
    return SummaryShape(WIDTH, buttons + BUTTON + 10, tuple(placed), key_top, key_lines, key, copy, code)
