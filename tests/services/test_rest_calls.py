"""REST activities on both databases: recorded, or called after the commit while the contact waits for the answer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.bootstrap import open_workspace
from app.events.fire_event import FireEvent
from app.journey.activities.rest import PATIENCE
from app.journey.calls import CallPolicy
from app.journey.journey import Activity, EntryMode, Outcome
from app.kernel.clock import FixedClock, SystemClock
from app.kernel.ids import new_guid
from app.outbound.http_caller import HttpCaller
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.call_due import call_due
from app.services.clear_test_contacts import clear_test_contacts
from app.services.create_journey import create_journey
from app.services.fire_event import fire_event
from app.services.list_sent import list_sent
from app.services.open_journey import open_journey
from app.services.remove_from_journey import remove_from_journey
from app.services.save_draft import save_draft
from app.services.settings import read_settings, save_settings
from app.services.views import FireResult
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.support.rest_service import rest_service
from tests.support.workspace import EVENT_KEY, abandoned_cart, cart_journey


@pytest.fixture
def caller() -> Iterator[HttpCaller]:
    """Closed at the end."""
    made = HttpCaller()
    yield made
    made.close()


def allow(ws: Workspace, calls: CallPolicy, *, test_calls: bool = False) -> None:
    """What the workspace lets REST activities do."""
    save_settings(ws, replace(read_settings(ws), calls=calls, test_calls=test_calls))


def activate(ws: Workspace, url: str, **settings: object) -> str:
    """A journey that calls and then sends a message with the answer; its id."""
    cart = abandoned_cart(ws, active=False)
    made = create_journey(ws, "Loyalty points")
    whole = cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension)
    given = {"url": url, "verb": "POST", "timeout": 2000, "arguments": [{"name": "who", "value": "{{First name}}"}]}
    rest = Activity("REST-1", "rest", "Points", {**given, **settings}, (Outcome("", next="MAIL-1"),))
    subject = {"subject": "{{Interaction.REST-1.points | no}} points", "body": "b"}
    mail = Activity("MAIL-1", "send_email", "Mail", subject, (Outcome(""),))
    named = replace(whole, name="Loyalty points", first="REST-1", entry_mode=EntryMode.ANY_TIME)
    save_draft(ws, replace(named, activities={"REST-1": rest, "MAIL-1": mail}))
    activate_journey(ws, made.id)
    return made.id


def fire(ws: Workspace, contact: str = "NTO-1001", **more: bool) -> FireResult:
    """Fire the journey's event."""
    data = {"Contact key": contact, "First name": "Kari", "Email": "k@b.no", "Cart total": 60, "Country": "NO"}
    return fire_event(ws, FireEvent(new_guid(), contact, EVENT_KEY, data, **more))  # type: ignore[arg-type]


def notes(ws: Workspace, contact: str = "NTO-1001") -> list[str]:
    """What the contact's newest way says."""
    return [step.note for step in where_is(ws, contact).stays[0].path]


def subjects(ws: Workspace) -> list[str]:
    """Of the emails, newest first."""
    return [message.subject for message in list_sent(ws) if message.channel == "email"]


def test_by_default_calls_are_only_recorded(ws: Workspace, caller: HttpCaller) -> None:
    with rest_service() as service:
        activate(ws, service.url())
        fire(ws)
        assert call_due(ws, caller) == 0
        assert service.asked == []
    assert notes(ws)[0].endswith("not called: this workspace only records calls.")
    assert subjects(ws) == ["no points"]
    recorded = next(message for message in list_sent(ws) if message.channel == "rest")
    assert (recorded.to, recorded.subject, recorded.call) == (service.url(), "POST", None)


def test_the_contact_waits_for_the_answer_and_later_tiles_show_it(ws: Workspace, caller: HttpCaller) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((200, '{"points": 12}')) as service:
        journey_id = activate(ws, service.url())
        fire(ws)
        assert service.asked == []
        assert where_is(ws, "NTO-1001").stays[0].activity_key == "REST-1"
        assert advance_due(ws) == 0
        assert call_due(ws, caller) == 1
        assert call_due(ws, caller) == 0
        assert advance_due(ws) == 1
        body = json.loads(service.asked[0].body)
        assert len(service.asked) == 1
    stay = where_is(ws, "NTO-1001").stays[0]
    assert (body["inArguments"], body["keyValue"], body["journeyId"]) == ([{"who": "Kari"}], "NTO-1001", journey_id)
    assert subjects(ws) == ["12 points"]
    assert [step.state for step in stay.path] == ["done", "ended"]
    assert "waits for its answer. 127.0.0.1:" in stay.path[0].note
    assert "answered 200 in" in stay.path[0].note
    recorded = next(message for message in list_sent(ws) if message.channel == "rest")
    assert recorded.call is not None
    assert (recorded.call.status, recorded.call.answer) == (200, '{"points": 12}')


