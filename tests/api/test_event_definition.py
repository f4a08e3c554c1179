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
