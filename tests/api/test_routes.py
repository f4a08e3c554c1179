"""Batches, rows of data extensions, changes of event definitions."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, Cart


def member(key: str, total: Any = 60) -> dict[str, Any]:
    data = {"Contact key": key, "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
    return {"contactKey": key, "data": data}


def test_a_batch_answers_each_member_in_order(api: Api, ws: Workspace, cart: Cart) -> None:
    members = [member("A"), member("B", "x"), {"contactKey": 5}, 7, member("A"), member("C", 1)]
    answer = api.http.post("/interaction/v1/async/events", json={"eventDefinitionKey": EVENT_KEY, "members": members})
    assert answer.status_code == 201
    assert answer.headers["Switchback-Decision"] == "admitted"
    found = answer.json()
    assert (found["count"], found["notQueuedCount"]) == (3, 3)
    assert [each["contactKey"] for each in found["members"]] == ["A", "B", "", "", "A", "C"]
    assert [each.get("errorcode") for each in found["members"]] == [None, 10006, 10001, 10003, None, None]
    assert "Cart total" in found["members"][1]["message"]
    assert len(where_is(ws, "A").stays) == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"members": [member("A")]}, 10002),
        ({"eventDefinitionKey": EVENT_KEY}, 10002),
        ({"eventDefinitionKey": EVENT_KEY, "members": []}, 10002),
        ({"eventDefinitionKey": EVENT_KEY, "members": [member("A")] * 101}, 10000),
        ([], 10003),
    ],
)
def test_a_wrong_batch_is_refused_whole(api: Api, ws: Workspace, cart: Cart, wrong: object, code: int) -> None:
    answer = api.http.post("/interaction/v1/async/events", json=wrong)
    assert (answer.status_code, answer.json()["errorcode"]) == (400, code)
    assert where_is(ws, "A").stays == ()


def test_rows_are_written_and_read_page_by_page(api: Api, cart: Cart) -> None:
    key = cart.data_extension.key
    rows = [
        {"keys": {"Contact key": f"K{number}"}, "values": {"Cart total": number, "Email": "a@example.com"}}
        for number in range(5)
    ]
    answer = api.http.post(f"/hub/v1/dataevents/key:{key}/rowset", json=rows)
    assert answer.status_code == 200
    assert answer.json() == rows
    queued = api.http.put(
        f"/data/v1/async/dataextensions/key:{key.upper()}/rows",
        json={"items": [{"Contact key": "K1", "Cart total": "99.50"}]},
    )
    assert queued.status_code == 202
    assert queued.json()["requestId"]
    seen = []
    for page in (1, 2, 3):
        found = api.http.get(f"/data/v1/customobjectdata/key/{key}/rowset?$page={page}&$pageSize=2").json()
        assert found["count"] == 5
        assert ("next" in found["links"]) is (page < 3)
        seen += found["items"]
    assert [row["keys"]["contact key"] for row in seen] == ["K0", "K1", "K2", "K3", "K4"]
    assert seen[1]["values"]["cart total"] == "99.50"  # as text: 18 digits are more than a JSON number keeps
    assert seen[1]["values"]["email"] == "a@example.com"


def test_bad_rows_write_nothing_and_name_every_column(api: Api, cart: Cart) -> None:
    key = cart.data_extension.key
    rows = [
        {"keys": {"Contact key": "K1"}, "values": {"Cart total": 1}},
        {"keys": {"Contact key": "K2"}, "values": {"Cart total": "x", "Email": "y"}},
    ]
    answer = api.http.post(f"/hub/v1/dataevents/key:{key}/rowset", json=rows)
    assert answer.status_code == 400
    assert answer.json()["errorcode"] == 10006
    assert [each["message"].partition(":")[0] for each in answer.json()["additionalErrors"]] == [
        "row 2, Email",
        "row 2, Cart total",
    ]
    assert api.http.get(f"/data/v1/customobjectdata/key/{key}/rowset").json()["count"] == 0


@pytest.mark.parametrize("wrong", [[], {}, [1], [{"keys": 1}], "x"])
def test_bodies_that_hold_no_rows(api: Api, cart: Cart, wrong: object) -> None:
    key = cart.data_extension.key
    assert api.http.post(f"/hub/v1/dataevents/key:{key}/rowset", json=wrong).status_code == 400


def test_an_unknown_data_extension(api: Api) -> None:
    assert api.http.get("/data/v1/customobjectdata/key/none/rowset").status_code == 400
    assert api.http.post("/hub/v1/dataevents/key:none/rowset", json=[{"A": 1}]).status_code == 400


def test_an_event_definition_is_changed_and_deleted(api: Api, ws: Workspace, cart: Cart) -> None:
    schema = {"fields": [{"name": "Contact key", "dataType": "Text", "maxLength": "50"}]}
    made = api.http.post(
        "/interaction/v1/eventDefinitions", json={"name": "One", "eventDefinitionKey": "NTO-one", "schema": schema}
    ).json()
    changed = api.http.put(
        f"/interaction/v1/eventDefinitions/{made['id']}", json={"name": "Two", "eventDefinitionKey": "NTO-two"}
    )
    assert changed.status_code == 200
    assert api.http.get("/interaction/v1/eventDefinitions/key:NTO-two").json()["name"] == "Two"
    taken = api.http.put("/interaction/v1/eventDefinitions/key:NTO-two", json={"eventDefinitionKey": EVENT_KEY})
    assert taken.status_code == 400
    assert api.http.delete(f"/interaction/v1/eventDefinitions/key:{EVENT_KEY}").status_code == 409
    assert api.http.delete("/interaction/v1/eventDefinitions/key:NTO-two").status_code == 200
    gone = api.http.delete("/interaction/v1/eventDefinitions/key:NTO-two")
    assert (gone.status_code, gone.json()["errorcode"]) == (400, 30000)
    assert gone.json()["message"] == "{{{ERROR_OPEN_SUPPORT_CASE}}}"
    assert api.http.put("/interaction/v1/eventDefinitions/key:NTO-two", json={}).status_code == 400
