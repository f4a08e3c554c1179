"""A journey as the original's JSON (reference, 4.3).

What the original has no place for travels in `metaData.switchback`, which the original leaves alone; what came from the
original and means nothing here was kept in `extra` and goes back as it came.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.events.event_definition import EventDefinition
from app.exchange.asides import asides_of, without_asides
from app.exchange.canvas_members import write_canvas
from app.exchange.criteria_entries import write_entries
from app.exchange.criteria_xml import write_filter
from app.exchange.interaction_reader import REMAINDER_PATH, TRIGGER, UNNAMED, default_email
from app.exchange.original_settings import write_settings
from app.filters.catalog import Catalog
from app.filters.document import to_document as filter_document
from app.journey.activities import activity_type
from app.journey.activities.decision_split import REMAINDER
from app.journey.document import ORIGINAL
from app.journey.journey import Activity, Journey, Outcome, Status

Json = dict[str, Any]
NEVER = "0001-01-01T00:00:00"
NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What the journey itself does not say. `definition_id` is the version's own id."""

    definition_id: str
    number: int
    status: Status
    created_at: datetime | None
    modified_at: datetime
    published_at: datetime | None = None
    inside: int = 0
    entered: int = 0
    met_goal: int = 0
    met_exit: int = 0


def interaction_json(
    journey: Journey, facts: VersionFacts, event: EventDefinition | None, catalog: Catalog, *, activities: bool = True
) -> Json:
    """The interaction. Without `activities` as a list shows it."""
    kept = journey.extra.get(ORIGINAL)
    shown: Json = dict(kept) if isinstance(kept, Mapping) else {}
    shown |= {
        "id": journey.id,
        "key": journey.key,
        "name": journey.name,
        "description": journey.description,
        "version": facts.number,
        "workflowApiVersion": 1,
        "createdDate": moment(facts.created_at),
        "modifiedDate": moment(facts.modified_at),
        "lastPublishedDate": moment(facts.published_at),
        "entryMode": journey.entry_mode.value,
        "definitionType": "Multistep",
        "executionMode": "Production",
        "status": facts.status.value,
        "scheduledStatus": Status.DRAFT.value,
        "definitionId": facts.definition_id,
        "stats": {
            "currentPopulation": facts.inside,
            "cumulativePopulation": facts.entered,
            "metGoal": facts.met_goal,
            "metExitCriteria": facts.met_exit,
            "goalPerformance": round(100 * facts.met_goal / facts.entered, 2) if facts.entered else 0,
        },
        "defaults": _defaults(journey, event, _object(shown.get("defaults"))),
    }
    usual: Json = {"channel": "", "goals": [], "exits": [], "notifiers": [], "tags": []}
    usual["metaData"] = {"dataSource": "ContactsModel", "highThroughputSending": {"email": False}}
    shown = usual | shown
    key = event.key if event else ""
    asides = asides_of(journey)
    entries, beside = write_entries(asides, shown, catalog, key)
    if asides or beside:
        shown |= entries
    if activities:
        way = without_asides(journey)
        shown["activities"] = [_activity(journey.id, each, catalog, key) for each in way.activities.values()]
        shown["triggers"] = [_trigger(journey, event, catalog)] if journey.entry else []
        own = write_canvas(journey, way) | beside
        if own and isinstance(shown["metaData"], Mapping):
            shown["metaData"] = {**shown["metaData"], "switchback": own}
    return shown


def activity_id(journey_id: str, activity: Activity) -> str:
    """The id by which the original's JSON and its history name an activity: the one that it came with, if any."""
    kept = activity.extra.get(ORIGINAL)
    came = kept.get("id") if isinstance(kept, Mapping) else None
    return came if isinstance(came, str) and came else _stable_id(journey_id, activity.key, activity.type)


def original_type(activity: Activity) -> str:
    """The original's type of an activity, its own for one that is not known here."""
    return activity_type(activity.type).mc_type or activity.type


def moment(at: datetime | None) -> str:
    """A moment as the original writes it; what never happened is the year 1."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] if at else NEVER


def _defaults(journey: Journey, event: EventDefinition | None, was: Json) -> Json:
    """The default addresses: those that came, where the first that can be read here is still the journey's."""
    usual: Json = {"email": [], "properties": {"analyticsTracking": {"enabled": False}}}
    if default_email(was) == journey.default_email and _names_event(was.get("email"), event):
        return usual | was
    email = [f'{{{{Event.{event.key}."{journey.default_email}"}}}}'] if journey.default_email and event else []
    return usual | was | {"email": email}


def _names_event(email: object, event: EventDefinition | None) -> bool:
    """Whether the bindings to an event's data are to that event: it may have another key by now."""
    bound = [each for each in email if "{{Event." in str(each)] if isinstance(email, list) else []
    return all(event is not None and f"{{{{Event.{event.key}." in str(each) for each in bound)


