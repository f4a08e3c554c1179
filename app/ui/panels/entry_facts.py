"""What the Tile panel shows for the API Event: key with its live check, data extension, filter, entry mode, code."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.events.event_definition import EventDefinition
from app.events.key import MAX_LENGTH, check_key
from app.events.payload import sample_contact_key, sample_payload
from app.filters.sentence import sentence
from app.journey.journey import ENTRY
from app.services.count_filter import count_filter
from app.services.save_event import save_event
from app.services.views import FilterCount
from app.ui.code_menu import Call, CodeMenu
from app.ui.document import JourneyDocument
from app.ui.errors import in_words
from app.ui.panels.facts import column, fact, show_problems
from app.ui.translation import number, shown, tr, trn
from app.ui.widgets import Button, Card, FormField, label, toast
from app.ui.work import Work

_CHECK_AFTER_MS = 150


class EntryFacts(QWidget):
    """The entry source. `open_requested` opens its five steps, at the one that is named."""

    open_requested = Signal(str)

    def __init__(self, document: JourneyDocument, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = work
        self._event: EventDefinition | None = None
        self._asked: object = None
        self.title = label("", "title", self, wrap=True)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(6)
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_AFTER_MS)
        self._check.timeout.connect(self._show_check)
        self.key = QLineEdit(self)
        self.key.textEdited.connect(lambda _text: self._check.start())
        self.key.editingFinished.connect(self._save_key)
        self.key_field = FormField(tr("Event Definition Key"), self.key, parent=self)
        self.data = label("", "body", self, wrap=True, selectable=True)
        self.filter = label("", "body", self, wrap=True, selectable=True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Share of rows that would enter"))
        self.count = label("", "small", self)
        self.uncounted = label("", "small", self, wrap=True)
        self.uncounted.hide()
        self.mode = label("", "body", self)
        self.code_button = Button(tr("Copy code"), "plain", self)
        self.code_button.setMenu(CodeMenu(document.workspace, work, self._call, self))
        self.choose_button = Button(
            tr("Choose an event"), "primary", self, on_click=lambda: self.open_requested.emit("")
        )
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show the entry source as it is now."""
        document, context = self._document, self._document.context
        event, entry = context.event, document.journey.entry
        if entry is None:
            return
        self._event = event
        show_problems(self.notices, self._document.problems_by_tile().get(ENTRY, ()), self)
        self.title.setText(event.name if event else entry.name)
        self._details.setVisible(event is not None)
        self._start.setVisible(event is None)
        self.choose_button.setEnabled(not document.read_only)
        if event is None:
            return
        if not self.key.isModified():  # what was typed and not kept yet stays
            self.key.setText(event.key)
            self.key.setCursorPosition(0)
        fixed = event.activated or document.workspace.info.read_only
        self.key.setReadOnly(fixed)
        self.key_field.set_hint(tr("Fixed since the first activation: integrations call it.") if fixed else "")
        schema = context.schema
        self.data.setText(
            trn("{name} · {n} field", "{name} · {n} fields", len(schema.fields), name=schema.name)
            if schema
            else tr("None chosen yet")
        )
        asks = entry.filter.children
        self.filter.setText(shown(sentence(entry.filter, context.catalog)) if asks else tr("None: everyone enters."))
        self.mode.setText(tr(document.journey.entry_mode.label))
        self._show_check()
        self._ask_count()

    def _lay_out(self) -> None:
        box = column(self)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(label(tr("API Event entry source"), "secondary", self))
        box.addLayout(head)
        self._start = QWidget(self)
        start = QVBoxLayout(self._start)
        start.setContentsMargins(0, 0, 0, 0)
        words = tr("No event is chosen yet. An event gives this journey the key that the API call names.")
        start.addWidget(label(words, "body", self._start, wrap=True))
        start.addWidget(self.choose_button)
        box.addWidget(self._start)
        self._details = QWidget(self)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(12)
        details.addLayout(self.notices)
        key_row = QHBoxLayout()
        key_row.addWidget(self.key_field, 1)
        details.addLayout(key_row)
        details.addWidget(fact(tr("Data extension"), self._card(self.data), self._edit(tr("Change"), "data_extension")))
        card = self._card(self.filter)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.count)
        card.box.addLayout(row)
        card.box.addWidget(self.uncounted)
        details.addWidget(fact(tr("Filter contacts"), card, self._edit(tr("Edit"), "filter")))
        details.addWidget(fact(tr("Who may enter again"), self._card(self.mode), self._edit(tr("Change"), "entry")))
        details.addWidget(fact(tr("Try it"), self.code_button))
        box.addWidget(self._details)
        box.addStretch()

    def _card(self, value: QWidget) -> Card:
        card = Card(self, margin=9)
        card.box.addWidget(value)
        return card

    def _edit(self, word: str, step: str) -> Button:
        if self._document.read_only:
            word = tr("Show")
        return Button(word, "link", self, on_click=lambda: self.open_requested.emit(step))

    def _show_check(self) -> bool:
        """Say what is wrong with the key as it is typed; whether it is right."""
        text, event = self.key.text().strip(), self._event
        self.key_field.set_aside(tr("{length} of {most}", length=number(len(text)), most=number(MAX_LENGTH)))
        others = {each.key for each in self._document.context.events if event is None or each.id != event.id}
        problems = check_key(text, lambda key: key in others)
        self.key_field.set_error(f"{problems[0].message} {problems[0].hint}" if problems else "")
        return not problems

    def _save_key(self) -> None:
        event, key = self._event, self.key.text().strip()
        if event is not None and key == event.key:
            self.key.setModified(False)
        if event is None or key == event.key or self.key.isReadOnly() or not self._show_check():
            return
        self._store(replace(event, key=key), undo=event)

    def _store(self, event: EventDefinition, undo: EventDefinition | None) -> None:
        workspace = self._document.workspace

        def told(saved: EventDefinition) -> None:
            self.key.setModified(False)
            self._document.refresh_context()
            back = (lambda: self._store(undo, None)) if undo else None
            toast(self, tr("The key is {key} now.", key=saved.key), tr("Undo") if back else "", back)

        self._work.run(
            self, lambda: save_event(workspace, event), told, lambda error: self.key_field.set_error(in_words(error))
        )

    def _ask_count(self) -> None:
        context, entry = self._document.context, self._document.journey.entry
        if context.schema is None or entry is None:
            return
        asked = (context.schema, entry.filter)
        if asked == self._asked:
            return
        self._asked = asked
        workspace, schema, group = self._document.workspace, context.schema, entry.filter
        self._work.run(
            self,
            lambda: count_filter(workspace, group, schema.id, lambda: self._asked != asked),
            lambda count: self._show_count(count) if self._asked == asked else None,
            self._not_counted,
        )

    def _not_counted(self, error: Exception) -> None:
        self.bar.hide()
        self.count.hide()
        self.uncounted.setText(tr("Not counted: {error}", error=error))
        self.uncounted.show()

    def _show_count(self, count: FilterCount) -> None:
        self.uncounted.hide()
        self.count.show()
        self.bar.setRange(0, max(count.total, 1))
        self.bar.setValue(count.passed)
        self.bar.setVisible(count.total > 0)
        words = (
            tr("{passed} of {total} would enter", passed=number(count.passed), total=number(count.total))
            if count.total
            else tr("no rows yet")
        )
        self.count.setText(words)

    def _call(self) -> Call | None:
        event, schema = self._event, self._document.context.schema
        if event is None or schema is None:
            toast(self, tr("Choose an event with a data extension first: the code is made for it."))
            return None
        contact = sample_contact_key()
        return event.key, contact, sample_payload(schema, 0, contact)
