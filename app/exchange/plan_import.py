"""Maps a file on to what a workspace has: what is reused, what is created, under which key and id. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.fold import fold
from app.data_extensions.rules import MAX_KEY
from app.events.event_definition import EventDefinition
from app.events.key import MAX_LENGTH as MAX_EVENT_KEY
from app.exchange.journey_file import JourneyFile
from app.exchange.json_text import Path
from app.exchange.references import Renaming, with_event_key
from app.filters.tree import EVENT, Attribute
from app.journey.journey import Journey
from app.kernel.errors import Problem, Severity
from app.kernel.ids import new_field_id, new_guid
from app.kernel.names import MAX_NAME, readable
from app.kernel.said import counted, said

KeyedT = TypeVar("KeyedT", DataExtension, EventDefinition)


@dataclass(frozen=True, slots=True)
class NewIds:
    """Where new ids come from."""

    guid: Callable[[], str] = new_guid
    field: Callable[[], str] = new_field_id


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import will do. `journey`, a draft, refers to `event` and `data_extensions` by their final ids.

    `data_extensions` are all that the file has, new and reused; `create_data_extensions` and `create_event` say what
    is to be written beside the journey. `lines` say it in words.
    """

    journey: Journey
    event: EventDefinition | None
    data_extensions: tuple[DataExtension, ...]
    create_data_extensions: tuple[DataExtension, ...]
    create_event: bool
    lines: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file and the one that stands for it."""

    origin: DataExtension
    target: DataExtension
    is_new: bool

    def field_id(self, field_id: str) -> str:
        """The id in the target of a field of the file's table."""
        origin = self.origin.field(field_id)
        field = self.target.named(origin.name) if origin else None
        return field.id if field else field_id


def plan_import(
    file: JourneyFile,
    events: Iterable[EventDefinition],
    data_extensions: Iterable[DataExtension],
    new_ids: NewIds | None = None,
    *,
    journey_keys: Iterable[str] = (),
    journey_names: Iterable[str] = (),
) -> ImportPlan:
    """The plan for a file. The other arguments are what the workspace has.

    A data extension with the same key and schema is reused; where the schema differs a new one is made under another
    key, with a warning: what is in the workspace is never changed. The same holds for the event.
    """
    ids = new_ids or NewIds()
    lines: list[str] = []
    warnings: list[Problem] = []
    tables = _plan_tables(file, tuple(data_extensions), ids, lines, warnings)
    event, create_event = _plan_event(file, tuple(events), tables, ids, lines, warnings)
    journey = _plan_journey(file, tables, event, ids, set(journey_keys), {fold(name) for name in journey_names}, lines)
    return ImportPlan(
        journey,
        event,
        tuple(table.target for table in tables.values()),
        tuple(table.target for table in tables.values() if table.is_new),
        create_event,
        tuple(lines),
        tuple(warnings),
    )


def same_schema(one: DataExtension, other: DataExtension) -> bool:
    """Whether two tables mean the same, whatever the order and the ids of their fields."""
    return _schema(one) == _schema(other)


def _schema(table: DataExtension) -> tuple[frozenset[Field], str | None]:
    link = table.field(table.link) if table.link else None
    return frozenset(replace(field, id="") for field in table.fields), link.name if link else None


def _plan_tables(
    file: JourneyFile, there: tuple[DataExtension, ...], ids: NewIds, lines: list[str], warnings: list[Problem]
) -> dict[str, _Table]:
    keys = {fold(each.key) for each in there}
    names = {fold(each.name) for each in there}
    tables: dict[str, _Table] = {}
    for origin in file.data_extensions:
        target = _standing(origin.key, [each for each in there if same_schema(each, origin)], keys)
        if target is not None:
            lines.append(
                said(
                    "Uses the data extension {name} that is here already (key {key}).", name=target.name, key=target.key
                )
            )
            tables[origin.id] = _Table(origin, target, is_new=False)
            continue
        target = _new_table(origin, keys, names, ids)
        if target.key != origin.key:
            warnings.append(
                Problem(
                    "data_extension_differs",
                    said(
                        "A data extension with the key {key} is here with another schema: {there}.",
                        key=origin.key,
                        there=_difference(there, origin),
                    ),
                    origin.key,
                    said("The file's is created beside it as {name} (key {key}).", name=target.name, key=target.key),
                    Severity.WARNING,
                )
            )
        keys.add(fold(target.key))
        names.add(fold(target.name))
        lines.append(
            said(
                "Creates the data extension {name} (key {key}), {fields}.",
                name=target.name,
                key=target.key,
                fields=counted("{n} field", "{n} fields", len(target.fields)),
            )
        )
        tables[origin.id] = _Table(origin, target, is_new=True)
    return tables


def _new_table(origin: DataExtension, keys: set[str], names: set[str], ids: NewIds) -> DataExtension:
    fields = tuple(replace(field, id=ids.field()) for field in origin.fields)
    linked = next((n for n, field in enumerate(origin.fields) if field.id == origin.link), None)
    return replace(
        origin,
        id=ids.guid(),
        key=_free(origin.key, keys, "-{}", MAX_KEY),
        name=_free(origin.name, names, " ({})", MAX_NAME),
        fields=fields,
        link=None if linked is None else fields[linked].id,
    )