def test_a_failed_call_is_tried_again_as_its_settings_say(ws: Workspace, caller: HttpCaller, clock: FixedClock) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((500, ""), (503, ""), (200, '{"points": 3}')) as service:
        activate(ws, service.url(), retries=2, retry_delay=60_000)
        fire(ws)
        for tries in (1, 2):
            assert call_due(ws, caller) == 1
            assert call_due(ws, caller) == advance_due(ws) == 0
            assert len(service.asked) == tries
            clock.advance(timedelta(minutes=1))
        assert call_due(ws, caller) == 1
        assert advance_due(ws) == 1
    assert subjects(ws) == ["3 points"]
    assert "after 3 tries" in notes(ws)[0]


def test_a_call_that_fails_for_good_is_an_error_in_the_trace(ws: Workspace, caller: HttpCaller) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((404, "gone")) as service:
        activate(ws, service.url(), retries=3)
        fire(ws)
        call_due(ws, caller)
        advance_due(ws)
        assert len(service.asked) == 1
    assert "answered 404" in notes(ws)[0]
    assert "The contact goes on." in notes(ws)[0]
    assert subjects(ws) == ["no points"]


def test_the_contact_leaves_where_the_tile_says_so(ws: Workspace, caller: HttpCaller) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((400, "")) as service:
        activate(ws, service.url(), on_error="leave")
        fire(ws)
        call_due(ws, caller)
        advance_due(ws)
    stay = where_is(ws, "NTO-1001").stays[0]
    assert stay.state == "ended"
    assert stay.path[-1].note.endswith("The contact left the journey.")
    assert subjects(ws) == []


def test_tests_and_dry_runs_call_nothing_unless_they_may(ws: Workspace, caller: HttpCaller) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((200, '{"points": 1}')) as service:
        journey_id = activate(ws, service.url())
        fire(ws, test=True)
        assert "tests call nothing" in notes(ws)[0]
        allow(ws, CallPolicy.LOCAL, test_calls=True)
        path = next(each.path for each in fire(ws, "NTO-2", dry_run=True).decisions if each.admitted)
        assert "a dry run calls nothing" in path[0].note
        assert call_due(ws, caller) == 0
        fire(ws, "NTO-3", test=True)
        allow(ws, CallPolicy.LOCAL)
        assert call_due(ws, caller) == 1
        advance_due(ws)
        assert "tests call nothing in this workspace now." in notes(ws, "NTO-3")[0]
        assert service.asked == []
        clear_test_contacts(ws, journey_id)
        allow(ws, CallPolicy.LOCAL, test_calls=True)
        fire(ws, "NTO-3", test=True)
        assert call_due(ws, caller) == 1
        assert len(service.asked) == 1


def test_a_call_that_may_not_be_made_any_more_is_not(ws: Workspace, caller: HttpCaller) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service() as service:
        journey_id = activate(ws, service.url())
        fire(ws)
        fire(ws, "NTO-2")
        remove_from_journey(ws, journey_id, "NTO-2")
        allow(ws, CallPolicy.RECORD)
        assert call_due(ws, caller) == 2
        assert advance_due(ws) == 1
        assert service.asked == []
    assert "only records calls now" in notes(ws)[0]


def test_a_call_whose_process_died_is_made_by_another(ws: Workspace, caller: HttpCaller, clock: FixedClock) -> None:
    allow(ws, CallPolicy.LOCAL)
    with rest_service((200, '{"points": 5}')) as service:
        activate(ws, service.url())
        fire(ws)
        with ws.unit_of_work() as work:
            (claimed,) = work.calls.claim(clock.now(), 8)
            assert work.calls.claim(clock.now(), 8) == ()
            work.commit()
        clock.advance(timedelta(minutes=2))
        assert call_due(ws, caller) == 1
        with ws.unit_of_work() as work:
            assert work.calls.results([claimed.stay_id])[claimed.stay_id]["REST-1"].attempts == 2
        advance_due(ws)
    assert subjects(ws) == ["5 points"]


def test_no_answer_in_time_lets_the_contact_go_on(ws: Workspace, clock: FixedClock) -> None:
    allow(ws, CallPolicy.LOCAL)
    activate(ws, "http://127.0.0.1:9/")
    fire(ws)
    clock.advance(PATIENCE + timedelta(minutes=1))
    assert advance_due(ws) == 1
    assert "no answer came in time" in notes(ws)[0]


def test_a_running_program_calls_by_itself(place: str) -> None:
    with rest_service((200, '{"points": 7}')) as service:
        running = open_workspace(place, clock=SystemClock(), background=True)
        try:
            allow(running, CallPolicy.LOCAL)
            activate(running, service.url())
            fire(running)
            for _ in range(300):
                if subjects(running):
                    break
                time.sleep(0.1)
            assert subjects(running) == ["7 points"]
        finally:
            running.close()
