"""Events of the Entry Sources page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.events.event_definition import EventDefinition
from app.kernel.errors import Conflict, InvalidInput, NotFound
from app.services.delete_event import delete_event
from app.services.delete_journey import delete_journey
from app.services.duplicate_journey import duplicate_journey
from app.services.list_events import list_events
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.save_event import save_event
from app.services.stop_journey import stop_journey
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, abandoned_cart, carts_schema


def test_an_event_gets_an_id_and_is_listed_by_name(ws: Workspace) -> None:
    schema = save_data_extension(ws, carts_schema())
    second = save_event(ws, EventDefinition("", "b", " order placed ", schema.id, "When an order is placed"))
    first = save_event(ws, EventDefinition("", "a", "Cart abandoned", None))
    assert second.name == "order placed"
    cards = list_events(ws)
    assert [(card.definition, card.data_extension) for card in cards] == [(first, None), (second, schema)]


def test_who_uses_an_event_is_told(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    duplicate_journey(ws, cart.id)
    (card,) = list_events(ws)
    assert card.journeys == ("Abandoned cart", "Copy of Abandoned cart")
    assert card.running == 1


def test_all_that_is_wrong_is_named(ws: Workspace) -> None:
    save_event(ws, EventDefinition("", "cart", "Cart", None))
    with pytest.raises(InvalidInput) as caught:
        save_event(ws, EventDefinition("", "my.key", "", "nowhere"))
    assert [problem.where for problem in caught.value.problems] == ["name", "key", "data_extension"]
    with pytest.raises(InvalidInput) as caught:
        save_event(ws, EventDefinition("", "CART", "Other", None))
    (problem,) = caught.value.problems
    assert problem.code == "key_taken"
    assert "CART-2" in problem.hint
    assert len(list_events(ws)) == 1


def test_the_key_can_change_until_the_first_activation(ws: Workspace) -> None:
    event = save_event(ws, EventDefinition("", "cart", "Cart", None))
    assert save_event(ws, replace(event, key="CART")).key == "CART"
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="cannot change"):
        save_event(ws, replace(cart.event, key="another"))
    assert save_event(ws, replace(cart.event, name="Renamed", activated=False)).activated


def test_the_data_extension_stays_while_a_journey_listens(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    other = save_data_extension(ws, carts_schema("Other"))
    with pytest.raises(Conflict, match="Abandoned cart listens"):
        save_event(ws, replace(cart.event, data_extension_id=other.id))
    draft = abandoned_cart(ws, name="Draft", key="draft", active=False)
    assert save_event(ws, replace(draft.event, data_extension_id=other.id)).data_extension_id == other.id


def test_an_event_in_use_is_not_deleted(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="entry source of Abandoned cart"):
        delete_event(ws, cart.event.id)
    stop_journey(ws, cart.id)
    delete_journey(ws, cart.id)
    delete_event(ws, cart.event.id)
    assert list_events(ws) == ()
    with pytest.raises(NotFound):
        delete_event(ws, cart.event.id)


def test_a_running_older_version_still_uses_its_event(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    new_version(ws, cart.id)
    save_draft(ws, replace(open_journey(ws, cart.id).journey, entry=None))
    with pytest.raises(Conflict):
        delete_event(ws, cart.event.id)


def test_a_key_is_found_whatever_its_case(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    with ws.unit_of_work(writes=False) as work:
        found = work.events.find(EVENT_KEY.upper())
        assert found is not None
        assert found.id == cart.event.id
        assert work.events.find("nothing") is None
