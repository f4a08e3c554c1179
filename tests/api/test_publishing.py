"""Journeys over HTTP as they go: published, paused, resumed, stopped, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, Cart, abandoned_cart

BASE = "/interaction/v1/interactions"


def fire(api: Api, key: str, total: Any = 60) -> None:
    data = {"Contact key": key, "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
    sent = {"ContactKey": key, "EventDefinitionKey": EVENT_KEY, "Data": data}
    assert api.http.post("/interaction/v1/events", json=sent).status_code == 201


def test_publish_and_validate(api: Api, ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    validated = api.http.post(f"{BASE}/validateAsync/{cart.id}?versionNumber=1").json()
    assert validated["statusUrl"].endswith(validated["statusId"])
    status = api.http.get(validated["statusUrl"]).json()
    assert (status["status"], status["errors"]) == ("ValidateCompleted", [])
    published = api.http.post(f"{BASE}/publishAsync/{cart.id}?versionNumber=1").json()
    assert api.http.get(published["statusUrl"]).json()["status"] == "PublishCompleted"
    assert api.http.get(f"{BASE}/{cart.id}").json()["status"] == "Published"
    again = api.http.post(f"{BASE}/publishAsync/{cart.id}")
    assert again.status_code == 400
    assert again.json()["message"] == "Cannot publish interaction in Published status."


def test_what_blocks_a_publication_is_said_by_its_status(api: Api) -> None:
    made = api.http.post(BASE, json={"key": "k", "name": "Empty", "workflowApiVersion": 1}).json()
    published = api.http.post(f"{BASE}/publishAsync/{made['id']}").json()
    status = api.http.get(published["statusUrl"]).json()
    assert status["status"] == "Error"
    assert any("entry event" in each["errorDetail"] for each in status["errors"])
    assert api.http.get(f"{BASE}/publishStatus/none").status_code == 404


def test_pause_resume_stop(api: Api, ws: Workspace, cart: Cart) -> None:
    fire(api, "NTO-1")
    key = cart.open.journey.key
    missing = api.http.post(f"{BASE}/pause/{cart.id}", json={})
    assert (missing.status_code, missing.json()["errorcode"]) == (400, 10005)
    assert api.http.post(f"{BASE}/resume/{cart.id}").json()["errorcode"] == 10000
    paused = api.http.post(f"{BASE}/pause/key:{key}?versionNumber=1&allVersions=false", json={"PausedDays": 14})
    assert (paused.status_code, paused.json()) == (202, {"status": "Accepted"})
    assert api.http.get(f"{BASE}/status/key:{key}?VersionNumber=1").json()[0]["status"] == "Paused"
    assert api.http.post(f"{BASE}/resume/key:{key}?versionNumber=1").status_code == 202
    assert api.http.post(f"{BASE}/stop/{cart.id}").status_code == 400
    assert api.http.post(f"{BASE}/stop/{cart.id}?versionNumber=1").status_code == 202
    assert where_is(ws, "NTO-1").stays[0].state == "stopped"
    assert api.http.post(f"{BASE}/stop/{cart.id}?versionNumber=1").status_code == 400
    assert api.http.delete(f"{BASE}/{cart.id}").status_code == 200
    assert api.http.get(f"{BASE}/{cart.id}").status_code == 404


def test_an_active_journey_is_not_deleted(api: Api, cart: Cart) -> None:
    assert api.http.delete(f"{BASE}/{cart.id}").status_code == 409
    assert api.http.delete(f"{BASE}/{cart.id}?versionNumber=1").status_code == 409
    assert api.http.delete(f"{BASE}/{cart.id}?versionNumber=7").status_code == 404
    assert api.http.delete(f"{BASE}/{cart.id}?versionNumber=x").status_code == 400


def test_one_version_is_deleted(api: Api, cart: Cart) -> None:
    shown = api.http.get(f"{BASE}/{cart.id}").json()
    assert api.http.put(f"{BASE}/{cart.id}", json=shown).json()["version"] == 2
    statuses = f"{BASE}/status/{cart.id}?allVersions=true"
    assert [each["versionNumber"] for each in api.http.get(statuses).json()] == [1, 2]
    assert api.http.delete(f"{BASE}/{cart.id}?versionNumber=2").status_code == 200
    assert [each["versionNumber"] for each in api.http.get(statuses).json()] == [1]
    assert api.http.get(f"{BASE}/{cart.id}?versionNumber=2").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{"PausedDays": "x"}, {"PausedDays": 0}, {"GuardrailAction": "Explode"}, {"ExtendWaitEndDates": 1}],
)
def test_a_pause_that_is_none_is_refused(api: Api, cart: Cart, body: dict[str, Any]) -> None:
    answer = api.http.post(f"{BASE}/pause/{cart.id}?allVersions=true", json=body)
    assert (answer.status_code, answer.json()["errorcode"]) == (400, 10006)
    assert next(iter(body)) in answer.json()["validationErrors"][0]["message"]


def test_only_the_version_that_is_named_is_paused(api: Api, cart: Cart) -> None:
    shown = api.http.get(f"{BASE}/{cart.id}").json()
    assert api.http.put(f"{BASE}/{cart.id}", json=shown).json()["version"] == 2
    assert api.http.post(f"{BASE}/pause/{cart.id}?versionNumber=2").status_code == 400
    camel = {"pausedDays": 14, "guardrailAction": "Stop", "id": cart.id, "version": 1}
    assert api.http.post(f"{BASE}/pause/{cart.id}?versionNumber=1", json=camel).status_code == 202
    assert api.http.post(f"{BASE}/resume/{cart.id}?versionNumber=2").json()["errorcode"] == 10000
    assert api.http.post(f"{BASE}/resume/{cart.id}?versionNumber=1").status_code == 202


def test_the_eleventh_journey_of_an_event_is_told_why_it_is_not_published(api: Api, cart: Cart) -> None:
    read = api.http.get(f"{BASE}/{cart.id}").json()
    status: dict[str, Any] = {}
    for number in range(10):
        body = {**read, "key": f"copy-{number}", "name": f"Copy {number}"}
        for name in ("id", "definitionId", "version", "modifiedDate"):
            body.pop(name)
        made = api.http.post(BASE, json=body).json()
        accepted = api.http.post(f"{BASE}/publishAsync/{made['id']}?versionNumber=1").json()
        status = api.http.get(accepted["statusUrl"]).json()
        assert status["status"] == ("Error" if number == 9 else "PublishCompleted")
    assert [each["errorCode"] for each in status["errors"]] == ["too_many_listeners"]
    assert status["errors"][0]["errorDetail"].startswith("10 journeys listen to this event already")
