"""`POST .../journeyhistory/download` and `/estimate`, `GET .../freshness`: history as a table of text."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

from app.api.answer import Answer, File, refuse
from app.api.call import Call, Route
from app.api.shapes.history_query import SCHEMA, lower, read_query, texts
from app.api.shapes.history_row import COMPLETE, history_row
from app.services.search_history import MOST_ROWS, search_history

USUAL = (
    "TransactionTime", "ContactKey", "Status", "DefinitionId", "DefinitionName", "ActivityId", "ActivityName",
    "ActivityType",
)  # fmt: skip
OTHERS = (
    "ClientStatus", "CreatedDate", "DefinitionInstanceId", "EndDate", "EntrySource", "EpochTimeInMilliseconds",
    "EventId", "EventName", "Id", "Message", "OutcomeActivityId", "Result.Messages", "Result.Outcome", "Result.Status",
    "Result.Tags", "SourceType", "StartDate",
)  # fmt: skip
_COLUMNS = {name.lower(): name for name in (*USUAL, *OTHERS)}
_FORMATS = {"csv": ",", "tsv": "\t"}


def _download(call: Call) -> Answer:
    columns, kind = _columns(call), _format(call)
    text = _table(_rows(call), columns, _FORMATS[kind])
    return Answer(200, File(text, "text/csv" if kind == "csv" else "text/tab-separated-values"))


def _estimate(call: Call) -> Answer:
    columns, kind = _columns(call), _format(call)
    rows = _rows(call)
    text = _table(rows, columns, _FORMATS[kind])
    sizes = {"fileSize": len(text), "compressedFileSize": len(gzip.compress(text, 6))}
    return Answer(200, {"rowCount": len(rows), **sizes})


def _freshness(_call: Call) -> Answer:
    """Here a row is there as soon as it happened."""
    return Answer(200, {"freshness": 0})


def _rows(call: Call) -> list[dict[str, Any]]:
    """All rows; the original leaves those out that have no activity and are complete."""
    body = lower(call.object())
    wanted = read_query(body, newest_first=False)
    found = search_history(call.workspace, wanted, texts(body, "definitionIds"), 0, MOST_ROWS)
    shown = (history_row(row, found) for row in found.rows)
    return [row for row in shown if row["activityName"] or row["status"] != COMPLETE]


def _columns(call: Call) -> list[str]:
    named = [name.strip() for name in call.text("columns").split(",") if name.strip()]
    for name in named:
        if name.lower() not in _COLUMNS:
            raise refuse(400, 10005, f"{name[:40]} is no column. Take some of {', '.join(_COLUMNS.values())}.")
    return [_COLUMNS[name.lower()] for name in named] or list(USUAL)


def _format(call: Call) -> str:
    kind = call.text("format", "csv").lower() or "csv"
    if kind not in _FORMATS:
        raise refuse(400, 10005, f"format is {kind[:40]!r}; it must be csv or tsv.")
    return kind


def _table(rows: list[dict[str, Any]], columns: list[str], delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_value(row, name) for name in columns] for row in rows)
    return out.getvalue().encode()


def _value(row: dict[str, Any], column: str) -> Any:
    if column == "Result.Tags":
        return ""
    if column.startswith("Result."):
        value = row["result"][column.partition(".")[2].lower()]
        return json.dumps(value) if isinstance(value, list) else value
    return row[column[0].lower() + column[1:]]


_BASE = "/interaction/v1/interactions/journeyhistory"
_QUERY = {
    "columns": f"Names of columns, with commas between them; without it {', '.join(USUAL)}.",
    "format": "csv or tsv.",
}
_WRONG = {400: "A column, a format, a moment or a list that is none.", 404: "There is no such journey or version."}
ROUTES = (
    Route(
        "POST",
        f"{_BASE}/download",
        "History as a table of text, oldest first",
        _download,
        answers={200: f"At most {MOST_ROWS} rows.", **_WRONG},
        query=_QUERY,
        body=SCHEMA,
        tag="History",
        gives="text/csv",
    ),
    Route(
        "POST",
        f"{_BASE}/estimate",
        "How large that table is",
        _estimate,
        answers={200: "Rows, and bytes without and with compression.", **_WRONG},
        query=_QUERY,
        body=SCHEMA,
        tag="History",
    ),
    Route(
        "GET",
        f"{_BASE}/freshness",
        "By how many seconds history trails behind",
        _freshness,
        answers={200: "0: it does not."},
        tag="History",
    ),
)