def _trigger(journey: Journey, event: EventDefinition | None, catalog: Catalog) -> Json:
    entry = journey.entry
    assert entry is not None
    kept = _object(entry.extra.get(ORIGINAL))
    meta = {**_object(kept.get("metaData"))}
    meta.pop("switchback", None)
    configuration = _object(kept.get("configurationArguments"))
    key = event.key if event else ""
    criteria, said = write_filter(entry.filter, catalog, key, configuration.get("criteria"), meta)
    unnamed = entry.name == UNNAMED and kept.get("name") in ("", TRIGGER)
    return {
        "id": _stable_id(journey.id, TRIGGER),
        "key": TRIGGER,
        "description": "",
        "outcomes": [],
        "arguments": {"startActivityKey": "{{Context.StartActivityKey}}", "filterResult": "true"},
        **kept,
        "name": kept["name"] if unnamed else entry.name,
        "type": entry.type,
        "configurationArguments": {
            "schemaVersionId": 0,
            "filterDefinitionId": NO_ID,
            **configuration,
            "criteria": criteria,
        },
        "metaData": {
            "chainType": "None",
            "configurationRequired": False,
            "iconUrl": "/images/icon_journeyBuilder-event-api-blue.svg",
            "title": entry.name,
            "entrySourceGroupConfigUrl": "jb:///data/entry/api-event/entrysourcegroupconfig.json",
            **meta,
            "eventDefinitionId": event.id if event else "",
            "eventDefinitionKey": event.key if event else "",
            **said,
        },
    }


def _activity(journey_id: str, activity: Activity, catalog: Catalog, event_key: str) -> Json:
    kind = activity_type(activity.type)
    kept = activity.extra.get(ORIGINAL)
    shown: Json = dict(kept) if isinstance(kept, Mapping) else {"arguments": {}}
    filters = {
        _mc_key(each): _path_filter(each, shown, catalog, event_key)
        for each in activity.outcomes
        if each.filter is not None
    }
    shown |= {
        "id": activity_id(journey_id, activity),
        "key": activity.key,
        "name": activity.name,
        "description": activity.description,
        "type": kind.mc_type,
        "outcomes": [_outcome(each, filters) for each in activity.outcomes],
    }
    configuration, arguments = _configuration(activity, filters, event_key, shown)
    shown["configurationArguments"] = {**_object(shown.get("configurationArguments")), **configuration}
    shown["arguments"] = {**_object(shown.get("arguments")), **arguments}
    own = {"type": activity.type, "settings": dict(activity.settings), "disabled": activity.disabled}
    shown["metaData"] = {**_object(shown.get("metaData")), "isConfigured": True, "switchback": own}
    return shown


def _path_filter(outcome: Outcome, shown: Json, catalog: Catalog, event_key: str) -> tuple[str, Json]:
    """The filter of a path as XML and metaData; an empty one says so, for no filter at all is something else."""
    was = _object(_object(shown.get("configurationArguments")).get("criteria")).get(_mc_key(outcome))
    was_meta = _object(_object(outcome.extra.get(ORIGINAL)).get("metaData"))
    xml, meta = write_filter(outcome.filter, catalog, event_key, was, was_meta)
    if outcome.filter is not None and not xml:
        meta["switchback"] = {"filter": filter_document(outcome.filter)}
    return xml, meta


def _configuration(
    activity: Activity, filters: Mapping[str, tuple[str, Json]], event_key: str, kept: Json
) -> tuple[Json, Json]:
    """What the original knows of the settings: configurationArguments and arguments."""
    settings = activity.settings
    if activity.type == "wait":
        duration = _object(settings.get("duration"))
        unit = str(duration.get("unit", "")).upper()
        return {"waitDuration": duration.get("amount"), "waitUnit": unit, "specifiedTime": settings.get("time", "")}, {}
    if activity.type == "decision_split":
        return {"criteria": {key: xml for key, (xml, _) in filters.items()}, "schemaVersionId": 252}, {}
    if activity.type == "send_email":
        subject, preheader = settings.get("subject", ""), settings.get("preheader", "")
        was = _object(_object(kept.get("configurationArguments")).get("triggeredSend"))
        sending = {**was, "emailSubject": subject, "preHeader": preheader}
        return {"applicationExtensionKey": "jb-email-activity", "triggeredSend": sending}, {}
    if activity.type == "update_contact":
        updates = [
            {
                "dataExtensionId": each.get("data_extension_id"),
                "field": each.get("field_id"),
                "value": each.get("value"),
            }
            for each in settings.get("updates") or ()
            if isinstance(each, Mapping)
        ]
        return {}, {"activityData": {"updateContactFields": updates}, "contactKey": "{{Contact.Key}}"}
    return write_settings(activity, event_key, kept)


def _outcome(outcome: Outcome, filters: Mapping[str, tuple[str, Json]]) -> Json:
    key = _mc_key(outcome)
    kept = outcome.extra.get(ORIGINAL)
    shown: Json = dict(kept) if isinstance(kept, Mapping) else {"arguments": {}}
    meta = {**_object(shown.get("metaData")), "label": outcome.label, "invalid": False}
    meta.pop("switchback", None)
    meta |= filters.get(key, ("", {}))[1]
    if outcome.settings:
        meta["switchback"] = {**_object(meta.get("switchback")), "settings": dict(outcome.settings)}
        if "percentage" in outcome.settings:
            shown["arguments"] = {**_object(shown.get("arguments")), "percentage": str(outcome.settings["percentage"])}
    shown |= {"key": key, "metaData": meta}
    shown.pop("next", None)
    if outcome.next is not None:
        shown["next"] = outcome.next
    return shown


def _mc_key(outcome: Outcome) -> str:
    return REMAINDER_PATH if outcome.key == REMAINDER else outcome.key


def _object(value: object) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}


def _stable_id(*parts: str) -> str:
    """The same guid for the same thing, whenever it is written."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("switchback", *parts))))
