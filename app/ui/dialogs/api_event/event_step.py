"""Step 1: choose an event of the Entry Sources page, or create one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.events.event_definition import EventDefinition
from app.events.key import propose_key
from app.kernel.ids import new_guid
from app.kernel.names import name_problem, one_line
from app.kernel.storable import storable
from app.services.views import EventCard
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.choice_list import ChoiceList, Item
from app.ui.dialogs.key_field import KeyField
from app.ui.dialogs.steps import Step
from app.ui.errors import at_once
from app.ui.translation import mark, tr, trn
from app.ui.widgets import Button, FormField, Segmented, label

_HINTS = {
    "choose": mark("Double-click or Enter takes an event"),
    "create": mark("The event will stand on the Entry Sources page, for other journeys too"),
}


class EventStep(Step):
    """Fills in `draft.event`. `edit_wanted` is called with the chosen event to change it in its own dialog."""

    title = mark("Event")
    hint = ""

    def __init__(self, draft: Draft, edit_wanted: Callable[[EventDefinition], object]) -> None:
        super().__init__()
        self._draft = draft
        self._edit_wanted = edit_wanted
        self._strict = False
        self._fresh: EventDefinition | None = None
        self.mode = Segmented(
            (("choose", tr("Choose an event")), ("create", tr("Create an event"))), parent=self, name=tr("Event")
        )
        self.mode.chosen.connect(self.show_mode)
        self.list = ChoiceList(
            tr("Search events by name, key or data extension"),
            tr("There are no events yet. Create one: the API call names it by its key."),
            self,
        )
        self.list.chosen.connect(self._chosen)
        self.list.taken.connect(lambda _ident: self.taken.emit())
        self.edit = Button(tr("Edit the event …"), "link", self, on_click=self._edit)
        self.message = label("", "error", self, wrap=True)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("For example: Cart abandoned"))
        self.description = QLineEdit(self)
        self.name_field = FormField(tr("Name"), self.name, required=True)
        self.key = KeyField(draft.key_taken, self)
        self.name.textEdited.connect(lambda: self._typed())
        self.description.textEdited.connect(lambda: self._typed())
        self.key.edited.connect(lambda _key: self._typed())
        self._build()
        self.hint = _HINTS["choose"]

    def enter(self) -> None:
        """Show what is chosen."""
        draft = self._draft
        current = "" if draft.new_event or draft.event is None else draft.event.id
        self.list.set_items([_item(card) for card in draft.events], current)
        if draft.new_event or (draft.loaded and not draft.events):
            self.show_mode("create")
        self._show_edit()
        self.key.check()

    def show_mode(self, mode: str) -> None:
        """ "choose" from the list, or "create"."""
        self.mode.set_current(mode)
        self.hint = _HINTS[mode]
        self._pages.setCurrentIndex(0 if mode == "choose" else 1)
        draft = self._draft
        if mode == "create":
            if self._fresh is None:
                self._fresh = EventDefinition(new_guid(), propose_key(), "", None)
                self.key.set_key(self._fresh.key)
            if not draft.new_event:
                draft.event, draft.new_event = self._fresh, True
            self.name.setFocus()
        elif draft.new_event:
            self._fresh = draft.event
            draft.new_event = False
            card = draft.event_card(self.list.current())
            draft.event = card.definition if card else None
        self._show_edit()
        self._say()
        self.changed.emit()

    def problem(self) -> str:
        """No event, no name, or a wrong key."""
        draft = self._draft
        if draft.event is None:
            return tr("Choose an event, or create one.")
        if draft.new_event:
            return self._name_problem() or self.key.problem()
        return ""

    def show_problem(self) -> None:
        """Say it beside its field."""
        self._strict = True
        self._say()
        if self._draft.new_event:
            (self.name if self._name_problem() else self.key.line).setFocus()
        else:
            self.list.view.setFocus()

    def focus_start(self) -> None:
        """The search, or the name."""
        (self.name if self.mode.current() == "create" else self.list.search).setFocus()

    def refresh_cards(self, current: str) -> None:
        """The events were read again."""
        self.list.set_items([_item(card) for card in self._draft.events], current)
        self._show_edit()

    def _typed(self) -> None:
        draft = self._draft
        if draft.event is not None and draft.new_event:
            name, description = one_line(self.name.text()), storable(self.description.text().strip())
            draft.event = replace(draft.event, name=name, description=description, key=self.key.key())
        self._say()
        self.changed.emit()

    def _chosen(self, ident: str) -> None:
        draft = self._draft
        card = draft.event_card(ident)
        if card is None:
            return
        draft.event, draft.new_event = card.definition, False
        draft.choose_data_extension(card.data_extension, new=False)
        self._strict = False
        self._say()
        self._show_edit()
        self.changed.emit()

    def _edit(self) -> None:
        if self._draft.event is not None:
            self._edit_wanted(self._draft.event)

    def _show_edit(self) -> None:
        self.edit.setVisible(self._draft.event is not None and not self._draft.new_event)

    def _say(self) -> None:
        """Mistakes beside their fields; what is merely missing only after the person wanted to go on."""
        creating = self._draft.new_event
        missing = self._strict and not creating and self._draft.event is None
        self.message.setText(tr("Choose an event, or create one.") if missing else "")
        self.message.setVisible(missing)
        wanted = creating and (self._strict or bool(one_line(self.name.text())))
        self.name_field.set_error(self._name_problem() if wanted else "")

    def _name_problem(self) -> str:
        problem = name_problem(one_line(self.name.text()), tr("The event has no name."), tr("Cart abandoned"))
        return at_once(problem) if problem else ""

    def _build(self) -> None:
        choose = QWidget(self)
        choose_box = QVBoxLayout(choose)
        choose_box.setContentsMargins(0, 0, 0, 0)
        choose_box.addWidget(self.list, 1)
        choose_box.addWidget(self.message)
        create = QWidget(self)
        create_box = QVBoxLayout(create)
        create_box.setContentsMargins(0, 4, 0, 0)
        create_box.setSpacing(12)
        create_box.addWidget(self.name_field)
        create_box.addWidget(FormField(tr("Description"), self.description))
        create_box.addWidget(self.key)
        create_box.addStretch()
        create.setMaximumWidth(620)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(choose)
        self._pages.addWidget(create)
        top = QHBoxLayout()
        top.addWidget(self.mode)
        top.addStretch()
        top.addWidget(self.edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 12)
        box.setSpacing(12)
        box.addLayout(top)
        box.addWidget(self._pages, 1)


def _item(card: EventCard) -> Item:
    used = len(card.journeys)
    home = card.data_extension.name if card.data_extension else tr("No data extension")
    words = tr("not used yet") if not used else trn("{n} journey", "{n} journeys", used)
    return Item(card.definition.id, card.definition.name, card.definition.key, f"{home} · {words}", mono=True)
