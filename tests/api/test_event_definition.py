"""An event definition keeps what a client sends, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.list_events import list_events
from app.services.save_event import save_event
from app.services.workspace import Workspace
from tests.api.conftest import Api

BASE = "/interaction/v1/eventDefinitions"
SCHEMA = {"fields": [{"name": "Contact key", "dataType": "Text", "maxLength": "50"}]}
SENT: dict[str, Any] = {
    "type": "Event",
    "name": "Account accessed",
    "description": "From the bank",
    "mode": 2,
    "eventDefinitionKey": "AcmeBank-AccountAccessed",
    "iconUrl": "/images/mine.svg",
    "sourceApplicationExtensionId": "97e942ee-6914-4d3d-9e52-37ecb71f79ed",
    "isVisibleInPicker": False,
    "category": "Audience",
    "arguments": {"criteria": "", "serializedObjectType": 3, "useHighWatermark": True, "eventDefinitionKey": "other"},
    "configurationArguments": {"unconfigured": True, "applicationExtensionKey": "mine"},
    "metaData": {"scheduleState": "No Schedule", "icon": "x"},
    "entrySourceGroupConfigUrl": "jb:///data/entry/audience/entrysourcegroupconfig.json",
    "schema": SCHEMA,
}


def test_what_was_sent_is_read_back(api: Api) -> None:
    made = api.http.post(BASE, json=SENT).json()
    found = api.http.get(f"{BASE}/key:{SENT['eventDefinitionKey']}").json()
    for shown in (made, found):
        assert {name: shown[name] for name in SENT.keys() - {"mode", "arguments", "schema"}} == {
            name: value for name, value in SENT.items() if name not in ("mode", "arguments", "schema")
        }
        assert shown["mode"] == "Test"
        assert shown["arguments"]["useHighWatermark"] is True
        assert shown["arguments"]["serializedObjectType"] == 3
        assert shown["arguments"]["eventDefinitionKey"] == SENT["eventDefinitionKey"]
    assert api.http.get(BASE, params={"category": "audience", "type": "event"}).json()["count"] == 1
    assert api.http.get(BASE, params={"category": "Event"}).json()["count"] == 0


def test_a_change_keeps_what_it_does_not_name(api: Api, ws: Workspace) -> None:
    made = api.http.post(BASE, json=SENT).json()
    changed = api.http.put(f"{BASE}/{made['id']}", json={"metadata": {"icon": "y"}, "mode": "Production"}).json()
    assert (changed["metaData"], changed["mode"]) == ({"icon": "y"}, "Production")
    assert changed["iconUrl"] == SENT["iconUrl"]
    kept = next(each.definition for each in list_events(ws) if each.definition.id == made["id"])
    save_event(ws, kept)
    assert api.http.get(f"{BASE}/{made['id']}").json()["metaData"] == {"icon": "y"}
    assert api.http.delete(f"{BASE}/{made['id']}").status_code == 200
    assert api.http.get(BASE).json()["count"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "Sometimes"},
        {"mode": True},
        {"metaData": "x"},
        {"isVisibleInPicker": "yes"},
        {"arguments": []},
        {"arguments": {"criteria": 5}},
    ],
)
def test_values_of_another_type_are_refused(api: Api, wrong: dict[str, Any]) -> None:
    assert api.http.post(BASE, json={**SENT, **wrong}).status_code == 400
    assert api.http.get(BASE).json()["count"] == 0


UNREADABLE = (
    ("<Filter", "no well-formed XML"),
    ("<Other/>", "FilterDefinition"),
    ('<FilterDefinition><ConditionSet Operator="XOR"/></FilterDefinition>', "AND or OR"),
)


@pytest.mark.parametrize(("criteria", "words"), UNREADABLE)
def test_a_filter_that_cannot_be_read_is_refused_with_its_place(api: Api, criteria: str, words: str) -> None:
    sent = {**SENT, "arguments": {"criteria": criteria}}
    answer = api.http.post(BASE, json=sent)
    assert (answer.status_code, answer.json()["errorcode"]) == (400, 10005)
    assert answer.json()["message"].startswith("arguments.criteria: ")
    assert words in answer.json()["message"]
    assert api.http.get(BASE).json()["count"] == 0
    made = api.http.post(BASE, json=SENT).json()
    answer = api.http.put(f"{BASE}/{made['id']}", json={"arguments": {"criteria": criteria}})
    assert (answer.status_code, words in answer.json()["message"]) == (400, True)
    assert api.http.get(f"{BASE}/{made['id']}").json()["arguments"]["criteria"] == ""


def test_rows_of_a_data_extension_made_with_an_event_are_found_by_what_the_answer_says(api: Api) -> None:
    made = api.http.post(BASE, json={**SENT, "eventDefinitionKey": "A" * 200}).json()
    for place in (f"key:{made['dataExtensionName']}", made["dataExtensionId"].upper()):
        row = {"keys": {}, "values": {"contact KEY": place[:50]}}
        assert api.http.post(f"/hub/v1/dataevents/{place}/rowset", json=[row]).status_code == 200
    for place in (f"key/{made['dataExtensionName']}", made["dataExtensionId"]):
        found = api.http.get(f"/data/v1/customobjectdata/{place}/rowset").json()
        assert found["count"] == 2
        again = [{"keys": each["keys"], "values": each["values"]} for each in found["items"]]
        later = f"/data/v1/async/dataextensions/{place.replace('/', ':')}/rows"
        assert api.http.put(later, json={"items": [each["values"] for each in again]}).status_code == 202
        assert api.http.delete(f"/data/v1/customobjectdata/{place}/rowset").status_code == 405
        assert api.http.get(f"/data/v1/customobjectdata/{place}/rowset").json()["count"] == 4
        break
