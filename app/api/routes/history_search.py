"""`POST .../journeyhistory/search` and `/contactkey`: what journeys decided, and what contacts did in them, row by row
(reference, section 4.6)."""

from __future__ import annotations

from dataclasses import replace

from app.api.answer import Answer, refuse
from app.api.call import Call, Route
from app.api.shapes.history_query import SCHEMA, lower, read_query, texts
from app.api.shapes.history_row import history_row
from app.services.search_history import MOST_ROWS, HistorySearch, search_history


def _search(call: Call) -> Answer:
    body = lower(call.object())
    newest_first = not call.text("$orderBy").strip().lower().endswith(" asc")
    return _page(call, read_query(body, newest_first=newest_first), texts(body, "definitionIds"))


def _of_contact(call: Call) -> Answer:
    body = lower(call.object())
    key = body.get("querystring")
    if not isinstance(key, str) or not key.strip("*"):
        raise refuse(400, 10002, 'The required parameter queryString is missing, for example "NTO-10*".')
    wanted = read_query({}, newest_first=True)
    if key.endswith("*"):
        decided = replace(wanted.decided, contact_prefix=key.rstrip("*"))
    else:
        decided = replace(wanted.decided, contact_key=key)
    return _page(call, replace(wanted, decided=decided), texts(body, "definitionIds"))


def _page(call: Call, wanted: HistorySearch, definition_ids: list[str]) -> Answer:
    page, size = call.page()
    found = search_history(call.workspace, wanted, definition_ids, (page - 1) * size, size)
    items = [history_row(row, found) for row in found.rows]
    return Answer(200, {"count": found.total, "page": page, "pageSize": size, "links": {}, "items": items})


_PAGES = {"$page": "Number of the page, from 1.", "$pageSize": "Rows on a page, at most 2500."}
_ANSWERS = {
    200: f"A page of it; count and pages go up to {MOST_ROWS} rows.",
    400: "A number, a moment or a list that is none.",
    404: "There is no such journey or version.",
}
_BASE = "/interaction/v1/interactions/journeyhistory"
ROUTES = (
    Route(
        "POST",
        f"{_BASE}/search",
        "What journeys decided and what contacts did in them, newest first",
        _search,
        answers=_ANSWERS,
        query={**_PAGES, "$orderBy": "TransactionTime desc (the usual) or TransactionTime asc."},
        body=SCHEMA,
        tag="History",
    ),
    Route(
        "POST",
        f"{_BASE}/contactkey",
        "What journeys decided about a contact, and what it did in them",
        _of_contact,
        answers=_ANSWERS,
        query=_PAGES,
        body={
            "type": "object",
            "required": ["queryString"],
            "properties": {
                "queryString": {
                    "type": "string",
                    "minLength": 1,
                    "description": "A contact key, or its beginning and a *.",
                },
                "definitionIds": {"type": "array", "items": {"type": "string"}},
            },
        },
        tag="History",
    ),
)
