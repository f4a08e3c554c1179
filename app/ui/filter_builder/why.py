"""Ask about one contact: would it enter, and which condition says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from app.data_extensions.check_row import check_row
from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.explain import Explanation, explain
from app.kernel.errors import SwitchbackError
from app.kernel.said import sentences
from app.services.contact_data import contact_data, contact_field, contact_of
from app.services.workspace import Workspace
from app.ui.filter_builder.enter_line import EnterLine
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.passing import Passing
from app.ui.filter_builder.reasons import reasons_html
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.sides import start
from app.ui.theme import theme
from app.ui.translation import shown, tr
from app.ui.widgets import label

_EXPLAIN_AFTER_MS = 120
_MOST_ROWS = 50
"""A search for a key gives few rows; more than that is no key."""


class WhyPanel(QWidget):
    """A field for the contact key, the verdict, and the tree with the contact's values."""

    def __init__(
        self, model: FilterModel, surroundings: Surroundings, passes: Passing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._passes = passes
        self._model = model
        self._surroundings = surroundings
        self._record: tuple[str, Mapping[str, object]] | None = None
        self.explanation: Explanation | None = None
        self.key = EnterLine(self)
        self.key.setPlaceholderText(tr('Contact key or {"Country": "NO"}'))
        self.key.setToolTip(tr("Enter asks. Data of an API call is taken as it would arrive, as one JSON object."))
        self.key.setAccessibleName(tr("Contact key to ask about"))
        self.key.returnPressed.connect(self.ask)
        self.key.textEdited.connect(lambda: self._forget())
        self.answer = QTextBrowser(self)
        self.answer.setFrameShape(QFrame.Shape.NoFrame)
        self.answer.setAccessibleName(tr("Why the contact would or would not enter"))
        self.answer.setProperty("role", "sentence")
        self.answer.viewport().setAutoFillBackground(False)
        self.answer.document().setDocumentMargin(0)
        self.answer.document().setDefaultTextOption(QTextOption(start()))
        self.answer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answer.textChanged.connect(self._reachable)
        self._reachable()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(tr("Ask about one contact"), "strong", self, buddy=self.key))
        box.addWidget(self.key)
        box.addSpacing(4)
        box.addWidget(self.answer, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EXPLAIN_AFTER_MS)
        self._timer.timeout.connect(self._explain)
        model.changed.connect(self._timer.start)
        theme().changed.connect(self._explain)

    def ask(self) -> None:
        """Look up the contact's row and explain it."""
        surroundings = self._surroundings
        wanted = self.key.text().strip()
        workspace, work = surroundings.workspace, surroundings.work
        if not wanted:
            self._forget()
            return
        if wanted.startswith("{"):
            self._ask_payload(wanted)
            return
        if workspace is None or work is None or surroundings.data_extension_id is None:
            self._say(tr("Nothing is stored yet: fire a test event first, then ask about its contact."), "ink2")
            return
        catalog = surroundings.catalog
        self._say(tr("Looking it up …"), "ink2")
        work.run(self, lambda: find_record(workspace, catalog, wanted), lambda found: self._found(wanted, found))

    def _ask_payload(self, text: str) -> None:
        """Take what is typed as the Data of a call."""
        home = self._surroundings.catalog.event
        try:
            data = json.loads(text)
        except ValueError as problem:
            self._say(
                tr("This is no JSON: {problem}. For example: {example}", problem=problem, example='{"Country": "NO"}'),
                "red",
            )
            return
        if home is None or not isinstance(data, dict):
            self._say(tr("Choose a data extension first: it says what the data means."), "ink2")
            return
        row = check_row(home, data, self._surroundings.now(), self._surroundings.time_zone)
        # Fields that are left out are no mistake here: one asks about a part of the data.
        named = [problem for problem in row.problems if problem.where in data]
        if named:
            self._say(shown(sentences(*(problem.message for problem in named))), "red")
            return
        surroundings = self._surroundings
        workspace, work, catalog = surroundings.workspace, surroundings.work, surroundings.catalog
        contact = contact_of(home, row.values)
        if workspace is None or work is None or contact is None or not catalog.linked:
            self._found(tr("this data"), row.values)
            return
        self._say(tr("Looking it up …"), "ink2")
        work.run(
            self,
            lambda: {**contact_data(workspace, catalog, contact), **row.values},
            lambda record: self._found(tr("this data"), record),
        )

    def _found(self, wanted: str, record: Mapping[str, object] | None) -> None:
        if record is None:
            home = self._surroundings.catalog.event
            name = home.name if home else tr("the data extension")
            self._say(
                tr(
                    "{name} has no row for {wanted}. Check the key, or fire a test event for it.",
                    name=name,
                    wanted=wanted,
                ),
                "amber",
            )
            return
        self._record = (wanted, record)
        self._explain()

    def _reachable(self) -> None:
        """An answer that is not there is no place for the keyboard."""
        empty = self.answer.document().isEmpty()
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus if empty else Qt.FocusPolicy.StrongFocus)

    def _forget(self) -> None:
        self._record = None
        self.explanation = None
        self.answer.clear()

    def _explain(self) -> None:
        self._timer.stop()
        if self._record is None:
            return
        surroundings = self._surroundings
        try:
            self.explanation = explain(
                self._model.group, surroundings.catalog, self._record[1], surroundings.now(), surroundings.time_zone
            )
        except SwitchbackError as problem:
            self._say(tr("The filter cannot be asked: {message}", message=problem), "amber")
            return
        if self._passes.lets_nobody(self._model.group):
            self.answer.setHtml(_verdict(self._passes, False) + _paragraph(self._passes.empty))
        else:
            self.answer.setHtml(_page(self.explanation, self._passes))

    def _say(self, text: str, tone: str) -> None:
        self.explanation = None
        color = theme().color(tone).name()
        self.answer.setHtml(f'<p style="color:{color}">{escape(text)}</p>')


