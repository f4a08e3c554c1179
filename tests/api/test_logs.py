"""What a client sends is nobody's business who reads the log: no secret, no token, no value of a payload."""

from __future__ import annotations

import logging
import sqlite3

import pytest

from app.services.workspace import Workspace
from tests.api.conftest import CLIENT_ID, Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

VALUE = "kari.nordmann.4711@example.com"
SECRET = "the-secret-that-nobody-sees"


def test_no_log_tells_a_secret_a_token_or_a_value(
    api: Api, ws: Workspace, place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    # The client's own libraries say what they send; the server's are what is asked about.
    for name in ("httpx", "httpcore"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    abandoned_cart(ws)
    pair = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": SECRET}
    assert api.http.post("/v2/token", json=pair).status_code == 401

    def fire(total: object) -> int:
        data = {"Contact key": VALUE, "Email": VALUE, "Cart total": total, "Country": "NO"}
        body = {"ContactKey": VALUE, "EventDefinitionKey": EVENT_KEY, "Data": data}
        return api.http.post("/interaction/v1/events", json=body).status_code

    assert [fire(60), fire("x")] == [201, 400]
    writer = ws.submit.__self__  # type: ignore[attr-defined]  # the writer behind the port
    monkeypatch.setattr(writer, "_at_point", lambda _name: 1 / 0)
    assert fire(60) == 500
    monkeypatch.setattr(writer, "_at_point", lambda _name: None)
    # A statement that fails brings its parameters along, unless it is told not to.
    breaker = sqlite3.connect(place)
    breaker.execute("ALTER TABLE event_instance RENAME TO elsewhere")
    breaker.close()
    assert fire(60) == 500
    assert "an event could not be" in caplog.text
    token = api.http.headers["Authorization"].removeprefix("Bearer ")
    for kept in (VALUE, SECRET, token):
        assert kept not in caplog.text
