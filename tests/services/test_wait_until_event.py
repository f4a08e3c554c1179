"""Wait until API event, on both databases: the event comes, or the time runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.events.event_definition import EventDefinition
from app.events.fire_event import FireEvent
from app.journey.journey import Activity, EntryMode, Outcome
from app.kernel.clock import FixedClock
from app.kernel.ids import new_guid
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.list_sent import list_sent
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.pause_journey import WAKE, pause_journey, resume_journey
from app.services.save_draft import save_draft
from app.services.save_event import save_event
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, abandoned_cart, cart_journey

ORDERED = "APIEvent-ordered"


@pytest.fixture
def journey_id(ws: Workspace) -> str:
    """A journey that waits up to seven days for the order, then thanks or reminds."""
    cart = abandoned_cart(ws, active=False)
    save_event(ws, EventDefinition("", ORDERED, "Cart ordered", cart.data_extension.id))
    made = create_journey(ws, "Waits for the order")
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    wait = Activity(
        "WAITBYEVENT-1",
        "wait_until_event",
        "Ordered?",
        {"event": ORDERED.upper(), "time_out": {"amount": 7, "unit": "days"}},
        (Outcome("event", "Event came", "EMAILV2-1"), Outcome("time-out", "Time-out", "EMAILV2-2")),
    )
    mails = {
        key: Activity(key, "send_email", key, {"subject": subject, "body": "b"}, (Outcome(""),))
        for key, subject in (("EMAILV2-1", "Thank you"), ("EMAILV2-2", "Still there?"))
    }
    tiles = {wait.key: wait, **mails}
    waits = replace(whole, first=wait.key, activities=tiles, entry_mode=EntryMode.ANY_TIME)
    save_draft(ws, replace(waits, name="Waits for the order"))
    activate_journey(ws, made.id)
    return made.id


def fire(ws: Workspace, key: str, contact: str = "NTO-1001") -> str:
    """Fire an event for a contact that any filter lets pass."""
    data = {"Contact key": contact, "First name": "Kari", "Email": "k@b.no", "Cart total": 60, "Country": "NO"}
    return fire_event(ws, FireEvent(new_guid(), contact, key, data)).outcome


def test_the_event_lets_its_contact_go_on_at_once(ws: Workspace, journey_id: str) -> None:
    assert fire(ws, EVENT_KEY) == "admitted"
    assert fire(ws, EVENT_KEY, "NTO-1002") == "admitted"
    assert advance_due(ws) == 0
    assert fire(ws, ORDERED) == "none"
    assert advance_due(ws) == 1
    assert [(message.subject, message.contact_key) for message in list_sent(ws)] == [("Thank you", "NTO-1001")]
    assert where_is(ws, "NTO-1001").stays[0].state == "ended"
    assert where_is(ws, "NTO-1002").stays[0].state == "waiting"
    assert fire(ws, ORDERED) == "none"
    assert advance_due(ws) == 0


def test_the_time_runs_out(ws: Workspace, journey_id: str, clock: FixedClock) -> None:
    fire(ws, EVENT_KEY)
    clock.advance(timedelta(days=7))
    assert advance_due(ws) == 1
    assert [message.subject for message in list_sent(ws)] == ["Still there?"]
    assert fire(ws, ORDERED) == "none"
    assert advance_due(ws) == 0


def test_who_entered_on_an_older_version_still_waits(ws: Workspace, journey_id: str) -> None:
    fire(ws, EVENT_KEY)
    draft = new_version(ws, journey_id)
    mail = draft.journey.activities["EMAILV2-1"]
    save_draft(ws, replace(draft.journey, first=mail.key, activities={mail.key: mail}))
    activate_journey(ws, journey_id)
    fire(ws, ORDERED)
    assert advance_due(ws) == 1
    assert [message.subject for message in list_sent(ws)] == ["Thank you"]


@pytest.mark.parametrize(("choice", "subjects"), [(True, ["Thank you"]), (False, [])])
def test_whether_the_event_counts_while_the_journey_is_paused(
    ws: Workspace, journey_id: str, choice: bool, subjects: list[str]
) -> None:
    fire(ws, EVENT_KEY)
    pause_journey(ws, journey_id, {WAKE: choice})
    fire(ws, ORDERED)
    assert advance_due(ws) == 0
    resume_journey(ws, journey_id)
    advance_due(ws)
    assert [message.subject for message in list_sent(ws)] == subjects
