"""Write rows into a data extension: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.data_extensions.check_row import CheckedRow, PrimaryKeys, RowChecker
from app.data_extensions.data_extension import DataExtension, Value
from app.engine.contract import taken_key
from app.kernel.errors import InvalidInput, NotFound, Problem, Taken
from app.services.news import WorkspaceChanged
from app.services.ports import UnitOfWork
from app.services.settings import settings_of
from app.services.stored_versions import StoredVersions
from app.services.workspace import Workspace


def write_rows(ws: Workspace, key: str, rows: Sequence[Mapping[str, Any]], *, may_update: bool = True) -> DataExtension:
    """Insert the rows, or update those whose primary key is known. `key` is the external key, in any case, or the id;
    a row maps names of columns, in any case, to JSON values: rows that were read give them in lower case. Without
    `may_update` a known primary key is what the workspace's settings say.

    Raises NotFound, Taken for a primary key that is there already, and InvalidInput with every bad column of every
    row; then nothing was written.
    """
    with ws.unit_of_work() as work:
        schema = find_data_extension(work, key)
        fidelity = settings_of(work.facts).fidelity
        checker = RowChecker(schema, StoredVersions(work).time_zone(), replace(fidelity.rows, names_ignore_case=True))
        now = ws.clock.now()
        checked = [checker.check(row, now) for row in rows]
        _refuse(schema, [row.problems for row in checked])
        if not may_update and fidelity.primary_keys is not PrimaryKeys.UPDATE:
            _only_new(work, schema, checked, fidelity.primary_keys)
        work.data_extensions.write_all(schema, checked)
        work.changed("contacts")
        work.commit()
    ws.bus.publish(WorkspaceChanged("data_extensions"))
    return schema


def _refuse(schema: DataExtension, found: Sequence[Sequence[Problem]]) -> None:
    """Raise InvalidInput when there is any problem; `found` are those of each row."""
    problems = tuple(
        replace(problem, where=f"row {number}, {problem.where}" if len(found) > 1 else problem.where)
        for number, row in enumerate(found, 1)
        for problem in row
    )
    if problems:
        raise InvalidInput(f"Unable to save rows for data extension ID {schema.id}", problems, where=schema.key)


def _only_new(work: UnitOfWork, schema: DataExtension, rows: Sequence[CheckedRow], choice: PrimaryKeys) -> None:
    """Refuse rows whose primary key a stored row has, or a row before them."""
    keys = [tuple(row.values[field.id] for field in schema.primary_keys) for row in rows]
    if not schema.primary_keys:
        return
    stored = work.data_extensions.stored_keys(schema, [row.values for row in rows])
    seen: set[tuple[Value, ...]] = set()
    found: list[tuple[Problem, ...]] = []
    for row, key, known in zip(rows, keys, stored, strict=True):
        error = taken_key(schema, row.values, choice) if known or key in seen else None
        if error is not None and choice is PrimaryKeys.CONFLICT:
            raise Taken(error.message, where=schema.key, hint=error.hint)
        found.append(error.problems if error else ())
        seen.add(key)
    _refuse(schema, found)


def find_data_extension(work: UnitOfWork, key: str) -> DataExtension:
    """The data extension with that external key, in any case, or with that id. Raises NotFound."""
    found = work.data_extensions.find(key=key)
    if found is None:
        found = next((each for each in work.data_extensions.all() if each.id == key.lower()), None)
    if found is None:
        raise NotFound(f"There is no data extension with the external key {key[:200]}.", where="key")
    return found
