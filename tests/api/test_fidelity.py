"""Each choice that no source of the original settles changes what a client sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.data_extensions.check_row import Nulls, PrimaryKeys, UnknownColumns
from app.services.page_rows import page_rows
from app.services.settings import read_settings, save_settings
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

GOOD = {"Contact key": "NTO-1", "Cart total": 120, "Country": "NO"}


def _choose(ws: Workspace, **choices: Any) -> None:
    settings = read_settings(ws)
    save_settings(ws, replace(settings, fidelity=replace(settings.fidelity, **choices)))


def _answer(api: Api, data: dict[str, Any]) -> httpx.Response:
    body = {"ContactKey": "NTO-1", "EventDefinitionKey": EVENT_KEY, "Data": data}
    return api.http.post("/interaction/v1/events", json=body)


def _fire(api: Api, data: dict[str, Any]) -> int:
    return _answer(api, data).status_code


@pytest.mark.parametrize(
    ("choices", "data", "before", "after"),
    [
        ({"unknown_columns": UnknownColumns.REFUSE}, {**GOOD, "Colour": "red"}, 201, 400),
        ({"nulls": Nulls.REFUSE}, {**GOOD, "First name": None}, 201, 400),
        ({"names_ignore_case": True}, {"CONTACT KEY": "NTO-1", "cart total": 120, "COUNTRY": "NO"}, 400, 201),
    ],
    ids=["unknown columns", "nulls", "case of names"],
)
def test_a_choice_changes_the_answer(
    api: Api, ws: Workspace, choices: dict[str, Any], data: dict[str, Any], before: int, after: int
) -> None:
    abandoned_cart(ws)
    assert _fire(api, data) == before
    _choose(ws, **choices)
    assert _fire(api, data) == after


@pytest.mark.parametrize(("only_admitted", "rows"), [(False, 1), (True, 0)])
def test_the_row_of_a_contact_that_was_not_admitted(api: Api, ws: Workspace, only_admitted: bool, rows: int) -> None:
    cart = abandoned_cart(ws)
    _choose(ws, only_admitted_rows=only_admitted)
    assert _fire(api, {**GOOD, "Country": "XX"}) == 201
    assert page_rows(ws, cart.data_extension.id, 0, 10).total == rows


@pytest.mark.parametrize(
    ("choice", "status", "code"),
    [(PrimaryKeys.UPDATE, 201, 0), (PrimaryKeys.REFUSE, 400, 10006), (PrimaryKeys.CONFLICT, 409, 30004)],
)
def test_a_primary_key_that_is_there_already(
    api: Api, ws: Workspace, choice: PrimaryKeys, status: int, code: int
) -> None:
    cart = abandoned_cart(ws)
    _choose(ws, primary_keys=choice)
    assert _fire(api, GOOD) == 201
    again = _answer(api, {**GOOD, "Cart total": 130})
    assert again.status_code == status
    assert again.json().get("errorcode", 0) == code
    if choice is PrimaryKeys.REFUSE:
        assert [each["message"].partition(":")[0] for each in again.json()["additionalErrors"]] == ["Contact key"]
    stored = page_rows(ws, cart.data_extension.id, 0, 10)
    assert [str(row[3]) for row in stored.rows] == ["130.00" if choice is PrimaryKeys.UPDATE else "120.00"]
    assert _fire(api, {**GOOD, "Contact key": "NTO-2"}) == 201
    members = [{"contactKey": key, "data": {**GOOD, "Contact key": key}} for key in ("A", "A", "B", "NTO-1")]
    batch = api.http.post(
        "/interaction/v1/async/events", json={"eventDefinitionKey": EVENT_KEY, "members": members}
    ).json()
    found = [each.get("errorcode", 0) for each in batch["members"]]
    assert found == [0, code, 0, code]


@pytest.mark.parametrize("choice", list(PrimaryKeys))
def test_rows_are_inserted_or_updated_as_their_route_says(api: Api, ws: Workspace, choice: PrimaryKeys) -> None:
    cart = abandoned_cart(ws)
    _choose(ws, primary_keys=choice)
    address = f"/data/v1/async/dataextensions/key:{cart.data_extension.key}/rows"
    row = {"Contact key": "A", "Cart total": 1}
    expected = {PrimaryKeys.UPDATE: 202, PrimaryKeys.REFUSE: 400, PrimaryKeys.CONFLICT: 409}[choice]
    assert api.http.post(address, json={"items": [row]}).status_code == 202
    again = api.http.post(address, json={"items": [{**row, "Contact key": "B"}, row]})
    assert again.status_code == expected
    if choice is PrimaryKeys.REFUSE:
        assert again.json()["additionalErrors"][0]["message"].startswith("row 2, Contact key: ")
    twice = api.http.post(address, json={"items": [{**row, "Contact key": "C"}] * 2})
    assert twice.status_code == expected
    assert page_rows(ws, cart.data_extension.id, 0, 10).total == (3 if choice is PrimaryKeys.UPDATE else 1)
    # Who says "insert or update" means it.
    assert api.http.put(address, json={"items": [row]}).status_code == 202
    assert api.http.post(f"/hub/v1/dataevents/key:{cart.data_extension.key}/rowset", json=[row]).status_code == 200
