"""Step 2: the data extension that the event populates: choose one, or create it in place."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS
from app.kernel.said import listed
from app.services.views import DataExtensionCard
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.choice_list import ChoiceList, Item
from app.ui.dialogs.data_extension_form import DataExtensionForm, blank_data_extension
from app.ui.dialogs.steps import Step
from app.ui.translation import mark, tr, trn
from app.ui.widgets import Banner, Segmented, label


class DataExtensionStep(Step):
    """Fills in `draft.data_extension`."""

    title = mark("Data extension")
    hint = mark("The data of each API call becomes a row here")

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._strict = False
        self.mode = Segmented(
            (("choose", tr("Choose a data extension")), ("create", tr("Create one here"))),
            parent=self,
            name=tr("Data extension"),
        )
        self.mode.chosen.connect(self.show_mode)
        self.note = Banner("", "info", self)
        self.list = ChoiceList(
            tr("Search data extensions"),
            tr("There are no data extensions yet. Create one here, with its fields."),
            self,
        )
        self.list.chosen.connect(self._chosen)
        self.list.taken.connect(lambda _ident: self.taken.emit())
        self.message = label("", "error", self, wrap=True)
        self.fields = label("", "small", self, wrap=True)
        self.form = DataExtensionForm(self)
        self.form.changed.connect(self._typed)
        self._build()

    def enter(self) -> None:
        """Show what is chosen, or that the event fixes it."""
        draft = self._draft
        fixed = draft.fixed_by()
        shared = draft.shared_with()
        if fixed:
            self.note.say(
                tr(
                    "{names} is running with this event, so its data extension stays as it is. "
                    "Create another event to populate another one.",
                    names=listed(fixed),
                ),
                "info",
            )
        elif shared:
            self.note.say(
                tr(
                    "{names} uses this event too: another data extension would be populated for all of them.",
                    names=listed(shared),
                ),
                "warning",
            )
        self.note.setVisible(bool(fixed or shared))
        self.mode.setEnabled(not fixed)
        self.list.setEnabled(not fixed)
        current = draft.data_extension.id if draft.data_extension and not draft.new_data_extension else ""
        self.list.set_items([_item(card) for card in draft.data_extensions], current)
        if draft.new_data_extension or (draft.loaded and not draft.data_extensions and not fixed):
            self.show_mode("create")
        else:
            self.mode.set_current("choose")
            self._pages.setCurrentIndex(0)
        self._show_fields()

    def show_mode(self, mode: str) -> None:
        """ "choose" from the list, or "create"."""
        self.mode.set_current(mode)
        self._pages.setCurrentIndex(0 if mode == "choose" else 1)
        draft = self._draft
        if mode == "create":
            if not draft.new_data_extension:
                if not self.form.has_changes():
                    self.form.set_data_extension(blank_data_extension(_propose_name(draft)))
                draft.choose_data_extension(self.form.data_extension(), new=True)
            self.form.name.setFocus()
        elif draft.new_data_extension:
            card = draft.data_extension_card(self.list.current())
            draft.choose_data_extension(card.data_extension if card else None, new=False)
        self._say()
        self.changed.emit()

    def problem(self) -> str:
        """None chosen, or a schema that breaks a rule or takes a name that is there."""
        draft = self._draft
        if draft.data_extension is None:
            return tr("Choose a data extension, or create one here.")
        if draft.new_data_extension:
            if self._taken():
                return tr("A data extension named {name} already exists.", name=draft.data_extension.name)
            problems = self.form.problems()
            return problems[0].message if problems else ""
        return ""

    def show_problem(self) -> None:
        """Say it beside its field."""
        self._strict = True
        self._say()
        if self._draft.new_data_extension:
            self.form.insist()
            if self._taken():
                self._say_taken()
        else:
            self.list.view.setFocus()

    def show_refused(self, text: str) -> None:
        """What saving said against it."""
        if self._draft.new_data_extension:
            self.form.show_conflict(text)

    def focus_start(self) -> None:
        """The search, or the name."""
        (self.form.name if self.mode.current() == "create" else self.list.search).setFocus()

    def _chosen(self, ident: str) -> None:
        card = self._draft.data_extension_card(ident)
        if card is not None:
            self._draft.choose_data_extension(card.data_extension, new=False)
            self._strict = False
            self._say()
            self._show_fields()
            self.changed.emit()

    def _typed(self) -> None:
        self._draft.choose_data_extension(self.form.data_extension(), new=True)
        if self._taken():
            self._say_taken()
        self.changed.emit()

    def _taken(self) -> bool:
        wanted = self._draft.data_extension
        return wanted is not None and any(c.data_extension.name == wanted.name for c in self._draft.data_extensions)

    def _say_taken(self) -> None:
        name = self.form.name.text().strip()
        self.form.name_field.set_error(
            tr("A data extension named {name} already exists. Take another name, or choose that one.", name=name)
        )

    def _say(self) -> None:
        missing = self._strict and self._draft.data_extension is None
        self.message.setText(tr("Choose a data extension, or create one here.") if missing else "")
        self.message.setVisible(missing)

    def _show_fields(self) -> None:
        chosen = self._draft.data_extension
        self.fields.setText(describe_fields(chosen) if chosen else "")
        self.fields.setVisible(chosen is not None)

    def _build(self) -> None:
        choose = QWidget(self)
        choose_box = QVBoxLayout(choose)
        choose_box.setContentsMargins(0, 0, 0, 0)
        choose_box.addWidget(self.list, 1)
        choose_box.addWidget(self.message)
        choose_box.addWidget(self.fields)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(choose)
        self._pages.addWidget(self.form)
        top = QHBoxLayout()
        top.addWidget(self.mode)
        top.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 12)
        box.setSpacing(12)
        box.addLayout(top)
        box.addWidget(self.note)
        box.addWidget(self._pages, 1)


def describe_fields(data_extension: DataExtension) -> str:
    """The fields in one line: `SubscriberKey Text 50 (key), Cart total Decimal 10,2, ...`."""
    words = []
    for field in data_extension.fields:
        kind = KINDS.get(field.kind)
        size = "" if field.length is None else f" {field.length}" + (f",{field.scale}" if field.scale else "")
        marks = [text for text, on in ((tr("key"), field.primary_key), (tr("required"), field.required)) if on]
        words.append(
            f"{field.name} {tr(kind.label) if kind else field.kind}{size}" + (f" ({marks[0]})" if marks else "")
        )
    return trn("{n} field: {fields}", "{n} fields: {fields}", len(words), fields=listed(words))


def _item(card: DataExtensionCard) -> Item:
    home = card.data_extension
    used = tr("populated by {names}", names=listed(card.events)) if card.events else tr("not populated by an event yet")
    fields = trn("{n} field", "{n} fields", len(home.fields))
    return Item(
        home.id,
        home.name,
        f"{fields} · {used}",
        trn("{n} row", "{n} rows", card.rows),
    )


def _propose_name(draft: Draft) -> str:
    """A name after the event, unless there is one."""
    name = draft.event.name.replace(" ", "_") if draft.event else ""
    taken = {card.data_extension.name for card in draft.data_extensions}
    return name if name not in taken else ""
