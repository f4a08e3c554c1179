"""Every place in a journey that refers to a field: filters, and settings that write to data extensions.

Inside they hold ids, in files names; both directions walk through here, so that no place is forgotten in one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.exchange.json_text import Path
from app.filters.document import from_document as filter_from_document
from app.filters.document import to_document as filter_to_document
from app.filters.tree import Attribute, Condition, Group, Node, OtherAttribute, Range
from app.journey.activities import ACTIVITIES
from app.journey.journey import Activity, Journey
from app.kernel.errors import InvalidInput

Rename = Callable[[Attribute, Path], Attribute]
"""Gives the other name of an attribute; the path says where it stands in a file."""
RenameUpdate = Callable[[Mapping[str, Any], Path], Mapping[str, Any]]
"""Gives the other form of one item of an `updates` setting."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """One direction: how attributes and items of `updates` settings are renamed."""

    attribute: Rename
    update: RenameUpdate

    def journey(self, journey: Journey) -> Journey:
        """The same journey with every reference renamed. Activities keep their order, and paths count in it."""
        entry = journey.entry
        if entry is not None:
            entry = replace(entry, filter=self.filter(entry.filter, ("journey", "entry", "filter")))
        activities = {
            key: self._activity(activity, ("journey", "activities", number))
            for number, (key, activity) in enumerate(journey.activities.items())
        }
        return replace(journey, entry=entry, activities=activities)

    def filter(self, group: Group, path: Path) -> Group:
        """The same filter with every attribute renamed."""
        return replace(
            group,
            children=tuple(self._node(each, (*path, "children", i)) for i, each in enumerate(group.children)),
        )

    def _node(self, node: Node, path: Path) -> Node:
        return self.filter(node, path) if isinstance(node, Group) else self._condition(node, path)

    def _condition(self, condition: Condition, path: Path) -> Condition:
        operand = condition.operand
        if isinstance(operand, Range):
            operand = replace(operand, low=self._bound(operand.low, path), high=self._bound(operand.high, path))
        return replace(
            condition,
            attribute=self.attribute(condition.attribute, (*path, "attribute")),
            operand=self._bound(operand, path),
        )

    def _bound(self, operand: Any, path: Path) -> Any:
        if isinstance(operand, OtherAttribute):
            return OtherAttribute(self.attribute(operand.attribute, (*path, "operand")))
        return operand

    def _document(self, value: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        try:
            group = filter_from_document(value)
        except InvalidInput:
            return value  # what is no filter is kept; validation says so
        return filter_to_document(self.filter(group, path))

    def _activity(self, activity: Activity, path: Path) -> Activity:
        outcomes = tuple(
            outcome
            if outcome.filter is None
            else replace(outcome, filter=self.filter(outcome.filter, (*path, "outcomes", number, "filter")))
            for number, outcome in enumerate(activity.outcomes)
        )
        kind = ACTIVITIES.get(activity.type)
        settings = dict(activity.settings)
        for setting in kind.settings if kind else ():
            value = settings.get(setting.name)
            place = (*path, "settings", setting.name)
            if setting.kind == "updates" and isinstance(value, (list, tuple)):
                settings[setting.name] = [
                    self.update(each, (*place, i)) if isinstance(each, Mapping) else each
                    for i, each in enumerate(value)
                ]
            elif setting.kind == "filter" and isinstance(value, Mapping):
                settings[setting.name] = self._document(value, place)
        return replace(activity, outcomes=outcomes, settings=settings)


def with_event_key(journey: Journey, old: str, new: str) -> Journey:
    """The same journey with settings that name the event by its key naming it by another."""
    activities = {}
    for key, activity in journey.activities.items():
        kind = ACTIVITIES.get(activity.type)
        named = [each.name for each in (kind.settings if kind else ()) if each.kind == "event"]
        changed = {name: new for name in named if activity.settings.get(name) == old}
        activities[key] = replace(activity, settings={**activity.settings, **changed}) if changed else activity
    return replace(journey, activities=activities)
