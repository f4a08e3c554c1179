"""Which journeys contacts are in, and taking them out (reference, section 4.1)."""

from __future__ import annotations

from typing import Any

from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.kernel.errors import NotFound
from app.services.list_journeys import list_journeys
from app.services.remove_from_journey import remove_from_journey
from app.services.where_is import where_is

MOST_CONTACTS = 50
IGNORED = "Exit request Ignored - Invalid Interaction Name."
PROCESSED = "Exit process Completed."
UNDER_WAY = "Exit Request is being Processed."


def _membership(call: Call) -> Answer:
    names = {name.lower(): value for name, value in call.object().items()}
    keys = names.get("contactkeylist")
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise refuse(400, 10002, 'The body must be {"ContactKeyList": ["NTO-1001"]}.')
    if len(keys) > MOST_CONTACTS:
        raise refuse(400, 10000, f"{len(keys)} contacts are too many; ask for at most {MOST_CONTACTS}.")
    journeys = {card.id: card.key for card in list_journeys(call.workspace)}
    found, missing = [], []
    for key in dict.fromkeys(keys):
        where = where_is(call.workspace, key)
        if not where.status:
            missing.append(key)
        for stay in where.stays:
            if stay.state == "waiting":
                definition = journeys.get(stay.journey_id, stay.journey_id)
                found.append({"contactKey": key, "definitionKey": definition, "version": stay.version})
    return Answer(200, {"results": {"contactMemberships": found, "contactsNotFound": missing}})


def _exit(call: Call) -> Answer:
    journeys = {card.key.lower(): card.id for card in list_journeys(call.workspace)}
    errors = []
    for contact, definition, versions in _requests(call):
        journey_id = journeys.get(definition.lower())
        if journey_id is None:
            errors.append(_answer(contact, definition, versions, IGNORED))
            continue
        for version in versions or [None]:
            try:
                remove_from_journey(call.workspace, journey_id, contact, version)
            except NotFound:
                errors.append(_answer(contact, definition, [version], IGNORED))
    return Answer(202, {"errors": errors})


def _exit_status(call: Call) -> Answer:
    journeys = {card.key.lower(): card.id for card in list_journeys(call.workspace)}
    shown = []
    for contact, definition, versions in _requests(call):
        journey_id = journeys.get(definition.lower())
        stays = [stay for stay in where_is(call.workspace, contact).stays if stay.journey_id == journey_id]
        mine = [stay for stay in stays if not versions or stay.version in versions]
        words = UNDER_WAY if any(stay.state == "waiting" for stay in mine) else PROCESSED
        shown.append(_answer(contact, definition, versions, words if mine else IGNORED))
    return Answer(200, {"statuses": shown})


def _requests(call: Call) -> list[tuple[str, str, list[Any]]]:
    """Contact, journey and versions of each request. Raises Refusal."""
    if not isinstance(call.body, list) or not all(isinstance(each, dict) for each in call.body):
        raise refuse(400, 10003, 'The body must be a list: [{"ContactKey": ..., "DefinitionKey": ...}].')
    found = []
    for each in call.body:
        names = {name.lower(): value for name, value in each.items()}
        contact, definition = names.get("contactkey"), names.get("definitionkey")
        versions = names.get("versions") or []
        if not isinstance(contact, str) or not isinstance(definition, str):
            raise refuse(400, 10002, "ContactKey and DefinitionKey are required, as texts.")
        if not isinstance(versions, list) or not all(type(number) is int for number in versions):
            raise refuse(400, 10001, "Versions must be a list of whole numbers.")
        found.append((contact, definition, versions))
    return found


def _answer(contact: str, definition: str, versions: list[Any], message: str) -> dict[str, Any]:
    return {
        "contactKey": contact,
        "definitionKey": definition,
        "status": [{"version": version, "message": message} for version in versions or [None]],
    }


_BASE = "/interaction/v1/interactions"
_WHOM = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["ContactKey", "DefinitionKey"],
        "properties": {
            "ContactKey": {"type": "string"},
            "DefinitionKey": {"type": "string"},
            "Versions": {"type": "array", "items": {"type": "integer"}},
        },
    },
}
_KEYS = {
    "type": "object",
    "required": ["ContactKeyList"],
    "properties": {"ContactKeyList": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_CONTACTS}},
}
ROUTES = (
    Route(
        "POST",
        f"{_BASE}/contactMembership",
        "Which journeys contacts are in now",
        _membership,
        answers={200: "Their journeys, and who is not known.", 400: "The body is not a list of keys."},
        body=_KEYS,
    ),
    Route(
        "POST",
        f"{_BASE}/contactexit",
        "Take contacts out of journeys",
        _exit,
        answers={202: "Done; errors lists what was ignored.", 400: "The body is not what it must be."},
        body=_WHOM,
    ),
    Route(
        "POST",
        f"{_BASE}/contactexit/status",
        "Whether contacts have left",
        _exit_status,
        answers={200: "A status for each.", 400: "The body is not what it must be."},
        body=_WHOM,
    ),
)
