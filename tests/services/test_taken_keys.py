"""Workspaces that refuse a primary key that a row has already: on both databases, in groups and between processes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from app.bootstrap import open_workspace
from app.data_extensions.check_row import PrimaryKeys
from app.events.fire_event import FireEvent
from app.kernel.clock import FixedClock
from app.kernel.ids import new_guid
from app.services.fire_event import fire_event
from app.services.page_rows import page_rows
from app.services.settings import read_settings, save_settings
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart


@pytest.fixture
def cart(ws: Workspace) -> Cart:
    made = abandoned_cart(ws)
    choose(ws)
    return made


def choose(ws: Workspace, *, only_admitted_rows: bool = False) -> None:
    settings = read_settings(ws)
    fidelity = replace(settings.fidelity, primary_keys=PrimaryKeys.CONFLICT, only_admitted_rows=only_admitted_rows)
    save_settings(ws, replace(settings, fidelity=fidelity))


def event(contact: str, row: str, country: str = "NO", key: str = "", *, dry_run: bool = False) -> FireEvent:
    data = {"Contact key": row, "Cart total": 60, "Country": country}
    return FireEvent(new_guid(), contact, EVENT_KEY, data, idempotency_key=key, dry_run=dry_run)


def test_of_a_group_the_first_takes_the_key(ws: Workspace, cart: Cart) -> None:
    waiting = [ws.submit(event(f"{number}-{row}", f"K{row}")) for row in range(40) for number in range(3)]
    taken = Counter(fired.event.contact_key[0] for each in waiting if (fired := each.result(60)).error is None)
    assert taken == {"0": 40}
    assert {each.result().error.status for each in waiting if each.result().error} == {409}  # type: ignore[union-attr]
    assert page_rows(ws, cart.data_extension.id, 0, 1).total == 40


def test_a_dry_run_takes_no_key_and_sees_those_that_are_taken(ws: Workspace, cart: Cart) -> None:
    assert fire_event(ws, event("A", "K", dry_run=True)).error is None
    assert fire_event(ws, event("A", "K")).error is None
    refused = fire_event(ws, event("B", "K", dry_run=True)).error
    assert refused is not None
    assert refused.status == 409
    assert "Contact key" in refused.message


def test_a_retry_is_no_second_row_and_a_refused_call_can_be_mended(ws: Workspace, cart: Cart) -> None:
    first = ws.submit(event("A", "K", key="c/1")).result()
    assert ws.submit(event("A", "K", key="c/1")).result().answer_id == first.answer_id
    together = [ws.submit(event("B", "K", key="c/2")) for _ in range(5)]
    assert {each.result().outcome for each in together} == {"error"}
    mended = ws.submit(event("B", "K2", key="c/2")).result()
    assert (mended.error, mended.answer_id) == (None, mended.event.instance_id)


def test_a_row_that_is_not_kept_takes_no_key(ws: Workspace, cart: Cart) -> None:
    choose(ws, only_admitted_rows=True)
    assert fire_event(ws, event("A", "K", "XX")).outcome == "refused"
    assert fire_event(ws, event("B", "K")).outcome == "admitted"
    assert fire_event(ws, event("C", "K")).outcome == "error"


@pytest.mark.postgresql
def test_two_processes_cannot_take_one_key(postgresql_url: str, clock: FixedClock) -> None:
    first = open_workspace(postgresql_url, clock=clock)
    cart = abandoned_cart(first)
    choose(first)
    second = open_workspace(postgresql_url, clock=clock)
    waiting = [each.submit(event(f"{row}", f"K{row}")) for row in range(150) for each in (first, second)]
    taken = Counter(fired.event.contact_key for each in waiting if (fired := each.result(60)).error is None)
    assert set(taken.values()) == {1}
    assert len(taken) == 150
    assert page_rows(first, cart.data_extension.id, 0, 1).total == 150
    first.close()
    second.close()
