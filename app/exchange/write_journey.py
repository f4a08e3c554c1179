"""Writes a `.journey` file: the same journey gives the same bytes, a change of meaning a change of a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.exchange.journey_file import BEYOND, FORMAT, KEY_PREFIX
from app.exchange.json_text import Path, place
from app.exchange.references import Renaming
from app.exchange.schema_document import data_extension_to_document, event_to_document
from app.exchange.upgrades import NEWEST
from app.filters.tree import EVENT, Attribute
from app.journey.activities import ACTIVITIES
from app.journey.document import to_document
from app.journey.graph import in_order
from app.journey.journey import Journey
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import bare, said


def write_journey_file(
    journey: Journey, event: EventDefinition | None, data_extensions: Iterable[DataExtension]
) -> bytes:
    """The file's content: UTF-8, indented by two, one line feed at the end.

    Of `data_extensions` only those go in that the event or the journey refers to. Raises InvalidInput where the
    journey refers to a field or a table that is not among them: in a file, by name, it could not be said.
    """
    beyond: Mapping[str, Any] = journey.extra.get(BEYOND, {})
    journey = replace(
        journey,
        extra={name: value for name, value in sorted(journey.extra.items()) if name != BEYOND},
        activities={key: journey.activities[key] for key in in_order(journey)},
    )
    names = _Names(event, tuple(data_extensions))
    named = Renaming(names.attribute, names.update).journey(journey)
    if names.problems:
        raise InvalidInput(
            said("The journey {name} refers to fields that are no longer there.", name=journey.name),
            tuple(names.problems),
            hint=said("Choose other fields in the places that are named, then export it again."),
        )
    home = names.event_table
    document = {
        FORMAT: NEWEST,
        "journey": _journey(named, event),
        "event": event_to_document(event, home.key if home else None, beyond) if event else None,
        "dataExtensions": [data_extension_to_document(each, beyond) for each in names.used()],
        **beyond.get("", {}),
    }
    return msgspec.json.format(msgspec.json.encode(document, enc_hook=bare), indent=2) + b"\n"


class _Names:
    """Ids to names; remembers which tables were needed and what could not be named."""

    def __init__(self, event: EventDefinition | None, data_extensions: tuple[DataExtension, ...]) -> None:
        self._by_id = {each.id: each for each in data_extensions}
        self._used: dict[str, DataExtension] = {}
        self.problems: list[Problem] = []
        self.event_table = self._by_id.get(event.data_extension_id or "") if event else None
        if self.event_table is not None:
            self._used[self.event_table.id] = self.event_table

    def used(self) -> list[DataExtension]:
        """The tables of the file: the event's first, then by key."""
        first = self.event_table.id if self.event_table else None
        return sorted(self._used.values(), key=lambda each: (each.id != first, each.key))

    def attribute(self, attribute: Attribute, path: Path) -> Attribute:
        """The attribute by names. One without a field (not chosen yet) stays as it is."""
        if not attribute.field:
            return attribute
        home = self.event_table if attribute.source == EVENT else self._by_id.get(attribute.source)
        field = self._field(home, attribute.field, path)
        if home is None or field is None:
            return attribute
        return Attribute(field.name, EVENT if attribute.source == EVENT else KEY_PREFIX + home.key)

    def update(self, item: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        """An item of an `updates` setting by names. One without a field (not chosen yet) loses nothing."""
        item = dict(item)
        home_id, field_id = item.pop("data_extension_id", ""), item.pop("field_id", "")
        home = self._by_id.get(home_id)
        field = self._field(home, field_id, path) if field_id else None
        return {"dataExtension": home.key if home else "", "field": field.name if field else "", **item}

    def _field(self, home: DataExtension | None, field_id: str, path: Path) -> Field | None:
        field = home.field(field_id) if home else None
        if home is None or field is None:
            message = said("The data extension is not there.")
            if home is not None:
                message = said("The data extension {name} has no field {field}.", name=home.name, field=field_id)
            self.problems.append(Problem("dangling_field", message, place(path), said("Choose another field there.")))
            return None
        self._used[home.id] = home
        return field


def _journey(journey: Journey, event: EventDefinition | None) -> dict[str, Any]:
    """The journey's part: without its id, which means nothing elsewhere, and with the event by its key."""
    document = to_document(journey)
    del document["id"]
    if document["entry"] is not None:
        entry = {("event" if name == "eventDefinitionId" else name): value for name, value in document["entry"].items()}
        entry["event"] = event.key if event and entry["event"] is not None else None
        document["entry"] = entry
    for activity in document["activities"]:
        activity["settings"] = _in_order_of_the_form(activity["type"], activity["settings"])
    return document


def _in_order_of_the_form(type_key: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as the form shows them, unknown ones after by name: the order in memory says nothing."""
    kind = ACTIVITIES.get(type_key)
    known = {setting.name: number for number, setting in enumerate(kind.settings)} if kind else {}
    return dict(sorted(settings.items(), key=lambda item: (known.get(item[0], len(known)), item[0])))
