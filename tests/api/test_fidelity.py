"""Each choice that no source of the original settles changes what a client sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.data_extensions.check_row import Nulls, UnknownColumns
from app.services.page_rows import page_rows
from app.services.settings import read_settings, save_settings
from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

GOOD = {"Contact key": "NTO-1", "Cart total": 120, "Country": "NO"}


def _choose(ws: Workspace, **choices: Any) -> None:
    settings = read_settings(ws)
    save_settings(ws, replace(settings, fidelity=replace(settings.fidelity, **choices)))


def _fire(api: Api, data: dict[str, Any]) -> int:
    body = {"ContactKey": "NTO-1", "EventDefinitionKey": EVENT_KEY, "Data": data}
    return api.http.post("/interaction/v1/events", json=body).status_code


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
