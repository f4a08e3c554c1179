"""Values that activities write to data extensions: reading, checking and working them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS, ValueProblem
from app.filters.catalog import Catalog
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import unknown_in
from app.journey.personalise import render, tokens
from app.journey.repairs import Repair
from app.journey.step import Situation, Write
from app.kernel.errors import Problem
from app.kernel.said import said


def names_of_updates(activity: Activity, context: JourneyContext) -> list[str]:
    """The names of the fields that an activity sets."""
    names = []
    for update in read_updates(activity):
        home = context.data_extension(update["data_extension_id"])
        field = home.field(update["field_id"]) if home else None
        names.append(field.name if field else "a field that is gone")
    return names


def update_problems(activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
    """Nothing to set, a data extension or field that is gone or has no link, a value that the field refuses."""
    updates = tuple(read_updates(activity))
    if not updates:
        return (
            Problem(
                f"{activity.type}.empty",
                said("{name} sets nothing.", name=activity.name),
                activity.key,
                said("Open the tile and choose a data extension, a field and a value."),
            ),
        )
    found = [problem for update in updates for problem in _check(activity, update, context)]
    return (*found, *unknown_in(activity, context, [update["value"] for update in updates]))


def repair_updates(activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
    """Without the lines whose field is gone."""
    if problem.code != f"{activity.type}.field.unknown":
        return None
    kept = []
    for update in read_updates(activity):
        home = context.data_extension(update["data_extension_id"])
        if home is not None and home.field(update["field_id"]) is not None:
            kept.append(update)
    return Repair({"updates": kept}, said("Remove what is gone"))


def writes_of(activity: Activity, situation: Situation) -> tuple[tuple[Write, ...], list[str]]:
    """A write for each update whose field is known and whose value it takes, and a line about each update."""
    writes: list[Write] = []
    notes: list[str] = []
    for update in read_updates(activity):
        field = _field(update, situation.catalog)
        if field is None:
            notes.append(said("A field to set no longer exists."))
            continue
        try:
            value = update_value(update["value"], field, situation)
        except ValueProblem as problem:
            notes.append(said("{field} was not set: {message}", field=field.name, message=problem.message))
            continue
        writes.append(Write(update["data_extension_id"], field.id, value))
        notes.append(said("Set {field}.", field=field.name))
    return tuple(writes), notes


def read_updates(activity: Activity) -> Iterator[dict[str, str]]:
    """The updates of a tile as {"data_extension_id", "field_id", "value"}; anything else in the list is skipped."""
    listed = activity.settings.get("updates")
    for item in listed if isinstance(listed, (list, tuple)) else ():
        if isinstance(item, Mapping):
            yield {name: _text(item.get(name)) for name in ("data_extension_id", "field_id", "value")}


def update_value(text: str, field: Field, situation: Situation) -> object:
    """The value that `text` stands for: personalised, then read by the field's kind; "" clears the field.

    Raises ValueProblem where the kind refuses it.
    """
    schema = situation.catalog.event
    whole = tokens(text, schema)
    if len(whole) == 1 and (whole[0].start, whole[0].end) == (0, len(text)) and schema:
        # A lone field of the same kind goes over as it is: no detour through what people read.
        source = schema.named(whole[0].name)
        if source is not None and source.kind == field.kind and situation.record.get(source.id) is not None:
            return situation.record[source.id]
    rendered = render(
        text,
        schema,
        situation.record,
        contact_key=situation.contact_key,
        time_zone=situation.time_zone,
        answers=situation.answers,
    ).text
    if rendered == "":
        return None
    return KINDS[field.kind].parse(rendered, field, situation.now, situation.time_zone)


def _field(update: Mapping[str, str], catalog: Catalog) -> Field | None:
    home = next((each for each in catalog.linked if each.id == update["data_extension_id"]), None)
    if home is None and catalog.event and catalog.event.id == update["data_extension_id"]:
        home = catalog.event
    return home.field(update["field_id"]) if home else None


def _check(activity: Activity, update: Mapping[str, str], context: JourneyContext) -> Iterator[Problem]:
    home = context.data_extension(update["data_extension_id"])
    field = home.field(update["field_id"]) if home else None
    if home is None or field is None:
        yield Problem(
            f"{activity.type}.field.unknown",
            said("{name} sets a field that no longer exists.", name=activity.name),
            activity.key,
            said("Open the tile and choose the field again, or remove the line."),
        )
        return
    if home.link is None:
        yield Problem(
            f"{activity.type}.link",
            said("{name} writes to {home}, whose rows are not linked to contacts.", name=activity.name, home=home.name),
            activity.key,
            said("Open {home} and choose the field that holds the contact key.", home=home.name),
        )
    if context.now is not None and update["value"] and not tokens(update["value"], context.schema):
        try:
            KINDS[field.kind].parse(update["value"], field, context.now, context.time_zone)
        except ValueProblem as problem:
            yield Problem(
                f"{activity.type}.value",
                said("{name}, {field}: {message}", name=activity.name, field=field.name, message=problem.message),
                activity.key,
                said("For example {example}.", example=problem.example)
                if problem.example
                else said("Write another value."),
            )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