def _plan_event(
    file: JourneyFile,
    there: tuple[EventDefinition, ...],
    tables: Mapping[str, _Table],
    ids: NewIds,
    lines: list[str],
    warnings: list[Problem],
) -> tuple[EventDefinition | None, bool]:
    origin = file.event
    if origin is None:
        lines.append(said("Brings no event: choose or create one in the journey."))
        return None, False
    home = tables[origin.data_extension_id].target.id if origin.data_extension_id else None
    keys = {fold(each.key) for each in there}
    same = [each for each in there if each.data_extension_id == home and each.criteria == origin.criteria]
    event = _standing(origin.key, same, keys)
    if event is not None:
        lines.append(said("Uses the event {name} that is here already (key {key}).", name=event.name, key=event.key))
        return event, False
    key = _free(origin.key, keys, "-{}", MAX_EVENT_KEY)
    name = _free(readable(origin.name), {fold(each.name) for each in there}, " ({})", MAX_NAME)
    event = replace(
        origin,
        id=ids.guid(),
        key=key,
        name=name,
        data_extension_id=home,
        activated=False,
        # The original's XML names its fields by the event's key.
        criteria=origin.criteria.replace(f"Event.{origin.key}.", f"Event.{key}."),
    )
    if key != origin.key:
        warnings.append(
            Problem(
                "event_differs",
                said("An event with the key {key} is here with another data extension or filter.", key=origin.key),
                origin.key,
                said("The file's event gets the key {key}: calls for this journey must name it.", key=key),
                Severity.WARNING,
            )
        )
    lines.append(said("Creates the event {name} (key {key}).", name=event.name, key=key))
    return event, True


def _plan_journey(
    file: JourneyFile,
    tables: Mapping[str, _Table],
    event: EventDefinition | None,
    ids: NewIds,
    keys: set[str],
    names: set[str],
    lines: list[str],
) -> Journey:
    home = tables.get(file.event.data_extension_id or "") if file.event else None

    def attribute(origin: Attribute, _: Path) -> Attribute:
        table = home if origin.source == EVENT else tables.get(origin.source)
        if table is None:
            return origin
        return Attribute(table.field_id(origin.field), EVENT if origin.source == EVENT else table.target.id)

    def update(item: Mapping[str, Any], _: Path) -> Mapping[str, Any]:
        table = tables.get(item.get("data_extension_id", ""))
        if table is None:
            return item
        field = table.field_id(item.get("field_id", ""))
        return {**item, "data_extension_id": table.target.id, "field_id": field}

    journey = Renaming(attribute, update).journey(file.journey)
    if file.event and event and event.key != file.event.key:
        journey = with_event_key(journey, file.event.key, event.key)
    entry = journey.entry
    if entry is not None and entry.event_definition_id is not None:
        entry = replace(entry, event_definition_id=event.id if event else None)
    key = journey.key if journey.key and journey.key not in keys else ids.guid()
    name = _free(journey.name, names, " ({})", MAX_NAME)
    lines.insert(
        0,
        said(
            "Creates the journey {name} as a draft, {activities}.",
            name=name,
            activities=counted("{n} activity", "{n} activities", len(journey.activities)),
        ),
    )
    return replace(journey, id=ids.guid(), key=key, name=name, entry=entry)


def _standing(key: str, same: Sequence[KeyedT], taken: set[str]) -> KeyedT | None:
    """Of those that mean the same the one that can stand for `key`: with that key, or, where something else has the
    key, one that an earlier import made under another."""
    for each in same:
        if fold(each.key) == fold(key):
            return each
    return next((each for each in same if fold(key) in taken and _is_variant(fold(each.key), fold(key))), None)


def _is_variant(key: str, base: str) -> bool:
    """Whether `key` is one that `_free` made of `base`."""
    return key.startswith(f"{base}-") and key[len(base) + 1 :].isdecimal()


def _free(text: str, taken: set[str], ending: str, longest: int) -> str:
    """`text`, or the first of it with ` (2)`, ` (3)`, ... (or `-2`) that is not taken; `taken` are folded: a workspace
    looks names and keys up without regard to case."""
    candidate, number = text, 1
    while fold(candidate) in taken:
        number += 1
        tail = ending.format(number)
        candidate = text[: longest - len(tail)] + tail
    return candidate


def _difference(there: tuple[DataExtension, ...], origin: DataExtension) -> str:
    """The first field that differs, in words."""
    other = next((each for each in there if fold(each.key) == fold(origin.key)), None)
    if other is None:
        return said("it was just created for another part of the file")
    for field in origin.fields:
        here = other.named(field.name)
        if here is None:
            return said("{name} is missing", name=field.name)
        if replace(here, id="") != replace(field, id=""):
            return said("{name} is another kind of column", name=field.name)
    extra = next((field.name for field in other.fields if origin.named(field.name) is None), None)
    return said("it also has {extra}", extra=extra) if extra else said("it is linked to contacts in another way")
