"""The API Event Summary dialog: event, data extension, filter, entry mode, summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.journey.edits import Compound, Edit, SetEntry, SetJourney
from app.kernel.errors import SwitchbackError
from app.kernel.said import said
from app.services.views import DataExtensionCard, EventCard
from app.ui.dialogs.api_event.data_extension_step import DataExtensionStep
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.api_event.entry_step import EntryStep
from app.ui.dialogs.api_event.event_step import EventStep
from app.ui.dialogs.api_event.filter_step import FilterStep
from app.ui.dialogs.api_event.summary_step import SummaryStep
from app.ui.dialogs.event_definition import open_event_definition
from app.ui.dialogs.steps import StepDialog
from app.ui.errors import in_words
from app.ui.translation import tr
from app.ui.work import Work

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

EVENT, DATA_EXTENSION, FILTER, ENTRY_MODE, SUMMARY = range(5)
STEPS = {"data_extension": DATA_EXTENSION, "filter": FILTER, "entry": ENTRY_MODE}
_SIZE = QSize(1140, 780)
_Cards = tuple[tuple[EventCard, ...], tuple[DataExtensionCard, ...]]


class ApiEventDialog(StepDialog):
    """Works on a draft; Done saves event and data extension and applies the rest as one edit of the journey."""

    def __init__(self, document: JourneyDocument, work: Work, parent: QWidget | None, step: str = "") -> None:
        """`step` is one of STEPS, where to begin if everything before it is there."""
        super().__init__(tr("API Event"), parent, name="api_event", size=_SIZE)
        self._document = document
        self._workspace = document.workspace
        self._work = work
        self._first = STEPS.get(step, SUMMARY)
        self.read_only = document.read_only
        self.draft = Draft.of(document.journey)
        self._start: tuple[object, ...] = ()
        self._fresh = document.journey.entry is None or document.journey.entry.event_definition_id is None
        self.event_step = EventStep(self.draft, self._edit_event)
        self.data_extension_step = DataExtensionStep(self.draft)
        self.filter_step = FilterStep(self.draft, self._workspace, work, read_only=self.read_only)
        self.entry_step = EntryStep(self.draft)
        self.summary_step = SummaryStep(self.draft, self._workspace, work)
        self.pages.setEnabled(False)
        self.add_steps(
            [self.event_step, self.data_extension_step, self.filter_step, self.entry_step, self.summary_step]
        )
        self.primary.setEnabled(False)
        self._read(self._loaded)

    def has_changes(self) -> bool:
        """Whether Done would change anything, or something was typed for a new event."""
        return bool(self._start) and not self.read_only and self._state() != self._start

    def refresh(self) -> None:
        """The title names the event."""
        super().refresh()
        name = self.draft.event.name if self.draft.event else ""
        self.title.setText(tr("{name} · API Event", name=name) if name else tr("API Event"))
        if self.read_only:
            last = self.index == len(self.steps) - 1
            self.primary.setText(tr("Close") if last else self.primary.text())
            self.hint.setText(self._document.why_read_only)

    def done_clicked(self) -> None:
        """Save what is new, then apply."""
        if self.read_only:
            self.close_unasked()
            return
        self.primary.setEnabled(False)
        self._work.run(self, self._save, self._apply, self._refused, label=tr("Saving event"))

    def _state(self) -> tuple[object, ...]:
        draft = self.draft
        fresh = (draft.event.name, draft.event.description) if draft.event and draft.new_event else None
        designing = draft.new_data_extension and self.data_extension_step.form.has_changes()
        designed = draft.data_extension if designing else None
        event_id = draft.event.id if draft.event and not draft.new_event else None
        home_id = draft.data_extension.id if draft.data_extension and not draft.new_data_extension else None
        untouched = fresh in (None, ("", ""))
        return (
            event_id,
            None if untouched else fresh,
            home_id if not (draft.new_event and untouched) else None,
            designed,
            draft.filter,
            draft.entry_mode,
        )

    def _read(self, then: Callable[[_Cards], None]) -> None:
        workspace = self._workspace

        def job() -> _Cards:
            from app.services.list_data_extensions import list_data_extensions
            from app.services.list_events import list_events

            return list_events(workspace), list_data_extensions(workspace)

        self._work.run(self, job, then, lambda error: self.say(in_words(error)), label=tr("Reading events"))

    def _loaded(self, cards: _Cards) -> None:
        self.draft.load(*cards)
        self.pages.setEnabled(True)
        self.primary.setEnabled(True)
        if self.read_only:
            for step in (self.event_step, self.data_extension_step, self.entry_step):
                step.setEnabled(False)
        self._start = self._state()
        ready = not self._fresh and not any(step.problem() for step in self.steps)
        if not self.go_to(self._first if ready else EVENT):
            return
        self.focus_start()

    def _edit_event(self, event: EventDefinition) -> None:
        open_event_definition(
            self._workspace, self._work, self, event, saved=lambda kept: self._read(lambda c: self._edited(kept, c))
        )

    def _edited(self, kept: EventDefinition, cards: _Cards) -> None:
        self.draft.events, self.draft.data_extensions = cards
        card = self.draft.event_card(kept.id)
        if card is not None:
            self.draft.event = card.definition
            self.draft.choose_data_extension(card.data_extension, new=False)
        self.event_step.refresh_cards(kept.id)
        self.refresh()

    def _save(self) -> EventDefinition:
        """Off the GUI thread: the data extension first, for the event names it."""
        from app.services.save_data_extension import save_data_extension
        from app.services.save_event import save_event

        draft = self.draft
        home: DataExtension | None = draft.data_extension
        if home is not None and draft.new_data_extension:
            home = save_data_extension(self._workspace, home)
        event = draft.event
        assert event is not None, "the first step has no problem, so there is an event"
        wanted = replace(event, data_extension_id=home.id if home else None)
        if draft.new_event or wanted != event:
            return save_event(self._workspace, wanted)
        return event

    def _apply(self, event: EventDefinition) -> None:
        journey, draft = self._document.journey, self.draft
        named_after_event = journey.entry is None or journey.entry.name in ("API Event", self._event_name_before())
        entry = replace(
            draft.entry,
            name=event.name if named_after_event else draft.entry.name,
            event_definition_id=event.id,
            filter=draft.filter,
        )
        edits: list[Edit] = []
        if entry != journey.entry:
            edits.append(SetEntry(entry))
        if draft.entry_mode is not journey.entry_mode:
            edits.append(SetJourney(entry_mode=draft.entry_mode))
        if edits:
            self._document.apply(Compound(tuple(edits), said("Set up API Event")))
        else:
            self._document.refresh_context()
        self.finish()

    def _event_name_before(self) -> str:
        before = self.draft.event_card(self.draft.entry.event_definition_id or "")
        return before.definition.name if before else ""

    def _refused(self, error: Exception) -> None:
        """Saving said no: show it at the step that it is about. What was saved before stays and is not made twice."""
        self.primary.setEnabled(True)
        words = in_words(error)
        where = error.where if isinstance(error, SwitchbackError) else ""
        about_table = self.draft.new_data_extension and where != "key"
        self._read(lambda cards: self._after_refusal(cards, words, DATA_EXTENSION if about_table else EVENT))

    def _after_refusal(self, cards: _Cards, words: str, step: int) -> None:
        draft = self.draft
        draft.events, draft.data_extensions = cards
        made = draft.data_extension_card(draft.data_extension.id) if draft.data_extension else None
        if made is not None and draft.new_data_extension:
            draft.choose_data_extension(made.data_extension, new=False)
            step = EVENT
        self.go_to(step)
        if step == DATA_EXTENSION:
            self.data_extension_step.show_refused(words)
        self.say(words)
