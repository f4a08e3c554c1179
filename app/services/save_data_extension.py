"""Make or change a data extension."""

from __future__ import annotations

from dataclasses import replace

from app.data_extensions.changes import check_edit
from app.data_extensions.data_extension import DataExtension
from app.data_extensions.rules import check_schema, tidy
from app.kernel.errors import Conflict, InvalidInput, NotFound, Problem, Severity
from app.kernel.ids import new_field_id, new_guid
from app.kernel.said import listed, said
from app.services.ports import UnitOfWork
from app.services.workspace import Workspace


def save_data_extension(ws: Workspace, data_extension: DataExtension) -> DataExtension:
    """Keep a data extension and its table; what was kept. Empty ids (its own, its fields') and an empty external key
    are made up.

    Raises InvalidInput with all problems of the schema or of the change, Conflict for a field that an active journey
    still uses.
    """
    with ws.unit_of_work() as work:
        kept = save_data_extension_in(work, data_extension, ws)
        work.commit()
    return kept


def save_data_extension_in(work: UnitOfWork, data_extension: DataExtension, ws: Workspace) -> DataExtension:
    """The same inside an open unit of work, without the commit."""
    kept = tidy(_with_ids(data_extension))
    stored = _stored(work, kept.id)
    if stored is None:
        problems = check_schema(kept)
    else:
        problems = check_edit(stored, kept, filled=work.data_extensions.has_rows(stored))
    blocking = [each for each in (*problems, *_check_taken(work, kept)) if each.severity is Severity.ERROR]
    if blocking:
        first = blocking[0]
        raise InvalidInput(first.message, tuple(blocking), where=first.where, hint=first.hint)
    if stored is not None:
        _check_removed(work, stored, kept)
    work.data_extensions.save(kept, ws.clock.now())
    work.changed("data_extensions", "running")
    return kept


def _with_ids(data_extension: DataExtension) -> DataExtension:
    fields = tuple(field if field.id else replace(field, id=new_field_id()) for field in data_extension.fields)
    return replace(
        data_extension, id=data_extension.id or new_guid(), key=data_extension.key.strip() or new_guid(), fields=fields
    )


def _stored(work: UnitOfWork, data_extension_id: str) -> DataExtension | None:
    try:
        return work.data_extensions.get(data_extension_id)
    except NotFound:
        return None


def _check_taken(work: UnitOfWork, data_extension: DataExtension) -> list[Problem]:
    problems = []
    other = work.data_extensions.find(name=data_extension.name)
    if other is not None and other.id != data_extension.id:
        message = said("A data extension named {name} already exists.", name=other.name)
        problems.append(Problem("taken", message, "name", said("Take another name, or use that data extension.")))
    other = work.data_extensions.find(key=data_extension.key)
    if other is not None and other.id != data_extension.id:
        message = said("The data extension {name} has the external key {key}.", name=other.name, key=other.key)
        problems.append(Problem("taken", message, "key", said("Take another external key.")))
    return problems


def _check_removed(work: UnitOfWork, stored: DataExtension, kept: DataExtension) -> None:
    for field in stored.fields:
        users = () if kept.field(field.id) else work.journeys.going_with(field.id)
        if users:
            raise Conflict(
                said("{name} cannot be removed while {users} uses it.", name=field.name, users=listed(users)),
                where=field.name,
                hint=said("Stop that journey first, or keep the field."),
            )
