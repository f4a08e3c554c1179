"""The answer to a test: admitted or not, every check with its sentence, and what would have to change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.filters.explain import Explanation
from app.kernel.said import sentences
from app.services.views import FireResult, JourneyDecision, TraceStep
from app.ui.filter_builder.reasons import reasons_html, reasons_text
from app.ui.sides import margins
from app.ui.theme import theme
from app.ui.translation import mark, shown, tr, trn
from app.ui.widgets import Button, label, shortened
from app.ui.widgets.restyle import set_style_property

_MARKS = {True: ("✓", "ok"), False: ("✕", "error"), None: ("–", "hint")}
_OUTCOMES = {
    "admitted": (mark("admitted"), "ok"),
    "refused": (mark("not admitted"), "error"),
    "none": (mark("nobody listens"), "warning"),
    "error": (mark("refused by the API"), "error"),
}


class AnswerCard(QFrame):
    """Shows one FireResult. `try_values` gives the Data values that would change the answer."""

    try_values = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "answer")
        self.result: FireResult | None = None
        self.can_try = True
        """Whether there is a form that *Try that* could fill."""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(1, 1, 1, 12)
        self._box.setSpacing(4)
        self._body: QWidget | None = None
        self._head_frame: QFrame | None = None
        self._outdated: QLabel | None = None
        theme().changed.connect(self._draw_again)
        self.hide()

    def show_result(self, result: FireResult) -> None:
        """Show this answer in place of the one before."""
        self.result = result
        self.take_away()
        body = QWidget(self)
        self._body = body
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._head(result))
        for line in self._lines(result):
            box.addWidget(line)
        self._box.addWidget(body)
        self.setAccessibleName(self.as_text().replace("\n", ". "))
        self.show()

    def take_away(self) -> None:
        """Show nothing: the payload has changed since."""
        if self._body is not None:
            self._box.removeWidget(self._body)
            self._body.deleteLater()
            self._body = self._head_frame = self._outdated = None
        self.hide()

    def set_outdated(self) -> None:
        """The payload has changed since: say so, and lose the colour of the answer."""
        if self._head_frame is not None and self._outdated is not None:
            set_style_property(self._head_frame, "answer", "outdated")
            self._outdated.show()

    def _draw_again(self) -> None:
        """The colours of the reasons are in their text."""
        if self.result is not None and self._body is not None:
            self.show_result(self.result)

    def as_text(self) -> str:
        """The answer as text, to paste into a message to a colleague."""
        if self.result is None:
            return ""
        lines = [self._title(self.result), self._sentence(self.result)]
        for decision in self.result.decisions:
            lines.append(
                tr(
                    "{journey}, version {version}: {reason}",
                    journey=decision.journey_name,
                    version=decision.version,
                    reason=decision.reason or tr("admitted"),
                )
            )
            for step in decision.trace:
                lines.append(f"  {_MARKS[step.ok][0]} {tr(step.name)}: {shown(step.sentence)}")
                if step.detail:
                    lines += [f"    {line}" for line in reasons_text(Explanation.from_json(step.detail))]
            if decision.remedy:
                lines.append(f"  {shown(decision.remedy)}")
        lines += [f"! {shown(problem.message)}" for problem in self.result.warnings]
        if self.result.error:
            if self.result.error.hint:
                lines.append(shown(self.result.error.hint))
            body = {"message": self.result.error.message, "errorcode": self.result.error.errorcode}
            lines.append(json.dumps(body, ensure_ascii=False))
            lines += [f"  {shown(sentences(p.message, p.hint))}" for p in self.result.error.problems]
        return "\n".join(lines)

    @staticmethod
    def _title(result: FireResult) -> str:
        words = tr(_OUTCOMES[result.outcome][0])
        if result.dry_run:
            words = tr("{outcome} · dry run", outcome=words)
        return f"{result.contact_key or tr('A call without contact')}: {words}"

    @staticmethod
    def _sentence(result: FireResult) -> str:
        if result.error is not None:
            wrong = len(result.error.problems)
            said = trn("{n} value does not fit its field.", "{n} values do not fit their fields.", wrong)
            return said if wrong else shown(result.error.message)
        if result.outcome == "none" and result.dry_run:
            return tr("No running journey listens to this key. Activate the journey.")
        if result.outcome == "none":
            return tr("The event was stored, and no running journey listens to its key. Activate the journey.")
        if result.outcome == "refused" and len(result.decisions) == 1:
            why = result.decisions[0].sentence
            return shown(why) if result.dry_run else tr("{why} The row was stored.", why=why)
        return shown(sentences(*(decision.sentence for decision in result.decisions)))

    def _head(self, result: FireResult) -> QWidget:
        head = QFrame(self)
        tone = _OUTCOMES[result.outcome][1]
        set_style_property(head, "answer", tone)
        box = QVBoxLayout(head)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(2)
        title = label(shortened(self._title(result)), "strong", head, wrap=True, selectable=True)
        title.setProperty("answer", tone)
        box.addWidget(title)
        box.addWidget(label(shortened(self._sentence(result)), "body", head, wrap=True, selectable=True))
        self._outdated = label(tr("From before your change: ask again."), "hint", head)
        self._outdated.hide()
        box.addWidget(self._outdated)
        self._head_frame = head
        return head

    def _lines(self, result: FireResult) -> list[QWidget]:
        lines: list[QWidget] = []
        if result.error is not None:
            lines += [self._line(False, f"{p.where}: {shown(p.hint or p.message)}") for p in result.error.problems]
            if result.error.hint:
                lines.append(self._line(None, shown(result.error.hint)))
            words = tr(
                "The call is answered with {status} “{message}”. Nothing was written.",
                status=result.error.status,
                message=str(result.error.message),
            )
            lines.append(self._line(None, words))
        several = len(result.decisions) > 1
        for decision in result.decisions:
            if several:
                lines.append(self._line(decision.admitted, f"{decision.journey_name}: {shown(decision.sentence)}"))
            lines += self._decision(decision)
        lines += [self._line(None, shown(sentences(p.message, p.hint)), "warning") for p in result.warnings]
        return lines

    def _decision(self, decision: JourneyDecision) -> list[QWidget]:
        lines: list[QWidget] = []
        for step in decision.trace:
            lines.append(self._line(step.ok, self._words(step)))
            if step.detail:
                lines.append(_tree(step.detail))
        if decision.remedy:
            lines.append(self._remedy(shown(decision.remedy), decision.remedy_values))
        return lines

    @staticmethod
    def _words(step: TraceStep) -> str:
        return tr(step.name) if step.detail else f"{tr(step.name)}: {shown(step.sentence)}"

    def _line(self, ok: bool | None, text: str, role: str = "") -> QWidget:
        mark, usual = _MARKS[ok]
        row = QWidget(self)
        box = QHBoxLayout(row)
        box.setContentsMargins(12, 0, 12, 0)
        box.setSpacing(7)
        sign = label("!" if role == "warning" else mark, role or usual, row)
        sign.setFixedWidth(12)
        box.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        words = label(shortened(text), role or ("secondary" if ok is None else usual), row, wrap=True, selectable=True)
        box.addWidget(words, 1)
        return row

    def _remedy(self, remedy: str, values: Mapping[str, Any]) -> QWidget:
        row = QWidget(self)
        box = QHBoxLayout(row)
        box.setContentsMargins(12, 8, 12, 0)
        box.addWidget(label(remedy, "body", row, wrap=True, selectable=True), 1)
        if values and self.can_try:
            button = Button(tr("Try that"), "link", row, on_click=lambda: self.try_values.emit(dict(values)))
            button.setAccessibleDescription(tr("Fill in: {remedy}", remedy=remedy))
            box.addWidget(button)
        return row


def _tree(detail: Mapping[str, Any]) -> QWidget:
    """The filter's reasons below its line."""
    home = QWidget()
    box = QHBoxLayout(home)
    box.setContentsMargins(margins(31, 2, 12, 2))
    explanation = Explanation.from_json(detail)
    words = QLabel(home)
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setWordWrap(True)
    words.setAccessibleName(shown(explanation.reason() or explanation.sentence))

    words.setText(reasons_html(explanation))
    box.addWidget(words)
    return home
