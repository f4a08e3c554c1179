"""Write rows into a data extension: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.data_extensions.check_row import RowChecker
from app.data_extensions.data_extension import DataExtension
from app.kernel.errors import InvalidInput, NotFound
from app.services.news import WorkspaceChanged
from app.services.ports import UnitOfWork
from app.services.settings import settings_of
from app.services.stored_versions import StoredVersions
from app.services.workspace import Workspace


def write_rows(ws: Workspace, key: str, rows: Sequence[Mapping[str, Any]]) -> DataExtension:
    """Insert the rows, or update those whose primary key is known. `key` is the external key, in any case; a row maps
    names of columns to JSON values.

    Raises NotFound, and InvalidInput with every bad column of every row; then nothing was written.
    """
    with ws.unit_of_work() as work:
        schema = find_data_extension(work, key)
        fidelity = settings_of(work.facts).fidelity.rows
        checker = RowChecker(schema, StoredVersions(work).time_zone(), fidelity)
        now = ws.clock.now()
        checked = [checker.check(row, now) for row in rows]
        problems = tuple(
            replace(problem, where=f"row {number}, {problem.where}" if len(checked) > 1 else problem.where)
            for number, row in enumerate(checked, 1)
            for problem in row.problems
        )
        if problems:
            raise InvalidInput(f"Unable to save rows for data extension ID {schema.id}", problems, where=schema.key)
        work.data_extensions.write_all(schema, checked)
        work.changed("contacts")
        work.commit()
    ws.bus.publish(WorkspaceChanged("data_extensions"))
    return schema


def find_data_extension(work: UnitOfWork, key: str) -> DataExtension:
    """The data extension with that external key, in any case. Raises NotFound."""
    found = work.data_extensions.find(key=key)
    if found is None:
        raise NotFound(f"There is no data extension with the external key {key[:200]}.", where="key")
    return found
