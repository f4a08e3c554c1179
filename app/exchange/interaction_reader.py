"""Reads the original's journey JSON (reference, 4.3) into a journey. Unknown members are kept, and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.events.event_definition import EventDefinition
from app.exchange.asides import start_of
from app.exchange.canvas_members import read_canvas
from app.exchange.criteria_entries import Entries, read_entries
from app.exchange.criteria_xml import read_filter
from app.exchange.original_settings import leaf_of, read_settings
from app.filters.catalog import Catalog
from app.filters.tree import EMPTY, Group
from app.journey.activities import ACTIVITIES
from app.journey.activities.decision_split import REMAINDER
from app.journey.document import ORIGINAL, entry_mode
from app.journey.journey import Activity, Entry, EntryMode, Journey, Outcome
from app.kernel.errors import InvalidInput
from app.kernel.said import said

Json = dict[str, Any]
REMAINDER_PATH = "remainder_path"
TRIGGER, UNNAMED = "TRIGGER", "API Event"
"""The original's name of an entry source that nobody named, and what it is called here."""

FindEvent = Callable[[str, str], tuple[EventDefinition, Catalog] | None]
"""The event definition with that id or that key, and what its filters may ask; None: the workspace has none."""

_OWN = {
    "id", "key", "name", "description", "entryMode", "activities", "triggers", "version", "status", "createdDate",
    "modifiedDate", "lastPublishedDate", "stats", "healthStats", "definitionId", "scheduledStatus",
}  # fmt: skip
_BINDING = re.compile(r'\{\{\s*Event\.[^."]+\."?([^"}]+?)"?\s*\}\}')


def read_interaction(document: Mapping[str, Any], journey_id: str, find_event: FindEvent) -> Journey:
    """The journey of an interaction; `journey_id` is the id that it gets here.

    Raises InvalidInput with the place of what cannot be read, or for an event definition that there is not.
    """
    triggers = _list(document, "triggers")
    found, entry = _read_trigger(triggers[0], find_event) if triggers else (None, None)
    event, catalog = found if found else (None, Catalog())
    key = event.key if event else ""
    activities = [_activity(each, index, catalog, key) for index, each in enumerate(_list(document, "activities"))]
    by_key = {activity.key: activity for activity in activities}
    if len(by_key) != len(activities):
        raise InvalidInput(said("Two activities have the same key."), where="activities")
    meta = document.get("metaData")
    own = _object(meta.get("switchback"), "metaData.switchback") if isinstance(meta, Mapping) else {}
    entries = read_entries(document, own, by_key, catalog, key)
    journey = Journey(
        id=journey_id,
        key=_text(document, "key"),
        name=_text(document, "name"),
        description=_text(document, "description"),
        entry=entry,
        entry_mode=entry_mode(document["entryMode"]) if document.get("entryMode") else EntryMode.NOT_SET,
        first=start_of(activities),
        activities=by_key,
        default_email=default_email(document.get("defaults")),
        extra={ORIGINAL: _kept(document, entries)},
    )
    return read_canvas(own, journey, entries.asides)


def _kept(document: Mapping[str, Any], entries: Entries) -> Json:
    """What has no other place here, without what Switchback wrote into it."""
    kept = {name: value for name, value in document.items() if name not in _OWN}
    for member, rest in (("goals", entries.goals), ("exits", entries.exits)):
        if isinstance(kept.get(member), list):
            kept[member] = list(rest)
    if isinstance(kept.get("metaData"), Mapping):
        kept["metaData"] = {name: value for name, value in kept["metaData"].items() if name != "switchback"}
    return kept


def _read_trigger(trigger: object, find_event: FindEvent) -> tuple[tuple[EventDefinition, Catalog] | None, Entry]:
    node = _object(trigger, "triggers[0]")
    meta = _object(node.get("metaData"), "triggers[0].metaData")
    event_id, key = _text(meta, "eventDefinitionId"), _text(meta, "eventDefinitionKey")
    found = find_event(event_id, key) if event_id or key else None
    if found is None and (event_id or key):
        raise InvalidInput(
            said("There is no event definition {key}.", key=key or event_id),
            where="triggers[0].metaData.eventDefinitionKey",
            hint=said("Create it first: POST /interaction/v1/eventDefinitions."),
        )
    event, catalog = found if found else (None, Catalog())
    criteria = _text(_object(node.get("configurationArguments"), "triggers[0]"), "criteria")
    return found, Entry(
        name=_text(node, "name") if _text(node, "name") not in ("", TRIGGER) else UNNAMED,
        type=_text(node, "type") or "APIEvent",
        event_definition_id=event.id if event else None,
        filter=_filter(
            criteria, meta, catalog, event.key if event else "", "triggers[0].configurationArguments.criteria"
        )
        or EMPTY,
        extra={ORIGINAL: node},
    )


