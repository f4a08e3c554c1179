"""One version of a journey is deleted, on both databases; the others and the history stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.events.fire_event import FireEvent
from app.journey.journey import Status
from app.kernel.clock import FixedClock
from app.kernel.errors import Conflict, NotFound
from app.kernel.ids import new_guid
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.delete_version import delete_version
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.list_journeys import list_journeys
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.views import FireResult
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart


def fire(ws: Workspace, contact: str) -> FireResult:
    data = {"Contact key": contact, "Email": "kari@example.com", "Cart total": 60, "Country": "NO"}
    return fire_event(ws, FireEvent(new_guid(), contact, EVENT_KEY, data))


def versions(ws: Workspace) -> list[tuple[int, Status]]:
    return [each for card in list_journeys(ws) for each in card.versions]


def test_a_draft_goes_and_its_number_is_not_used_again(ws: Workspace, cart: Cart) -> None:
    new_version(ws, cart.id)
    delete_version(ws, cart.id, 2)
    assert versions(ws) == [(1, Status.RUNNING)]
    assert open_journey(ws, cart.id).number == 1
    with pytest.raises(NotFound):
        open_journey(ws, cart.id, 2)
    with pytest.raises(NotFound):
        delete_version(ws, cart.id, 2)
    assert fire(ws, "A").outcome == "admitted"
    assert new_version(ws, cart.id).number == 3


def test_an_active_version_or_one_with_contacts_stays(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    said = fire(ws, "A")
    with pytest.raises(Conflict, match="active"):
        delete_version(ws, cart.id, 1)
    new_version(ws, cart.id)
    activate_journey(ws, cart.id)
    with pytest.raises(Conflict, match="inside"):
        delete_version(ws, cart.id, 1)
    clock.advance(timedelta(days=2))
    advance_due(ws)
    delete_version(ws, cart.id, 1)
    assert versions(ws) == [(2, Status.RUNNING)]
    # What its contacts did is still told, and entry modes remember it.
    assert explain_event(ws, said.instance_id).decisions[0].version == 1
    assert where_is(ws, "A").stays[0].version == 1
    assert fire(ws, "A").decisions[0].reason == "ContactPreviouslyInSameInteraction"


def test_with_its_only_version_the_journey_goes(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    delete_version(ws, cart.id, 1)
    assert list_journeys(ws) == ()
