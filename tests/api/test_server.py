"""The server itself: tokens, the guard, untidy clients, the other first routes."""

from __future__ import annotations

import json
import socket
import time
from datetime import timedelta

import httpx
import pytest

from app.api.connection import ARRIVAL_SECONDS
from app.api.server import ServeOptions, Serving
from app.kernel.clock import FixedClock
from app.kernel.errors import InvalidInput, WorkspaceBusy
from app.services.default_credentials import default_credentials
from app.services.recent_events import recent_events
from app.services.workspace import Workspace
from tests.api.conftest import CLIENT_ID, CLIENT_SECRET, Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

PAIR = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def test_the_token_answer(api: Api) -> None:
    answer = api.http.post("/v2/token", json=PAIR | {"account_id": 7})
    assert answer.status_code == 200
    found = answer.json()
    assert found["token_type"] == "Bearer"
    assert found["expires_in"] == 1079
    assert found["scope"]
    assert found["rest_instance_url"] == found["soap_instance_url"] == f"{api.url}/"


def test_a_form_is_taken_too(api: Api) -> None:
    assert api.http.post("/v2/token", data=PAIR).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": "x"},
        {"client_id": "x"},
        {"client_secret": None},
        {"client_secret": 5},
        {"client_id": "\u00e9"},
    ],
)
def test_a_wrong_pair(api: Api, wrong: dict[str, object]) -> None:
    answer = api.http.post("/v2/token", json=PAIR | wrong)
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert set(answer.json()) == {"error", "error_description", "error_uri"}


def test_the_workspaces_own_pair(api: Api, ws: Workspace) -> None:
    client_id, secret = default_credentials(ws)
    answer = api.http.post("/v2/token", json=PAIR | {"client_id": client_id, "client_secret": secret})
    assert answer.status_code == 200


def test_a_token_grows_old(api: Api, clock: FixedClock) -> None:
    assert api.http.get("/interaction/v1/eventDefinitions").status_code == 200
    clock.advance(timedelta(seconds=1080))
    old = api.http.get("/interaction/v1/eventDefinitions")
    assert (old.status_code, old.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


def test_unknown_route_and_wrong_method(api: Api) -> None:
    answer = api.http.get("/interaction/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["message"] == "Not Found"
    assert answer.json()["errorcode"] == 404
    wrong = api.http.delete("/interaction/v1/eventDefinitions")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, POST")
    # A place of its own is no id of a journey.
    wrong = api.http.get("/interaction/v1/interactions/contactMembership")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "POST")


def test_event_definitions(api: Api, ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    listed = api.http.get("/interaction/v1/eventDefinitions/?%24page=1&$pageSize=10").json()
    assert (listed["count"], listed["page"], listed["pageSize"]) == (1, 1, 10)
    item = listed["items"][0]
    assert item["eventDefinitionKey"] == EVENT_KEY
    assert item["dataExtensionId"] == cart.data_extension.id
    assert (item["interactionCount"], item["publishedInteractionCount"]) == (1, 1)
    for path in (f"key:{EVENT_KEY}", f"KEY:{EVENT_KEY.upper()}", f"key%3A{EVENT_KEY}", cart.event.id):
        assert api.http.get(f"/interaction/v1/EVENTDEFINITIONS/{path}").json()["id"] == cart.event.id
    assert api.http.get("/interaction/v1/eventDefinitions/key:none").status_code == 400
    assert api.http.get("/interaction/v1/eventDefinitions?$page=x").status_code == 400


def test_pages_do_not_repeat(api: Api) -> None:
    for number in range(5):
        schema = {"fields": [{"name": "Contact key", "dataType": "Text", "maxLength": 50, "isPrimaryKey": "true"}]}
        made = {"name": f"Event {number}", "eventDefinitionKey": f"NTO-{number}", "schema": schema}
        assert api.http.post("/interaction/v1/eventDefinitions", json=made).status_code == 201
    seen = []
    for page in (1, 2, 3):
        listed = api.http.get(f"/interaction/v1/eventDefinitions?$page={page}&$pageSize=2").json()
        assert listed["count"] == 5
        seen += [item["id"] for item in listed["items"]]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "X", "eventDefinitionKey": "has.period", "dataExtensionId": "none"},
        {"name": "", "schema": {"fields": [{"name": "A"}]}},
        {"name": "X"},
        {"name": "X", "schema": {"fields": []}},
        {"name": "X", "schema": {"fields": [{"name": "A", "dataType": "Blob"}]}},
        {"name": 5},
        [],
    ],
)
def test_a_wrong_event_definition_is_refused_whole(api: Api, wrong: object) -> None:
    answer = api.http.post("/interaction/v1/eventDefinitions", json=wrong)
    assert answer.status_code == 400, answer.text
    assert api.http.get("/interaction/v1/eventDefinitions").json()["count"] == 0


