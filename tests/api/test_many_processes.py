"""Several servers over one PostgreSQL: entry modes stay exact, and a change counts in all from the next batch on."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import ExitStack, closing

import pytest

from app.bootstrap import open_workspace
from app.kernel.clock import FixedClock
from app.services.create_journey import create_journey
from app.services.open_journey import open_journey
from app.services.pause_journey import pause_journey
from app.services.save_draft import save_draft
from app.services.where_is import where_is
from tests.api.test_process import body, client, serving
from tests.support.databases import NOW
from tests.support.workspace import abandoned_cart, cart_journey

CONTACTS = 20
PROCESSES = 3


@pytest.mark.postgresql
@pytest.mark.slow
def test_three_processes_admit_each_contact_exactly_once(postgresql_url: str) -> None:
    ws = open_workspace(postgresql_url, clock=FixedClock(NOW))
    cart = abandoned_cart(ws)
    outcomes: list[tuple[str, str]] = []
    with ExitStack() as stack:
        urls = [stack.enter_context(serving(postgresql_url))[1] for _ in range(PROCESSES)]

        def fire(url: str) -> None:
            with closing(client(url)) as http:
                for round_number in range(3):
                    for number in range(CONTACTS):
                        contact = f"NTO-{(number * (round_number + 1)) % CONTACTS}"
                        answer = http.post("/interaction/v1/events", json=body(contact))
                        assert answer.status_code == 201, answer.text
                        outcomes.append((contact, answer.headers["Switchback-Decision"]))

        threads = [threading.Thread(target=fire, args=(url,)) for url in urls for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        admitted = Counter(contact for contact, outcome in outcomes if outcome == "admitted")
        assert set(admitted.values()) == {1}
        assert set(admitted) == {contact for contact, _ in outcomes}
        assert len(outcomes) == PROCESSES * 2 * 3 * CONTACTS
        assert all(len(where_is(ws, contact).stays) == 1 for contact in admitted)
        pause_journey(ws, cart.id)
        for url in urls:
            with closing(client(url)) as http:
                answer = http.post("/interaction/v1/events", json=body("NTO-late"))
                assert answer.headers["Switchback-Decision"] == "refused"
    ws.close()


@pytest.mark.postgresql
def test_a_draft_that_starts_to_listen_is_seen_by_another_process(postgresql_url: str) -> None:
    ws = open_workspace(postgresql_url, clock=FixedClock(NOW))
    cart = abandoned_cart(ws)
    with serving(postgresql_url) as (_, url), closing(client(url)) as http:
        first = http.post("/interaction/v1/events", json=body("NTO-1")).json()["eventInstanceId"]
        assert len(http.get(f"/switchback/v1/events/{first}").json()["decisions"]) == 1
        made = create_journey(ws, "Second")
        save_draft(ws, cart_journey(open_journey(ws, made.id).journey, cart.event, cart.data_extension))
        second = http.post("/interaction/v1/events", json=body("NTO-2")).json()["eventInstanceId"]
        assert len(http.get(f"/switchback/v1/events/{second}").json()["decisions"]) == 2
    ws.close()
