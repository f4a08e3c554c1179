"""Reads the body of `POST /interaction/v1/events` into one event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api.answer import Refusal, refuse
from app.engine.contract import INVALID, MISSING, WRONG_TYPE
from app.events.fire_event import FireEvent, Origin
from app.kernel.ids import new_guid


def read_event(body: Any, query: Mapping[str, str]) -> FireEvent:
    """The event of a body; the three names are read without regard to case. A key in the query string fills the gap.

    Raises Refusal for what is no event: not an object, a name of the wrong type, two that differ in case alone.
    """
    if not isinstance(body, dict):
        raise refuse(400, 10003, 'The body must be a JSON object: {"ContactKey": ..., "EventDefinitionKey": ...}.')
    if "ContactKey" in body and "EventDefinitionKey" in body:
        contact_key, event_key = body["ContactKey"], body["EventDefinitionKey"]
        data = body["Data"] if "Data" in body else _by_any_case(body).get("data")
    else:
        names = _by_any_case(body)
        contact_key, event_key, data = names.get("contactkey"), names.get("eventdefinitionkey"), names.get("data")
    if event_key is None:
        event_key = query.get("eventdefinitionkey")
    return FireEvent(
        instance_id=new_guid(),
        contact_key=text_of("ContactKey", contact_key),
        event_definition_key=text_of("EventDefinitionKey", event_key),
        data=data_of(data),
        origin=Origin.API,
    )


def text_of(name: str, value: Any) -> str:
    """A required text. Raises Refusal."""
    if value is None:
        raise refuse(400, MISSING, f"The required parameter {name} is missing.")
    if not isinstance(value, str):
        raise refuse(400, WRONG_TYPE, f'{name} must be a text, for example {{"{name}": "NTO-1001"}}.')
    return value


def data_of(value: Any) -> dict[str, Any]:
    """The values for the data extension; none at all is an empty object. Raises Refusal."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse(400, WRONG_TYPE, 'Data must be an object of names and values, for example {"Country": "NO"}.')
    return value


def _by_any_case(body: Mapping[str, Any]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in body.items():
        lower = name.lower()
        if lower in names and lower in ("contactkey", "eventdefinitionkey", "data"):
            raise Refusal(refuse(400, INVALID, f"The body has {name} twice, in different case.").answer)
        names[lower] = value
    return names
