"""Rows of a table from elsewhere into a data extension: first checked, every bad one listed; then the good ones
written, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from app.data_extensions.check_row import CheckedRow, RowChecker
from app.data_extensions.data_extension import DataExtension
from app.data_extensions.fold import fold
from app.exchange.csv_table import CsvRow, CsvTable
from app.exchange.decimal_comma import comma_columns, with_point
from app.kernel.errors import Problem
from app.services.news import WorkspaceChanged
from app.services.settings import settings_of
from app.services.stored_versions import StoredVersions
from app.services.workspace import Workspace
from app.services.write_rows import find_data_extension

_NUMBERS = ("decimal", "number")
_BATCH = 500
"""Rows of one transaction: the window's and the API's own writes wait for no more."""

MOST_LISTED = 1000
"""Bad rows that are listed one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """One thing that is wrong with a row: column ("" for the row itself), its value, what is wrong, what would do."""

    number: int
    column: str
    value: str
    message: str
    hint: str = ""


@dataclass
class ImportReport:
    """What was found, and what was written. `bad_rows` counts rows, `bad` lists what is wrong with them; `stopped` is
    whether the person ended it early."""

    good: int = 0
    bad_rows: int = 0
    bad: list[BadRow] = field(default_factory=list)
    written: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table's columns meet a schema's: by name, capital letters, spaces and underscores aside. `to_field` maps
    a column to a field's name, `ignored` columns have no field, `missing` fields are required and have no column."""

    to_field: Mapping[str, str]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]


Stop = Callable[[], bool]
Tell = Callable[[int], None]


def match_columns(schema: DataExtension, columns: Sequence[str]) -> Columns:
    """Which column goes into which field."""
    fields = {_plain(each.name): each.name for each in schema.fields}
    exact = {each.name for each in schema.fields}
    found: dict[str, str] = {}
    for column in columns:
        name = column if column in exact else fields.get(_plain(column))
        if name is not None and name not in found.values():
            found[column] = name
    there = set(found.values())
    needed = [
        each.name
        for each in schema.fields
        if (each.required or each.primary_key) and each.default is None and each.name not in there
    ]
    return Columns(found, tuple(each for each in columns if each not in found), tuple(needed))


def check_import(ws: Workspace, key: str, table: CsvTable, stop: Stop, tell: Tell) -> ImportReport:
    """Check every row against the data extension with that external key; nothing is written. `stop` is asked now and
    then, `tell` hears how many bytes were read. Raises NotFound, and UnreadableFile with the row."""
    report = ImportReport()
    schema, checker, now = _checker(ws, key)
    for number, (row, checked) in enumerate(_checked(checker, schema, table, tell, now)):
        if number % _BATCH == 0 and stop():
            report.stopped = True
            break
        _note(report, row, checked)
    return report


def import_rows(ws: Workspace, key: str, table: CsvTable, stop: Stop, tell: Tell) -> ImportReport:
    """Write the good rows and leave the bad ones out; a known primary key updates its row. What was written before
    `stop` said so, or before an error, stays.

    Raises NotFound, UnreadableFile with the row, and a WorkspaceError where they cannot be written.
    """
    report = ImportReport()
    schema, checker, now = _checker(ws, key)
    pairs = _checked(checker, schema, table, tell, now)
    try:
        while batch := list(islice(pairs, _BATCH)):
            if stop():
                report.stopped = True
                break
            for row, checked in batch:
                _note(report, row, checked)
            report.written += _write(
                ws, schema, [checked for _, checked in batch if checked is not None and checked.ok]
            )
    finally:
        if report.written:
            ws.bus.publish(WorkspaceChanged("data_extensions"))
    return report


def _checker(ws: Workspace, key: str) -> tuple[DataExtension, RowChecker, datetime]:
    with ws.unit_of_work(writes=False) as work:
        schema = find_data_extension(work, key)
        checker = RowChecker(schema, StoredVersions(work).time_zone(), settings_of(work.facts).fidelity.rows)
    return schema, checker, ws.clock.now()


def _checked(
    checker: RowChecker, schema: DataExtension, table: CsvTable, tell: Tell, now: datetime
) -> Iterator[tuple[CsvRow, CheckedRow | None]]:
    names = match_columns(schema, table.columns).to_field
    numbers = {each.name for each in schema.fields if each.kind in _NUMBERS}
    commas = [names[column] for column in comma_columns(table) if names.get(column) in numbers]
    for row in table.rows(tell):
        if row.trouble:
            yield row, None
            continue
        data = {names[column]: cell for column, cell in row.cells.items() if column in names}
        for name in commas:
            if name in data:
                data[name] = with_point(data[name])
        # A file says a gap by an empty cell: defaults fill it, and a row that is there keeps what it has.
        yield row, checker.check({name: cell for name, cell in data.items() if cell.strip()}, now)


def _note(report: ImportReport, row: CsvRow, checked: CheckedRow | None) -> None:
    if checked is not None and checked.ok:
        report.good += 1
        return
    report.bad_rows += 1
    if len(report.bad) >= MOST_LISTED:
        return
    if checked is None:
        report.bad.append(BadRow(row.number, "", "", row.trouble))
        return
    for problem in checked.problems:
        report.bad.append(_bad(row, problem))


def _bad(row: CsvRow, problem: Problem) -> BadRow:
    value = next((cell for column, cell in row.cells.items() if _plain(column) == _plain(problem.where)), "")
    return BadRow(row.number, problem.where, value, problem.message, problem.hint)


def _write(ws: Workspace, schema: DataExtension, rows: list[CheckedRow]) -> int:
    if not rows:
        return 0
    with ws.unit_of_work() as work:
        work.data_extensions.write_all(schema, rows)
        work.changed("contacts")
        work.commit()
    return len(rows)


def _plain(name: str) -> str:
    return fold(name).replace(" ", "").replace("_", "").replace("-", "")
