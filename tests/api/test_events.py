"""`POST /interaction/v1/events`: what a client sees, and what is stored."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.services.explain_event import explain_event
from app.services.page_rows import page_rows
from app.services.recent_events import recent_events
from app.services.set_contact_status import set_contact_status
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, Cart

URL = "/interaction/v1/events"


def body(key: str = "NTO-1001", total: Any = 60, **more: Any) -> dict[str, Any]:
    data = {"Contact key": key, "First name": "Kari", "Email": "kari@example.com", "Cart total": total, "Country": "NO"}
    return {"ContactKey": key, "EventDefinitionKey": EVENT_KEY, "Data": data | more}


def test_an_admitted_contact(api: Api, ws: Workspace, cart: Cart) -> None:
    answer = api.http.post(URL, json=body())
    assert answer.status_code == 201
    assert answer.headers["Switchback-Decision"] == "admitted"
    assert set(answer.json()) == {"eventInstanceId"}
    row = page_rows(ws, cart.data_extension.id, 0, 10).rows[0]
    assert row[0] == "NTO-1001"
    assert where_is(ws, "NTO-1001").stays[0].state == "waiting"
    why = explain_event(ws, answer.json()["eventInstanceId"])
    assert why.decisions[0].admitted
    assert why.decisions[0].path[-1].activity_key == "WAIT-1"


def test_a_refused_contact_has_its_row_and_its_reason(api: Api, ws: Workspace, cart: Cart) -> None:
    answer = api.http.post(URL, json=body(total=20))
    assert answer.status_code == 201
    assert answer.headers["Switchback-Decision"] == "refused"
    assert page_rows(ws, cart.data_extension.id, 0, 10).total == 1
    line = recent_events(ws)[0]
    assert line.outcome == "refused"
    assert "Cart total is greater than 50" in line.why
    assert where_is(ws, "NTO-1001").stays == ()


def test_nobody_listens(api: Api, ws: Workspace) -> None:
    created = api.http.post(
        "/interaction/v1/eventDefinitions",
        json={
            "type": "APIEvent",
            "name": "Lonely",
            "eventDefinitionKey": "NTO-lonely",
            "schema": {
                "fields": [{"name": "Contact key", "dataType": "Text", "maxLength": "50", "isPrimaryKey": True}]
            },
        },
    )
    assert created.status_code == 201, created.text
    answer = api.http.post(
        URL, json={"ContactKey": "K", "EventDefinitionKey": "NTO-lonely", "Data": {"Contact key": "K"}}
    )
    assert answer.status_code == 201
    assert answer.headers["Switchback-Decision"] == "none"


def test_names_in_another_case_and_a_key_in_the_query(api: Api, cart: Cart) -> None:
    sent = body()
    answer = api.http.post(
        "/Interaction/V1/Events/",
        json={"contactkey": "NTO-1", "eventdefinitionkey": EVENT_KEY.upper(), "data": sent["Data"]},
    )
    assert answer.status_code == 201
    del sent["EventDefinitionKey"]
    assert api.http.post(f"{URL}?EventDefinitionKey={EVENT_KEY}", json=sent).status_code == 201


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"{", 10004),
        (b"", 10004),
        (b'{"ContactKey": "\xff"}', 10004),
        (b"[" * 100_000, 10004),
        (b"[]", 10003),
        (b"{}", 10002),
        (b'{"ContactKey": "", "EventDefinitionKey": "NTO-cart-abandoned"}', 10002),
        (b'{"ContactKey": 5, "EventDefinitionKey": "NTO-cart-abandoned"}', 10001),
        (b'{"ContactKey": "K", "contactkey": "L", "EventDefinitionKey": "x"}', 10005),
        (b'{"ContactKey": "K", "EventDefinitionKey": "NTO-cart-abandoned", "Data": []}', 10001),
        (b'{"ContactKey": "K", "EventDefinitionKey": "no-such-key"}', 30003),
        (b'{"ContactKey": "K", "EventDefinitionKey": "NTO-cart-abandoned"}', 10006),
    ],
)
def test_bad_input_gets_the_contracts_body_and_writes_nothing(
    api: Api, ws: Workspace, cart: Cart, sent: bytes, code: int
) -> None:
    answer = api.http.post(URL, content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    found = answer.json()
    assert found["errorcode"] == code
    assert found["message"]
    assert "documentation" in found
    assert page_rows(ws, cart.data_extension.id, 0, 10).total == 0
    assert where_is(ws, "K").status == ""


def test_every_bad_column_is_named(api: Api, cart: Cart) -> None:
    answer = api.http.post(URL, json=body(total="much", Email="nobody", Country="Norway"))
    assert answer.status_code == 400
    found = answer.json()
    assert found["message"] == f"Unable to save rows for data extension ID {cart.data_extension.id}"
    columns = [each["message"].partition(":")[0] for each in found["additionalErrors"]]
    assert columns == ["Email", "Cart total", "Country"]
    assert all(each["errorcode"] == 10000 for each in found["additionalErrors"])


def test_the_reserved_name_is_dropped_and_unknown_ones_warn(api: Api, ws: Workspace, cart: Cart) -> None:
    answer = api.http.post(URL, json=body(eventInstanceId="mine", country="SE"))
    assert answer.status_code == 201
    why = explain_event(ws, answer.json()["eventInstanceId"])
    assert [warning.where for warning in why.warnings] == ["country"]
    assert "[Country]" in why.warnings[0].hint


def test_a_deleted_contact_is_refused(api: Api, ws: Workspace, cart: Cart) -> None:
    set_contact_status(ws, "NTO-1001", "Deleted")
    answer = api.http.post(URL, json=body())
    assert answer.status_code == 400
    assert answer.json()["errorcode"] == 30000


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Bearer a.b.c", "Basic Y2lkOnNlYw=="])
def test_without_a_good_token(api: Api, cart: Cart, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    api.http.headers.pop("Authorization")
    answer = api.http.post(URL, json=body(), headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {
        "documentation": "https://developer.salesforce.com/docs/atlas.en-us.mc-apis.meta/mc-apis/error-handling.htm",
        "errorcode": 0,
        "message": "Not Authorized",
    }


def test_a_token_in_the_url_is_refused(api: Api, cart: Cart) -> None:
    answer = api.http.post(f"{URL}?access_token=x", json=body())
    assert (answer.status_code, answer.json()["errorcode"]) == (401, 40004)


def test_refused_calls_show_in_the_log_without_values(api: Api, ws: Workspace, cart: Cart) -> None:
    api.http.post(URL, json=body(total="secret-value"))
    line = recent_events(ws)[0]
    assert line.status == 400
    assert line.contact_key == "NTO-1001"
    assert "Cart total" in line.why
    assert "secret-value" not in repr(line)


def test_an_idempotency_key_gives_the_first_answer_again(api: Api, ws: Workspace, cart: Cart) -> None:
    headers = {"Idempotency-Key": "order-7"}
    first = api.http.post(URL, json=body(), headers=headers)
    again = api.http.post(URL, json=body(), headers=headers)
    assert first.json() == again.json()
    assert again.headers["Switchback-Decision"] == "admitted"
    other = api.http.post(URL, json=body(), headers={"Idempotency-Key": "order-8"})
    assert other.headers["Switchback-Decision"] == "refused"
    assert len([line for line in recent_events(ws) if line.status == 201]) == 2
    # A call that was refused may be mended and sent again under its key.
    assert api.http.post(URL, json=body(total="x"), headers={"Idempotency-Key": "order-9"}).status_code == 400
    assert api.http.post(URL, json=body("NTO-9"), headers={"Idempotency-Key": "order-9"}).status_code == 201
    assert api.http.post(URL, json=body(), headers={"Idempotency-Key": "x" * 201}).status_code == 400


def test_an_idempotency_key_of_another_contact_is_refused_and_lets_nobody_in(
    api: Api, ws: Workspace, cart: Cart
) -> None:
    headers = {"Idempotency-Key": "order-7"}
    assert api.http.post(URL, json=body(), headers=headers).status_code == 201
    wrong = api.http.post(URL, json=body("NTO-2"), headers=headers)
    assert (wrong.status_code, wrong.json()["errorcode"]) == (422, 10005)
    assert "NTO-1001" in wrong.json()["message"]
    assert where_is(ws, "NTO-2").stays == ()
    # The first goes on to be answered.
    assert api.http.post(URL, json=body(), headers=headers).status_code == 201


@pytest.mark.parametrize("path", [URL, "/interaction/v1/async/events"])
def test_a_token_in_the_body_is_refused(api: Api, cart: Cart, path: str) -> None:
    with httpx.Client(base_url=api.url) as stranger:
        answer = stranger.post(path, json={"access_token": api.token(), **body()})
    assert (answer.status_code, answer.json()["errorcode"]) == (401, 40004)