def _activity(document: object, index: int, catalog: Catalog, event_key: str) -> Activity:
    where = f"activities[{index}]"
    node = _object(document, where)
    key, mc_type = _text(node, "key"), _text(node, "type")
    if not key or not mc_type:
        raise InvalidInput(said("An activity needs a key and a type."), where=where)
    meta = _object(node.get("metaData"), f"{where}.metaData")
    own = _object(meta.get("switchback"), where)
    configuration = _object(node.get("configurationArguments"), f"{where}.configurationArguments")
    leaf = ACTIVITIES.get(_text(own, "type")) or leaf_of(mc_type, configuration)
    usual = dict(leaf.make(key).settings) if leaf and "settings" not in own else {}
    settings = usual | _object(own.get("settings"), where) | _settings(leaf.key if leaf else "", node, configuration)
    criteria = _object(configuration.get("criteria") or None, f"{where}.configurationArguments.criteria")
    outcomes = tuple(
        _outcome(_object(each, where), criteria, catalog, event_key, where) for each in _list(node, "outcomes", where)
    )
    return Activity(
        key=key,
        type=leaf.key if leaf else mc_type,
        name=_text(node, "name") or key,
        settings=settings,
        outcomes=outcomes or (Outcome(""),),
        description=_text(node, "description"),
        disabled=own.get("disabled") is True,
        extra={ORIGINAL: {name: value for name, value in node.items() if name not in _ACTIVITY}},
    )


_ACTIVITY = {"key", "name", "description", "type", "outcomes"}


def _settings(type_key: str, node: Json, configuration: Json) -> Json:
    """Our settings from the original's members, where it has them."""
    if type_key == "wait" and configuration.get("waitDuration") not in (None, ""):
        unit = str(configuration.get("waitUnit") or "DAYS").lower()
        found: Json = {"duration": {"amount": _whole(configuration["waitDuration"]), "unit": unit}}
        if configuration.get("specifiedTime"):
            found["time"] = str(configuration["specifiedTime"])[:5]
        return found
    if type_key == "send_email":
        sending = _object(configuration.get("triggeredSend"), "triggeredSend")
        pairs = (("subject", sending.get("emailSubject")), ("preheader", sending.get("preHeader")))
        return {name: value for name, value in pairs if isinstance(value, str) and value}
    if type_key == "update_contact":
        data = _object(_object(node.get("arguments"), "arguments").get("activityData"), "activityData")
        updates = data.get("updateContactFields")
        if isinstance(updates, list):
            return {"updates": [_update(each) for each in updates if isinstance(each, dict)]}
    return read_settings(type_key, node, configuration)


def _update(item: Json) -> Json:
    value = item.get("value")
    return {
        "data_extension_id": str(item.get("dataExtensionId") or ""),
        "field_id": str(item.get("field") or ""),
        "value": value if isinstance(value, str) else "",
    }


def _filter(xml: str, meta: Mapping[str, Any], catalog: Catalog, event_key: str, where: str) -> Group | None:
    """The filter of that place. Raises InvalidInput that names it."""
    try:
        return read_filter(xml, meta, catalog, event_key)
    except InvalidInput as wrong:
        named = tuple(replace(each, message=f"{where}: {each.message}") for each in wrong.problems)
        raise InvalidInput(f"{where}: {wrong.message}", named, where=where, hint=wrong.hint) from wrong


def _outcome(node: Json, criteria: Json, catalog: Catalog, event_key: str, where: str) -> Outcome:
    """An outcome of the activity at `where`."""
    key = _text(node, "key")
    meta = _object(node.get("metaData"), "outcome")
    own = _object(meta.get("switchback"), "outcome")
    place = f"{where}.configurationArguments.criteria.{key}"
    xml = criteria.get(key)
    if xml is not None and not isinstance(xml, str):
        raise InvalidInput(f"{place} must be a text: a filter as XML.", where=place)
    settings = _object(own.get("settings"), "outcome")
    percentage = _object(node.get("arguments"), "outcome").get("percentage")
    if percentage not in (None, ""):
        settings["percentage"] = _whole(percentage)
    return Outcome(
        key=REMAINDER if key == REMAINDER_PATH else key,
        label=_text(meta, "label"),
        next=_text(node, "next") or None,
        filter=_filter(xml or "", meta, catalog, event_key, place),
        settings=settings,
        extra={ORIGINAL: {name: value for name, value in node.items() if name not in ("key", "next")}},
    )


def default_email(defaults: object) -> str | None:
    """The field behind the first binding of the default addresses."""
    listed = defaults.get("email") if isinstance(defaults, dict) else None
    for each in listed if isinstance(listed, list) else ():
        found = _BINDING.fullmatch(each.strip()) if isinstance(each, str) else None
        if found:
            return found[1]
    return None


def _whole(value: object) -> Any:
    """A whole number that may come as text; anything else stays, and validation names it."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _object(value: object, where: str) -> Json:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidInput(said("An object is expected in {where}.", where=where), where=where)
    return dict(value)


def _list(node: Mapping[str, Any], name: str, where: str = "") -> list[Any]:
    value = node.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInput(said("{name} must be a list.", name=name), where=f"{where}.{name}" if where else name)
    return value


def _text(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput(said("{name} must be a text.", name=name), where=name)
    return value
