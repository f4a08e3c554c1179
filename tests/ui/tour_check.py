"""Goes on the tour in a pretended language and prints what is wrong, a line each. Run by test_tour.py in a process of
its own, for the scale and the screen can only be chosen before Qt starts."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextBrowser,
    QWidget,
)

from app.kernel.resources import resource
from app.ui.app import make_application
from app.ui.language import use_language
from app.ui.theme import theme
from tests.ui.clipped import clipped
from tests.ui.tour import PAYLOAD, Tour

ENGLISH = (
    r"Hi Kari,(.|\n)*",  # a message
    r"Help\n(.|\n)*",  # the help, written in English
)
"""Sentences with values in them from the rooms without Qt: they stay English (see app/ui/translation.py)."""

NAMES = (
    r"Switchback|SQLite|PNG|SVG|PDF|sign-ups\.csv|nobody|perhaps",
    r"JSON|XML|HTTP|null|ms|[Tt]rue|[Ff]alse|v\d+|NTO-\d+|local-.*|Local pair of .*|vm",
    r"(Ctrl|Shift|Alt|F\d).*|Esc|Del|Return|Tab|Space|Home|Insert|Backspace|\w",
    r".*/.*\.switchback|.*\.log|SQLite · .*|https?://.*|.*@example\.com|nb-NO|Interest 1|Stage 1|Astrid",
    r"Title|Act|A text of the caller's\.|Traceback|Path \d|Remainder|SubscriberKey|EmailAddress",
    "|".join(re.escape(zone) for zone in available_timezones()),
)
"""Names of products, keys, places, and what the tour itself gives."""


def main(language: str) -> None:
    """Print what is wrong."""
    gc.disable()
    app = make_application()
    use_language(app, language)
    theme().set_reduce_motion(True)
    theme().apply(app)
    tour = Tour(Path(sys.argv[2]), 1280, 720)
    seen: set[str] = set()
    for name, top in tour.stops():
        room = top.screen().availableGeometry()
        lines = [f"cut off: {line}" for line in clipped(top)]
        lines += [f"English: {line}" for line in untranslated(top)]
        if top.minimumSizeHint().width() > room.width() or top.minimumSizeHint().height() > room.height():
            lines.append(f"larger than the screen: {top.minimumSizeHint()}")
        for line in lines:
            if line not in seen:
                seen.add(line)
                print(f"{name}: {line}", flush=True)
    tour.close()


def untranslated(top: QWidget) -> Iterator[str]:
    """Visible words without brackets that are nobody's data."""
    known = _data()
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible():
            for text in _texts(widget):
                bare = re.sub(r"\[.*\]", "", text, flags=re.DOTALL)
                if re.search("[A-Za-z]{2}", bare) and not _is_data(text, bare, known):
                    yield f"{type(widget).__name__} {text!r}"


def _is_data(text: str, bare: str, known: str) -> bool:
    if any(re.fullmatch(pattern, text) for pattern in (*ENGLISH, *NAMES)):
        return True
    parts = (part.strip(" \xa0✓✕–!•().\u200f\u2068\u2069:") for part in re.split(r" · |, |\n|: ", bare))
    words = [part for part in parts if re.search("[A-Za-z]{2}", part)]
    return all(word in known or any(re.fullmatch(pattern, word) for pattern in (*ENGLISH, *NAMES)) for word in words)


def _data() -> str:
    """Everything that stands in the examples: names, keys, words of messages."""
    files = ("abandoned-cart.journey", "welcome-series.journey", "order-confirmation.journey")
    texts = [resource("examples", file).read_text("utf-8").replace("\\n", "\n") for file in files]
    return "\n".join((*texts, *PAYLOAD, *PAYLOAD.values()))


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.RichText:
        yield from (unescape(re.sub("<[^>]+>", "\n", words)) for words in widget.text().split("</p>"))
    elif isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from _cells(widget)
    if isinstance(widget, QTextBrowser) and not widget.property("paper"):
        yield widget.toPlainText()
    for action in widget.actions():
        yield from (action.text().partition("\t")[0], action.toolTip())
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if widget.isWindow():
        yield widget.windowTitle()


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        if isinstance(view, QTableView):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        yield from (str(model.index(row, column).data() or "") for row in range(min(model.rowCount(), 30)))


if __name__ == "__main__":
    main(sys.argv[1])
