"""The Event Definition Key with its live check: reason and proposal as it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.events.key import MAX_LENGTH, check_key, free_key, mend_key, propose_key
from app.kernel.errors import Problem
from app.ui.theme import theme
from app.ui.translation import number, shown, tr
from app.ui.widgets import Button, FormField, label

_PROPOSAL_WIDTH = 380
"""Pixels: what a key made by us needs, and a little more."""


class KeyField(QWidget):
    """Edits a key; `edited` follows every change. `taken` says whether another event has a key."""

    edited = Signal(str)

    def __init__(self, taken: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._proposed = ""
        self.line = QLineEdit(self)
        self.line.setFont(theme().font("mono"))
        self.form = FormField(
            tr("Event Definition Key"),
            self.line,
            tr("The API call names the event by this key. It can change until a journey with it is activated."),
        )
        self.proposal = Button("", "link", self, on_click=self._take_proposal)
        self._try = label(tr("Try"), "error", self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._try)
        row.addWidget(self.proposal)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.form)
        box.addLayout(row)
        self.line.textEdited.connect(self._typed)
        self.check()

    def set_key(self, key: str, *, fixed: str = "") -> None:
        """Show a key; `fixed` says why it cannot be changed."""
        self.line.setText(key)
        self.line.setCursorPosition(0)
        self.line.setReadOnly(bool(fixed))
        if fixed:
            self.form.set_hint(fixed)
        self.check()

    def key(self) -> str:
        """What is typed, without spaces around it."""
        return self.line.text().strip()

    def problem(self) -> str:
        """What is wrong with the key; "" for nothing."""
        found = self._problems()
        return found[0].message if found else ""

    def _problems(self) -> tuple[Problem, ...]:
        return () if self.line.isReadOnly() else check_key(self.key(), self._taken)

    def _typed(self) -> None:
        self.check()
        self.edited.emit(self.key())

    def check(self) -> None:
        """Say what is wrong with the key now: other events may have come meanwhile."""
        problems = self._problems()
        self.form.set_aside(tr("{length} of {most}", length=number(len(self.key())), most=number(MAX_LENGTH)))
        self.form.set_error(" ".join(shown(problem.message) for problem in problems))
        if not problems:
            self.form.clear()
        proposal = free_key(mend_key(self.key()) if self.key() else propose_key(), self._taken) if problems else ""
        self._proposed = proposal
        # The whole of a long one would make the dialog as wide.
        short = self.proposal.fontMetrics().elidedText(proposal, Qt.TextElideMode.ElideMiddle, _PROPOSAL_WIDTH)
        self.proposal.setText(short)
        self.proposal.setAccessibleName(tr("Try {key}", key=proposal))
        self.proposal.setToolTip(proposal if short != proposal else "")
        for widget in (self._try, self.proposal):
            widget.setVisible(bool(proposal))

    def _take_proposal(self) -> None:
        self.line.setText(self._proposed)
        self.line.setFocus()
        self._typed()
