"""The list of problems: a click goes to the tile, errors first, each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.journey.journey import ENTRY
from app.kernel.errors import Problem, Severity
from app.ui.theme import theme
from app.ui.translation import mark, shown, tr, trn
from app.ui.widgets.button import Button
from app.ui.widgets.card import CardButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import label

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_MARKS = {
    Severity.ERROR: ("error", "red", mark("Error")),
    Severity.WARNING: ("warning", "amber", mark("Warning")),
    Severity.INFO: ("info", "blue", mark("Hint")),
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_MOST = 200
"""More lines than this are not read; the rest is counted."""

_AT_ONCE = 12
"""Lines that are made in one go, as far as one sees: two hundred at each edit would hold up every one of them."""


class ProblemsPanel(QWidget):
    """`chosen` carries the key of the tile (ENTRY for the entry, "" for the journey itself), `open_wanted` that of a
    tile whose settings are to open, and where in them."""

    chosen = Signal(str)
    open_wanted = Signal(str, str)

    def __init__(self, document: JourneyDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._stack = QStackedLayout(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to the problems in it
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._none = EmptyState(
            tr("No problems"), tr("Everything that is needed to activate is there."), parent=self, icon="check"
        )
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._none)
        self._to_come: list[Problem] = []
        self._uncounted = 0
        self._column = QVBoxLayout()
        bar = self._area.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._go_on())
        bar.rangeChanged.connect(lambda _least, _most: self._go_on())
        document.problems_changed.connect(self._fill)
        self._fill()

    def rows(self) -> list[ProblemRow]:
        """The lines, as they are shown."""
        inside = self._area.widget()
        return inside.findChildren(ProblemRow) if inside else []

    def _fill(self) -> None:
        problems = sorted(self._document.problems, key=lambda each: _ORDER.index(each.severity))
        self._stack.setCurrentWidget(self._area if problems else self._none)
        inside = QWidget()
        inside.setObjectName("problems-inside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(14, 14, 14, 14)
        self._column.setSpacing(8)
        self._column.addStretch()
        self._to_come, self._uncounted = problems[:_MOST], len(problems[_MOST:])
        self._add_rows(inside)
        self._area.setWidget(inside)

    def _go_on(self) -> None:
        """More lines, when one sees the end of those that are there."""
        bar, inside = self._area.verticalScrollBar(), self._area.widget()
        if self._to_come and inside is not None and bar.value() + bar.pageStep() >= bar.maximum():
            self._add_rows(inside)

    def _add_rows(self, inside: QWidget) -> None:
        now, self._to_come = self._to_come[:_AT_ONCE], self._to_come[_AT_ONCE:]
        for problem in now:
            row = ProblemRow(problem, self._name(problem.where), inside)
            row.chosen.connect(self.chosen)
            mend = self._document.mend_label(problem)
            words, place = self._document.place_to_mend(problem)
            if mend:
                row.offer(shown(mend), partial(self._document.mend, problem))
            elif words:
                row.offer(shown(words), partial(self.open_wanted.emit, problem.where, place))
            self._column.insertWidget(self._column.count() - 1, row)
        if self._uncounted and not self._to_come:
            more = trn("{n} more problem is not listed.", "{n} more problems are not listed.", self._uncounted)
            self._column.insertWidget(self._column.count() - 1, label(more, "hint", inside))
            self._uncounted = 0

    def _name(self, where: str) -> str:
        if where == ENTRY:
            return tr("API Event")
        activity = self._document.journey.activities.get(where)
        return activity.name if activity else tr("Journey")


class ProblemRow(CardButton):
    """One problem: mark and word for its severity, the tile's name, what is wrong, what to do."""

    chosen = Signal(str)

    def __init__(self, problem: Problem, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem = problem
        icon, colour, word = _MARKS[problem.severity]
        word = tr(word)
        self.setAccessibleName(
            tr(
                "{word} at {name}: {message} {hint}",
                word=word,
                name=name,
                message=shown(problem.message),
                hint=shown(problem.hint),
            )
        )
        self.box.setContentsMargins(12, 9, 12, 10)
        self.box.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(7)
        sign = QLabel(self)
        sign.setPixmap(theme().icon(icon, colour).pixmap(16, 16))
        head.addWidget(sign)
        head.addWidget(label(name, "strong", self), 1)
        head.addWidget(label(word, "small", self))
        self.box.addLayout(head)
        self.box.addWidget(label(shown(problem.message), "body", self, wrap=True))
        if problem.hint:
            self.box.addWidget(label(shown(problem.hint), "hint", self, wrap=True))
        self.clicked.connect(lambda: self.chosen.emit(problem.where))

    def offer(self, words: str, mend: Callable[[], object]) -> None:
        """Put a button for a mend under the problem: a ready one, or the place where a person can."""
        button = Button(words, "link", self, on_click=mend, compact=True)
        button.setAccessibleDescription(tr("Mends: {message}", message=self.problem.message))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch()
        self.box.addLayout(line)
