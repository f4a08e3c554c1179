"""`POST /interaction/v1/async/events`: up to 100 contacts for one event (reference, section 2.2)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from app.api.answer import Answer, Refusal, of_error, of_fire_error, refuse
from app.api.call import Call, Route
from app.api.event_body import data_of, text_of
from app.engine.facts import Fired
from app.events.fire_event import FireEvent, Origin
from app.kernel.errors import SwitchbackError
from app.kernel.ids import new_guid

MOST_MEMBERS = 100

_BODY = {
    "type": "object",
    "required": ["eventDefinitionKey", "members"],
    "properties": {
        "eventDefinitionKey": {"type": "string", "minLength": 1},
        "members": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_MEMBERS,
            "items": {
                "type": "object",
                "required": ["contactKey"],
                "properties": {"contactKey": {"type": "string"}, "data": {"type": "object"}},
            },
        },
    },
}


def _handle(call: Call) -> Answer:
    body = {name.lower(): value for name, value in call.object().items()}
    key = text_of("eventDefinitionKey", body.get("eventdefinitionkey"))
    members = body.get("members")
    if not isinstance(members, list) or not members:
        raise refuse(400, 10002, "members must be a list with at least one contact.")
    if len(members) > MOST_MEMBERS:
        raise refuse(
            400,
            10000,
            f"Interaction Count Limit Exceeded. We could not queue your {len(members)} contacts: "
            f"one call takes at most {MOST_MEMBERS}.",
        )
    # All are handed over before the first is waited for, so that they share a commit and keep their order.
    submitted = [_submit(call, key, member) for member in members]
    answered = [_wait(each) for each in submitted]
    failed = sum(each.outcome == "error" for each in answered)
    outcomes = {each.outcome for each in answered}
    return Answer(
        201,
        {
            "requestId": new_guid(),
            "count": len(answered) - failed,
            "notQueuedCount": failed,
            "members": [each.body for each in answered],
        },
        {"Switchback-Decision": next((word for word in ("admitted", "refused") if word in outcomes), "none")},
    )


@dataclass(frozen=True, slots=True)
class _Answered:
    """A member's answer."""

    outcome: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Submitted:
    """A member that was handed to the writer."""

    event: FireEvent
    future: Future[Fired]


def _submit(call: Call, key: str, member: Any) -> _Submitted | _Answered:
    """Hand a member over; one that is no event is answered at once."""
    names = {name.lower(): value for name, value in member.items()} if isinstance(member, dict) else {}
    contact = names.get("contactkey")
    try:
        if not isinstance(member, dict):
            raise refuse(400, 10003, "A member must be an object with contactKey and data.")
        event = FireEvent(
            instance_id=new_guid(),
            contact_key=text_of("contactKey", contact),
            event_definition_key=key,
            data=data_of(names.get("data")),
            origin=Origin.API,
        )
    except Refusal as refusal:
        return _failed(contact if isinstance(contact, str) else "", refusal.answer)
    return _Submitted(event, call.workspace.submit(event))


def _wait(submitted: _Submitted | _Answered) -> _Answered:
    if isinstance(submitted, _Answered):
        return submitted
    event = submitted.event
    try:
        fired = submitted.future.result()
    except SwitchbackError as wrong:
        return _failed(event.contact_key, of_error(wrong))
    if fired.error is not None:
        return _failed(event.contact_key, of_fire_error(fired.error))
    return _Answered(fired.outcome, {"contactKey": event.contact_key, "eventInstanceId": event.instance_id})


def _failed(contact: str, answer: Answer) -> _Answered:
    columns = [each["message"] for each in answer.body.get("additionalErrors", ())]
    message = ". ".join([answer.body["message"], *columns])
    return _Answered("error", {"contactKey": contact, "errorcode": answer.body["errorcode"], "message": message})


ROUTE = Route(
    "POST",
    "/interaction/v1/async/events",
    "Fire one event for up to 100 contacts",
    _handle,
    answers={201: "One answer for each member, in their order.", 400: "The whole call was wrong."},
    body=_BODY,
    tag="Events",
)