def find_record(workspace: Workspace, catalog: Catalog, contact_key: str) -> Mapping[str, object] | None:
    """The values by field id of a contact: its row of the event's data extension, and its newest one in each of those
    linked to contacts."""
    home = catalog.event
    row = _row(workspace, home, contact_key) if home else None
    if home is None or row is None:
        return None
    return {**contact_data(workspace, catalog, contact_of(home, row) or contact_key), **row}


def _row(workspace: Workspace, home: DataExtension, contact_key: str) -> Mapping[str, Value] | None:
    from app.services.page_rows import page_rows

    key = contact_field(home)
    if key is not None:
        exact = contact_data(workspace, Catalog(linked=(replace(home, link=key.id),)), contact_key)
        if exact:
            return exact
    # No such key as it is written: perhaps one in other letters, or in any field where no field says whose row it is.
    keys = {key.id} if key else {field.id for field in home.primary_keys or home.fields}
    for row in page_rows(workspace, home.id, 0, _MOST_ROWS, contact_key).rows:
        record = {field.id: value for field, value in zip(home.fields, row, strict=True)}
        for field in home.fields:
            value = record[field.id]
            if field.id not in keys or value is None:
                continue
            if fold(KINDS[field.kind].to_text(value, field)) == fold(contact_key):
                return record
    return None


def _page(root: Explanation, passes: Passing) -> str:
    parts = [_verdict(passes, bool(root.ok))]
    if root.ok is False:
        parts.append(_paragraph(shown(sentences(root.reason(), root.remedy()))))
    parts.append(reasons_html(root))
    return "".join(parts)


def _verdict(passes: Passing, ok: bool) -> str:
    color = theme().color("ok" if ok else "red").name()
    said = f"✓ {passes.yes}" if ok else f"✕ {passes.no}"
    return f'<p style="color:{color};margin:0 0 6px 0"><b>{escape(said)}</b></p>'


def _paragraph(text: str) -> str:
    return f'<p style="color:{theme().color("ink").name()};margin:0 0 8px 0">{escape(text)}</p>'
