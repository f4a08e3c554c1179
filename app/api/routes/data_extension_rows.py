"""Rows of data extensions: written at once (`dataevents`), written "later" (`async`), and read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.api.answer import Answer, Refusal, error, of_problem
from app.api.call import Call, Route
from app.api.shapes.rows import read_rows, row_json
from app.data_extensions.data_extension import DataExtension
from app.data_extensions.fold import fold
from app.kernel.errors import InvalidInput, NotFound
from app.kernel.ids import new_guid
from app.services.page_rows import page_rows
from app.services.write_rows import find_data_extension, write_rows

_TAG = "Data extension rows"
_ITEM = {"type": "object", "properties": {"keys": {"type": "object"}, "values": {"type": "object"}}}
_LIST = {"type": "array", "minItems": 1, "items": _ITEM}
_ANSWERS = {200: "The rows.", 400: "Every bad column, or no such data extension."}


def _save(call: Call, rows: list[dict[str, Any]], *, may_update: bool = True) -> DataExtension:
    """Write them, or answer with the original's bodies for what is wrong (reference, section 2.4)."""
    try:
        return write_rows(call.workspace, _named(call), rows, may_update=may_update)
    except InvalidInput as wrong:
        body = {
            "message": wrong.message,
            "errorcode": 10006,
            "documentation": "",
            "additionalErrors": [of_problem(problem) for problem in wrong.problems],
        }
        raise Refusal(Answer(400, body)) from wrong
    except NotFound as missing:
        raise Refusal(error(400, 30003, missing.message)) from missing


def _upsert(call: Call) -> Answer:
    rows = read_rows(call.body)
    schema = _save(call, rows)
    keys = {fold(field.name) for field in schema.primary_keys}
    return Answer(
        200,
        [
            {
                "keys": {name: value for name, value in row.items() if fold(name) in keys},
                "values": {name: value for name, value in row.items() if fold(name) not in keys},
            }
            for row in rows
        ],
    )


def _insert(call: Call) -> Answer:
    """The original takes the rows up later and answers 202; here they are written already."""
    _save(call, read_rows(call.body, "items"), may_update=False)
    return _later()


def _update(call: Call) -> Answer:
    """The same for rows that may be there already."""
    _save(call, read_rows(call.body, "items"))
    return _later()


def _later() -> Answer:
    return Answer(202, {"requestId": new_guid(), "resultMessages": []})


def _read(call: Call) -> Answer:
    with call.workspace.unit_of_work(writes=False) as work:
        try:
            schema = find_data_extension(work, _named(call))
        except NotFound as missing:
            return error(400, 30003, missing.message)
    page, size = call.page()
    found = page_rows(call.workspace, schema.id, (page - 1) * size, size)
    address = f"/v1/customobjectdata/key/{schema.key}/rowset"
    links = {"self": f"{address}?$page={page}&$pageSize={size}"}
    if page * size < found.total:
        links["next"] = f"{address}?$page={page + 1}&$pageSize={size}"
    return Answer(
        200,
        {
            "links": links,
            "customObjectId": schema.id,
            "customObjectKey": schema.key,
            "pageSize": size,
            "page": page,
            "count": found.total,
            "top": found.total,
            "items": [row_json(schema, row) for row in found.rows],
        },
    )


_PAGES = {"$page": "Number of the page, from 1.", "$pageSize": "Rows on a page, at most 2500."}
_LATER = {202: "Taken.", 400: "Every bad column, or no such data extension."}
_ITEMS = {"type": "object", "required": ["items"], "properties": {"items": _LIST}}

_PLACES = ("key:{key}", "{id}")
"""By external key or by id."""


def _named(call: Call) -> str:
    return call.path.get("key") or call.path["id"]


def _routes() -> Iterator[Route]:
    for place in _PLACES:
        hub, later = f"/hub/v1/dataevents/{place}/rowset", f"/data/v1/async/dataextensions/{place}/rows"
        own = f"/data/v1/customobjectdata/{place.replace('key:', 'key/')}/rowset"
        yield Route("POST", hub, "Insert or update rows", _upsert, answers=_ANSWERS, body=_LIST, tag=_TAG)
        yield Route(
            "POST",
            later,
            "Insert rows, answered with 202; a known primary key is what the workspace's settings say",
            _insert,
            answers={**_LATER, 409: "A row has that primary key, and the settings refuse it."},
            body=_ITEMS,
            tag=_TAG,
        )
        yield Route(
            "PUT", later, "Insert or update rows, answered with 202", _update, answers=_LATER, body=_ITEMS, tag=_TAG
        )
        yield Route("GET", own, "The rows", _read, answers=_ANSWERS, query=_PAGES, tag=_TAG)
        yield Route("POST", own, "Insert or update rows", _upsert, answers=_ANSWERS, body=_LIST, tag=_TAG)


ROUTES = tuple(_routes())
