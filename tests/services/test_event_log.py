"""What the log says of events and calls, and how a decision is explained later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.events.event_definition import EventDefinition
from app.events.fire_event import FireEvent, Origin
from app.kernel.errors import NotFound
from app.kernel.ids import new_guid
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.recent_events import recent_events, refused_result
from app.services.save_event import save_event
from app.services.views import EventLine
from app.services.workspace import Workspace
from tests.services.firing import event
from tests.support.workspace import EVENT_KEY, Cart


def test_what_is_explained_later_is_what_was_said_at_once(ws: Workspace, cart: Cart) -> None:
    for fired in (event(), event(total=20), event("NTO-2"), event()):
        said = fire_event(ws, fired)
        later = explain_event(ws, said.instance_id)
        assert replace(later, took_ms=said.took_ms) == said
    with pytest.raises(NotFound):
        explain_event(ws, "none")


def test_the_log_searches_and_counts_every_call(ws: Workspace, cart: Cart) -> None:
    fire_event(ws, event("NTO-1"))
    fire_event(ws, event("NTO-2", total=1))
    fire_event(ws, event("NTO-3", total="x"))
    lines = recent_events(ws)
    assert [line.contact_key for line in lines] == ["NTO-3", "NTO-2", "NTO-1"]
    assert [line.outcome for line in lines] == ["error", "refused", "admitted"]
    assert [line.contact_key for line in recent_events(ws, search="nto-2")] == ["NTO-2"]
    assert [line.contact_key for line in recent_events(ws, search="is not a valid decimal")] == ["NTO-3"]
    assert [line.contact_key for line in recent_events(ws, search="greater than 50")] == ["NTO-2"]
    assert [line.contact_key for line in recent_events(ws, journey_id=cart.id)] == ["NTO-3", "NTO-2", "NTO-1"]
    assert len(recent_events(ws, limit=1)) == 1


def test_a_log_that_is_read_again_explains_only_what_is_new(ws: Workspace, cart: Cart) -> None:
    memory: dict[str, EventLine] = {}
    fire_event(ws, event("NTO-1", total=1))
    first = recent_events(ws, memory=memory)
    assert list(memory.values()) == list(first)
    fire_event(ws, event("NTO-2"))
    again = recent_events(ws, memory=memory)
    assert again == recent_events(ws)
    assert again[1] is first[0]
    memory[first[0].id] = replace(first[0], reason="NotEvaluatingEntryCriteria", why="It waits in the queue.")
    assert recent_events(ws, memory=memory)[1].why == first[0].why
    assert [line.why for line in recent_events(ws, reasons=False)] == ["", ""]


def test_the_log_of_a_journey_has_calls_that_missed_it_and_says_what_to_do(ws: Workspace, cart: Cart) -> None:
    save_event(ws, EventDefinition(new_guid(), "another-event", "Another", None))
    fire_event(ws, FireEvent(new_guid(), "NTO-1", EVENT_KEY + "x", {}, Origin.API))
    fire_event(ws, FireEvent(new_guid(), "", "another-event", {}, Origin.API))
    assert len(recent_events(ws)) == 2
    (mistyped,) = recent_events(ws, journey_id=cart.id)
    assert mistyped.status == 400
    assert f'The nearest key of this workspace is "{EVENT_KEY}".' in mistyped.why
    answer = refused_result(mistyped)
    assert answer.outcome == "error"
    assert answer.error is not None
    assert EVENT_KEY in answer.error.hint
