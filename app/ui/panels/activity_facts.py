"""What the Tile panel shows for an activity: its name, what it does, its ways out, its problems."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.filters.sentence import sentence
from app.journey.activities import activity_type
from app.journey.edits import SetActivity
from app.journey.journey import Activity
from app.services.criteria_met import criteria_met
from app.ui.document import JourneyDocument
from app.ui.panels.facts import column, empty, fact, show_problems
from app.ui.panels.name_field import NameField
from app.ui.translation import shown, tr, trn
from app.ui.widgets import Button, Card, label

_JUDGED = ("goal", "exit_criteria")


class ActivityFacts(QWidget):
    """One activity. Its name can be changed here; everything else opens its settings (`open_requested`)."""

    open_requested = Signal()

    def __init__(self, document: JourneyDocument, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._key = key
        leaf = activity_type(self._activity.type)
        box = column(self)
        self.title = label("", "title", self, wrap=True)
        box.addWidget(self.title)
        box.addWidget(
            label(tr("{label} · {help}", label=tr(leaf.label), help=tr(leaf.help)), "secondary", self, wrap=True)
        )
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        box.addLayout(self._problems)
        self.name = NameField(tr("A tile needs a name: it is what people call it in reports."), self)
        self.name.renamed.connect(self._rename)
        box.addWidget(self.name)
        self.summary = label("", "body", self, wrap=True, selectable=True)
        card = Card(self)
        card.box.addWidget(self.summary)
        self.edit_button = Button("", "link", self, on_click=self.open_requested.emit)
        box.addWidget(fact(tr("What it does"), card, self.edit_button))
        self.met = label("", "body", self, wrap=True)
        self.met_fact = fact(tr("So far"), self.met)
        self.met_fact.hide()
        box.addWidget(self.met_fact)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(6)
        box.addLayout(self._ways)
        self.open_button = Button(
            tr("Open settings"), "plain", self, icon="settings", on_click=self.open_requested.emit
        )
        box.addWidget(self.open_button)
        box.addStretch()
        self.refresh()

    @property
    def _activity(self) -> Activity:
        return self._document.journey.activities[self._key]

    def refresh(self) -> None:
        """Show the activity as it is now."""
        if self._key not in self._document.journey.activities:
            return
        activity, context = self._activity, self._document.context
        leaf = activity_type(activity.type)
        self.title.setText(activity.name)
        self.name.show_name(activity.name, read_only=self._document.read_only)
        self.edit_button.setText(tr("Show") if self._document.read_only else tr("Edit"))
        self.summary.setText(shown(leaf.summary(activity, context.of(self._document.journey))))
        show_problems(self._problems, self._document.problems_by_tile().get(self._key, ()), self)
        self._show_ways(activity)
        if activity.type in _JUDGED:
            self._ask_who_met_it()

    def _ask_who_met_it(self) -> None:
        """Count, off the GUI thread, who met the tile's criteria."""
        workspace, journey_id = self._document.workspace, self._document.journey.id
        self._document.work.run(
            self, lambda: criteria_met(workspace, journey_id), self._say_who_met_it, lambda _error: self.met_fact.hide()
        )

    def _say_who_met_it(self, counts: Mapping[str, int]) -> None:
        said = trn("{n} contact met it", "{n} contacts met it", counts.get(self._key, 0))
        self.met.setText(said)
        self.met.setAccessibleName(said)
        self.met_fact.show()

    def _show_ways(self, activity: Activity) -> None:
        empty(self._ways)
        if len(activity.outcomes) < 2:
            return
        names = {key: each.name for key, each in self._document.journey.activities.items()}
        self._ways.addWidget(label(tr("Paths"), "label", self))
        for outcome in activity.outcomes:
            card = Card(self, margin=8)
            card.box.setSpacing(2)
            card.box.addWidget(label(outcome.label or tr("Everyone else"), "strong", card, wrap=True))
            if outcome.filter is not None and outcome.filter.children:
                words = shown(sentence(outcome.filter, self._document.context.catalog))
                card.box.addWidget(label(words, "small", card, wrap=True))
            goes = names.get(outcome.next or "", "")
            card.box.addWidget(label(tr("→ {name}", name=goes) if goes else tr("→ the journey ends"), "hint", card))
            self._ways.addWidget(card)

    def _rename(self, name: str) -> None:
        self._document.apply(SetActivity(self._key, name=name))