def test_interactions(api: Api, ws: Workspace) -> None:
    abandoned_cart(ws)
    listed = api.http.get("/interaction/v1/interactions?status=published").json()
    assert listed["count"] == 1
    assert listed["pageSize"] == 50
    assert listed["items"][0]["status"] == "Published"
    assert api.http.get("/interaction/v1/interactions?name=nothing").json()["count"] == 0


def test_foreign_hosts_and_origins_are_refused(api: Api) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert api.http.get("/interaction/v1/interactions", headers=headers).status_code == 403
    port = api.url.rpartition(":")[2]
    assert api.http.get("/interaction/v1/interactions", headers={"Host": f"localhost:{port}"}).status_code == 200
    assert api.http.get("/interaction/v1/interactions", headers={"Origin": api.url}).status_code == 200


def test_a_large_body_is_refused(api: Api) -> None:
    assert api.http.post("/interaction/v1/events", content=b" " * (1024 * 1024 + 1)).status_code == 413

    def parts() -> object:
        for _ in range(40):
            yield b" " * 50_000

    assert api.http.post("/interaction/v1/events", content=parts()).status_code == 413


def test_a_slow_sender_is_cut_off(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.connection.ARRIVAL_SECONDS", 0.2)
    assert ARRIVAL_SECONDS > 1
    host, port = api.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /interaction/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        slow.settimeout(8)  # less than what it would be given unpatched
        assert slow.recv(4096).startswith(b"HTTP/1.1 408")


def test_calls_without_a_token_are_logged(api: Api, ws: Workspace) -> None:
    api.http.headers["Authorization"] = "Bearer wrong"
    api.http.post("/interaction/v1/events", json={"ContactKey": "NTO-7", "EventDefinitionKey": "x", "Data": {"a": 1}})
    until = time.monotonic() + 30
    while not (lines := recent_events(ws)) and time.monotonic() < until:
        time.sleep(0.05)
    assert (lines[0].status, lines[0].contact_key) == (401, "NTO-7")


def test_it_is_not_exposed_by_accident(ws: Workspace) -> None:
    with pytest.raises(InvalidInput, match="other computers"):
        Serving(ws, ServeOptions(host="0.0.0.0"))


@pytest.mark.parametrize("expose", [False, True])
def test_a_host_that_is_none_is_said(ws: Workspace, expose: bool) -> None:
    with pytest.raises(InvalidInput, match="is no address to listen on") as wrong:
        Serving(ws, ServeOptions(host="999.1.1.1", expose=expose))
    assert wrong.value.where == "host"


def test_a_taken_port_is_said(api: Api, ws: Workspace) -> None:
    with pytest.raises(WorkspaceBusy, match="cannot be used"):
        Serving(ws, ServeOptions(port=int(api.url.rpartition(":")[2])))


def test_the_tokens_of_another_process_count(api: Api, ws: Workspace) -> None:
    other = Serving(ws, ServeOptions(credentials=("other", "pair")))
    import threading

    thread = threading.Thread(target=other.run)
    thread.start()
    url = other.wait_until_ready(10)
    try:
        answer = httpx.get(f"{url}/interaction/v1/interactions", headers=api.http.headers)
        assert answer.status_code == 200
    finally:
        other.stop()
        thread.join(10)


@pytest.mark.timeout(20)
def test_a_server_that_is_stopped_before_it_began_ends_and_leaves_its_port(ws: Workspace) -> None:
    serving = Serving(ws, ServeOptions())
    port = int(serving.address.rpartition(":")[2])
    serving.stop()
    serving.run()
    with socket.create_server(("127.0.0.1", port)) as taken:
        assert taken.getsockname()[1] == port


def test_a_fresh_event_definition_bears_no_dates_and_a_read_one_does(api: Api) -> None:
    schema = {"fields": [{"name": "Contact key", "dataType": "Text", "maxLength": "50"}]}
    made = api.http.post(
        "/interaction/v1/eventDefinitions", json={"name": "One", "eventDefinitionKey": "NTO-one", "schema": schema}
    ).json()
    assert made["createdDate"] == made["modifiedDate"] == "0001-01-01T00:00:00"
    read = api.http.get(f"/interaction/v1/eventDefinitions/{made['id']}").json()
    assert read["createdDate"].startswith("2026-11-23T09:00:00")
    assert "T" in made["dataExtensionName"]


def test_a_byte_order_mark_is_forgiven(api: Api, ws: Workspace) -> None:
    abandoned_cart(ws)
    sent = b'\xef\xbb\xbf{"ContactKey": "K", "EventDefinitionKey": "none"}'
    assert api.http.post("/interaction/v1/events", content=sent).json()["errorcode"] == 30003


def test_doubled_slashes_are_forgiven(api: Api) -> None:
    # rest_instance_url ends in a slash, and most paths begin with one.
    joined = f"{api.url}/" + "/interaction/v1/eventDefinitions/?%24page=1"
    assert httpx.get(joined, headers=dict(api.http.headers)).status_code == 200


@pytest.mark.parametrize("origin", ["http://[x", "null", "::", "http://127.0.0.1"])
def test_an_origin_that_is_none_is_refused(api: Api, origin: str) -> None:
    answer = api.http.get("/switchback/v1/health", headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["errorcode"] == 40000


@pytest.mark.parametrize("path", ["/interaction/v1/events", "/interaction/v1/async/events"])
def test_what_is_not_json_and_says_so(api: Api, path: str) -> None:
    for kind in ("text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = api.http.post(path, content=b"<event/>", headers={"Content-Type": kind})
        assert answer.status_code == 415, kind
        assert answer.json()["message"] == "The body must be JSON. Send Content-Type: application/json."
    # curl -d calls every body a form: JSON is read all the same, and bad JSON that is called JSON stays 10004.
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.http.post(path, content=b"{}", headers=form).json()["errorcode"] == 10002
    bad = api.http.post(path, content=b"{", headers={"Content-Type": "application/json; charset=UTF-8"})
    assert (bad.status_code, bad.json()["errorcode"]) == (400, 10004)


def test_behind_a_proxy_the_urls_are_the_proxys(api: Api) -> None:
    pair = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    found = api.http.post("/v2/token", json=pair, headers={"X-Forwarded-Proto": "https"}).json()
    assert found["rest_instance_url"] == api.url.replace("http:", "https:") + "/"


def test_precision_and_scale_in_one_text(api: Api) -> None:
    fields = [
        {"name": "Key", "dataType": "Text", "maxLength": "50", "isNullable": False, "isPrimaryKey": True},
        {"name": "Amount", "dataType": "Decimal", "maxLength": "18,2"},
    ]
    body = {"type": "APIEvent", "name": "Paid", "eventDefinitionKey": "Paid", "schema": {"fields": fields}}
    made = api.http.post("/interaction/v1/eventDefinitions", json=body)
    assert made.status_code in (200, 201), made.text
    event = {"ContactKey": "a", "EventDefinitionKey": "Paid", "Data": {"Key": "a", "Amount": 1.234}}
    refused = api.http.post("/interaction/v1/events", json=event)
    assert refused.status_code == 400, refused.text
    assert refused.json()["additionalErrors"][0]["message"].startswith("Amount: ")


def test_json_that_curl_calls_a_form_gets_a_token(api: Api) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = api.http.post("/v2/token", content=json.dumps(PAIR).encode(), headers=form)
    assert answer.status_code == 200, answer.text


def test_idle_connections_are_bounded_and_room_comes_back(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.connection.MOST_CONNECTIONS", 3)
    place = (api.http.base_url.host, api.http.base_url.port)
    idle = [socket.create_connection(place, timeout=5) for _ in range(3)]
    # Who says nothing makes room for who does.
    assert all(httpx.get(f"{api.url}/switchback/v1/health").status_code == 200 for _ in range(3))
    begun = [socket.create_connection(place, timeout=5) for _ in range(3)]
    for each in begun:
        each.sendall(b"GET /switchback/v1/health HTTP/1.1\r\n")
    # The fourth connection is the client's own, which has a token.
    for _ in range(200):
        refused = httpx.get(f"{api.url}/switchback/v1/health")
        if refused.status_code == 503:
            break
        time.sleep(0.05)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert refused.json()["errorcode"] == 50300
    # Who has a connection already goes on.
    assert api.http.get("/switchback/v1/health").status_code == 200
    for each in (*idle, *begun):
        each.close()
    for _ in range(600):
        if httpx.get(f"{api.url}/switchback/v1/health").status_code == 200:
            return
        time.sleep(0.05)
    pytest.fail("no room came back")


@pytest.mark.parametrize("more", [{}, {"account_id": 7281698}, {"account_id": "7281698"}, {"account_id": None}])
def test_an_account_may_be_named_in_any_way(api: Api, more: dict[str, object]) -> None:
    assert api.http.post("/v2/token", json=PAIR | more).status_code == 200


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=UTF-8", "text/plain"])
@pytest.mark.parametrize("path", ["interactions", "eventDefinitions", "INTERACTIONS/"])
def test_a_get_without_a_body_may_say_what_its_body_is(api: Api, kind: str, path: str) -> None:
    answer = api.http.get(f"/interaction/v1/{path}?%24page=1&$pageSize=500", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["pageSize"]) == (200, 500)


def test_lengths_of_fields_may_be_texts(api: Api) -> None:
    fields = [
        {"name": "Contact key", "dataType": "Text", "maxLength": "50", "isPrimaryKey": "true", "isNullable": "false"},
        {"NAME": "Total", "DataType": "Decimal", "maxLength": "18,2"},
        {"name": "Count", "dataType": "Number", "maxLength": ""},
    ]
    made = api.http.post("/interaction/v1/eventDefinitions", json={"name": "E", "schema": {"fields": fields}})
    assert made.status_code == 201, made.text
    assert [each["dataType"] for each in made.json()["schema"]["fields"]] == ["Text", "Decimal", "Number"]


def test_an_address_of_a_tenant_may_stand_behind_ours(api: Api) -> None:
    """For SDKs that check the authentication address against a pattern (`sfmc-sdk`, and `mcdev` which uses it)."""
    tenant = "/https://mc0123456789abcdefghijklmnop.auth.marketingcloudapis.com"
    answer = api.http.post(f"{tenant}/v2/token", json=PAIR)
    assert answer.status_code == 200
    assert "marketingcloudapis" not in answer.json()["rest_instance_url"]
    assert api.http.get("/https://example.com/switchback/v1/health").status_code == 404


@pytest.mark.parametrize("path", ["/switchback/v1/health", "/switchback/v1/docs", "/interaction/v1/eventDefinitions"])
def test_head_is_get_without_its_body(api: Api, path: str) -> None:
    asked, got = api.http.head(path), api.http.get(path)
    assert (asked.status_code, asked.content) == (200, b"")
    for name in ("Content-Type", "Content-Length"):
        assert asked.headers[name] == got.headers[name]
    # The connection goes on: nothing was left in it, and a stream that would not end does.
    assert api.http.head("/switchback/v1/stream").headers["Content-Type"].startswith("text/event-stream")
    assert api.http.head(path).status_code == 200


def test_the_document_says_which_parameters_are_numbers(api: Api) -> None:
    document = api.http.get("/switchback/v1/openapi.json").json()
    kinds = {
        each["name"]: each["schema"]["type"]
        for each in document["paths"]["/interaction/v1/interactions"]["get"]["parameters"]
    }
    assert (kinds["$page"], kinds["mostRecentVersionOnly"], kinds["name"]) == ("integer", "boolean", "string")
