"""Switchback's own routes: the trace, the log, where a contact is, the live stream, the description of it all."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.api import clients
from app.api.answer import NOT_AUTHORIZED
from app.api.routes import ROUTES
from app.api.tokens import LIFETIME_SECONDS
from app.kernel.clock import FixedClock
from app.services.create_credential import create_credential
from app.services.recent_events import recent_events
from app.services.revoke_credential import revoke_credential
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, Cart


def fire(api: Api, key: str, total: Any = 60) -> httpx.Response:
    data = {"Contact key": key, "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
    return api.http.post(
        "/interaction/v1/events", json={"ContactKey": key, "EventDefinitionKey": EVENT_KEY, "Data": data}
    )


def test_the_trace_of_an_event(api: Api, cart: Cart) -> None:
    instance = fire(api, "NTO-1", 20).json()["eventInstanceId"]
    found = api.http.get(f"/switchback/v1/events/{instance}").json()
    assert found["outcome"] == "refused"
    decision = found["decisions"][0]
    assert decision["reason"] == "DidNotMeetEntryCriteria"
    assert decision["remedyValues"]
    assert [step["ok"] for step in decision["trace"]] == [True, False, None]
    assert found["row"]["Contact key"] == "NTO-1"
    assert api.http.get("/switchback/v1/events/none").status_code == 404


def test_the_log_and_where_a_contact_is(api: Api, cart: Cart) -> None:
    fire(api, "NTO-1")
    fire(api, "NTO-2", "x")
    items = api.http.get("/switchback/v1/events?limit=10").json()["items"]
    assert [(item["contactKey"], item["status"]) for item in items] == [("NTO-2", 400), ("NTO-1", 201)]
    where = api.http.get("/switchback/v1/contacts/NTO-1").json()
    assert (where["status"], where["stays"][0]["state"]) == ("Active", "waiting")
    assert api.http.get("/switchback/v1/contacts/nobody").json()["stays"] == []


def test_health_needs_no_token(api: Api) -> None:
    answer = httpx.get(f"{api.url}/switchback/v1/health")
    assert answer.json()["status"] == "ok"


def test_the_stream_tells_every_event(api: Api, cart: Cart) -> None:
    fire(api, "before")
    with (
        httpx.Client(base_url=api.url, headers=api.http.headers, timeout=30) as http,
        http.stream("GET", "/switchback/v1/stream") as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines) == ": open"
        fire(api, "NTO-1")
        fire(api, "NTO-2", 20)
        seen = []
        for line in lines:
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: ")))
            if len(seen) == 2:
                break
    assert [(line["contactKey"], line["outcome"]) for line in seen] == [("NTO-1", "admitted"), ("NTO-2", "refused")]


def test_the_stream_needs_a_token(api: Api) -> None:
    assert httpx.get(f"{api.url}/switchback/v1/stream").status_code == 401


def test_every_route_is_described(api: Api) -> None:
    found = httpx.get(f"{api.url}/switchback/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, methods in found["paths"].items() for method in methods}
    assert described >= {(route.method, route.path) for route in ROUTES}
    assert ("POST", "/v2/token") in described
    names = [about["operationId"] for methods in found["paths"].values() for about in methods.values()]
    assert len(names) == len(set(names))


def test_the_page_is_html_of_its_own(api: Api) -> None:
    answer = httpx.get(f"{api.url}/switchback/v1/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "https://" not in answer.text


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.open], ids=lambda route: route.key)
def test_no_route_answers_without_a_token(api: Api, route: Any) -> None:
    path = route.path.replace("{", "").replace("}", "")
    answer = httpx.request(route.method, f"{api.url}{path}", json={} if route.body else None)
    assert answer.status_code == 401
    assert answer.json()["message"] == "Not Authorized"


def test_a_contacts_status_is_set_and_minded(api: Api, cart: Cart) -> None:
    address = "/switchback/v1/contacts/NTO-7"
    for status, expected in (("Restricted", 400), ("Deleted", 400), ("Unsubscribed", 201), ("Active", 201)):
        shown = api.http.put(address, json={"status": status})
        assert (shown.status_code, shown.json()["status"]) == (200, status)
        assert fire(api, "NTO-7").status_code == expected
    assert api.http.put(address, json={"status": "restricted"}).json()["status"] == "Restricted"
    for wrong in ({"status": "Asleep"}, {}, []):
        assert api.http.put(address, json=wrong).status_code == 400
    assert api.http.put("/switchback/v1/contacts/" + "x" * 255, json={"status": "Active"}).status_code == 400
    assert api.http.put("/switchback/v1/contacts/a%00b", json={"status": "Active"}).status_code == 400


def test_the_log_says_what_is_wrong_with_a_token(
    api: Api, cart: Cart, ws: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is the same for all four: who has no token is told nothing."""
    client, secret = create_credential(ws, "Shop")
    asked = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    revoked = api.http.post("/v2/token", json=asked).json()["access_token"]
    good = api.token()
    revoke_credential(ws, client)
    monkeypatch.setattr(clients, "FRESH_SECONDS", 0.0)
    body = {"ContactKey": "NTO-1", "EventDefinitionKey": EVENT_KEY}
    answers = []

    def call(path: str, authorization: str) -> None:
        headers = {"Authorization": authorization} if authorization else {}
        answers.append(httpx.post(f"{api.url}{path}", json=body, headers=headers).json())

    events, batch = "/interaction/v1/events", "/interaction/v1/async/events"
    for path in (events, batch):
        for authorization in ("", "Basic abc", "Bearer wrong", f"Bearer {good}x", f"Bearer {revoked}"):
            call(path, authorization)
    clock.advance(timedelta(seconds=LIFETIME_SECONDS))
    call(events, f"Bearer {good}")
    assert all(answer == NOT_AUTHORIZED.body for answer in answers)
    words = ("has no token", "has no token", "none of this workspace's", "none of this workspace's", "was revoked")
    expected = [*words, *words, "older than 18 minutes"]
    for _ in range(100):
        lines = [line for line in recent_events(ws, 50) if line.status == 401]
        if len(lines) == len(expected):
            break
        time.sleep(0.05)
    assert [sum(word in line.why for line in lines) for word in dict.fromkeys(expected)] == [4, 4, 2, 1]
    assert not any(line.error and line.error.problems for line in lines)
