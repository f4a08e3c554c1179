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
from app.exchange.interaction_reader import REMAINDER_PATH
from app.exchange.original_settings import write_settings
from app.filters.catalog import Catalog
from app.filters.document import to_document as filter_document
from app.filters.sentence import sentence
from app.filters.tree import Group
from app.filters.xml import to_xml
from app.journey.activities import activity_type
from app.journey.activities.decision_split import REMAINDER
from app.journey.document import ORIGINAL
from app.journey.journey import Activity, Journey, Outcome, Status
from app.kernel.errors import InvalidInput

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
        "defaults": _defaults(journey, event),
    }
    for name, usual in (("channel", ""), ("goals", []), ("exits", []), ("notifiers", []), ("tags", [])):
        shown.setdefault(name, usual)
    if activities:
        key = event.key if event else ""
        shown["activities"] = [_activity(each, catalog, key) for each in journey.activities.values()]
        shown["triggers"] = [_trigger(journey, event, catalog)] if journey.entry else []
    return shown


def moment(at: datetime | None) -> str:
    """A moment as the original writes it; what never happened is the year 1."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] if at else NEVER


def _defaults(journey: Journey, event: EventDefinition | None) -> Json:
    email = [f'{{{{Event.{event.key}."{journey.default_email}"}}}}'] if journey.default_email and event else []
    return {"email": email, "properties": {"analyticsTracking": {"enabled": False}}}


def _trigger(journey: Journey, event: EventDefinition | None, catalog: Catalog) -> Json:
    entry = journey.entry
    assert entry is not None
    criteria, meta = _filter(entry.filter, catalog, event.key if event else "")
    return {
        "id": _stable_id(journey.id, "TRIGGER"),
        "key": "TRIGGER",
        "name": entry.name,
        "description": "",
        "type": entry.type,
        "outcomes": [],
        "arguments": {"startActivityKey": "{{Context.StartActivityKey}}", "filterResult": "true"},
        "configurationArguments": {"schemaVersionId": 0, "criteria": criteria, "filterDefinitionId": NO_ID},
        "metaData": {
            "eventDefinitionId": event.id if event else "",
            "eventDefinitionKey": event.key if event else "",
            "chainType": "None",
            "configurationRequired": False,
            "iconUrl": "/images/icon_journeyBuilder-event-api-blue.svg",
            "title": entry.name,
            "entrySourceGroupConfigUrl": "jb:///data/entry/api-event/entrysourcegroupconfig.json",
            **meta,
        },
    }


def _activity(activity: Activity, catalog: Catalog, event_key: str) -> Json:
    kind = activity_type(activity.type)
    kept = activity.extra.get(ORIGINAL)
    shown: Json = dict(kept) if isinstance(kept, Mapping) else {"arguments": {}}
    filters = {_mc_key(each): _filter(each.filter, catalog, event_key) for each in activity.outcomes if each.filter}
    shown |= {
        "id": shown.get("id") or _stable_id(activity.key, activity.type),
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
        sending = {"emailSubject": subject, "preHeader": preheader}
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
    if key in filters:
        meta |= filters[key][1]
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


def _filter(group: Group | None, catalog: Catalog, event_key: str) -> tuple[str, Json]:
    """The XML of a filter with what its metaData says; what XML cannot carry travels beside it."""
    if group is None or not group.children:
        return "", {"criteriaDescription": ""}
    meta: Json = {"criteriaDescription": sentence(group, catalog)}
    try:
        return to_xml(group, catalog, event_key), meta
    except InvalidInput:
        meta["switchback"] = {"filter": filter_document(group)}
        return "", meta


def _object(value: object) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}


def _stable_id(*parts: str) -> str:
    """The same guid for the same thing, whenever it is written."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("switchback", *parts))))
