"""A data extension and an event in a `.journey` file: without ids, fields and tables by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.rules import check_schema
from app.events.event_definition import EventDefinition
from app.events.key import check_key
from app.exchange.json_text import Path
from app.kernel.errors import Severity
from app.kernel.said import said

Json = dict[str, Any]
Complain = Callable[[Path, str, str], None]
"""Notes a problem: where, what, what to do."""

_FIELD: tuple[tuple[str, str, type, str], ...] = (
    ("name", "name", str, said("a text")),
    ("kind", "kind", str, said("a text")),
    ("length", "length", int, said("a whole number")),
    ("scale", "scale", int, said("a whole number")),
    ("primaryKey", "primary_key", bool, said("true or false")),
    ("required", "required", bool, said("true or false")),
    ("default", "default", str, said("a text")),
)
"""Members of a field: name in the file, name in Field, type, the type in words."""
_MUST = ("name", "kind")


def data_extension_to_document(data_extension: DataExtension, beyond: Mapping[str, Any]) -> Json:
    """The table for a file; `beyond` has the unknown members of the file that it came from."""
    link = data_extension.field(data_extension.link) if data_extension.link else None
    place = f"dataExtensions/{data_extension.key}"
    document: Json = {"key": data_extension.key, "name": data_extension.name}
    if data_extension.description:
        document["description"] = data_extension.description
    document["link"] = link.name if link else None
    document["fields"] = [
        {
            **{
                name: getattr(field, member)
                for name, member, _, _ in _FIELD
                if getattr(field, member) is not None and getattr(field, member) is not False
            },
            **beyond.get(f"{place}/{field.name}", {}),
        }
        for field in data_extension.fields
    ]
    return {**document, **beyond.get(place, {})}


def read_data_extension(document: Any, path: Path, complain: Complain, beyond: Json) -> DataExtension | None:
    """The table of a file; None after a complaint. Unknown members are put into `beyond`."""
    if not isinstance(document, dict):
        complain(path, said("must be an object"), "")
        return None
    key = _text(document, "key", path, complain)
    name = _text(document, "name", path, complain)
    description = _text(document, "description", path, complain, default="")
    link = document.get("link")
    if link is not None and not isinstance(link, str):
        complain((*path, "link"), said("must be a text or null"), "")
    listed = document.get("fields")
    if not isinstance(listed, list):
        complain((*path, "fields"), said("must be a list"), "")
        listed = []
    place = f"dataExtensions/{key}"
    fields = [
        _read_field(each, f"file:{key}/", (*path, "fields", i), complain, beyond, place)
        for i, each in enumerate(listed)
    ]
    _keep(document, ("key", "name", "description", "link", "fields"), place, beyond)
    if any(field is None for field in fields) or not isinstance(link, (str, type(None))):
        return None
    known = tuple(field for field in fields if field)
    linked = next((field.id for field in known if field.name == link), None)
    if link is not None and linked is None:
        complain(
            (*path, "link"),
            said("names the field {link!r}, which is not there", link=link),
            said("Name one of its fields, or null."),
        )
    table = DataExtension(f"file:{key}", key, name, description, known, linked)
    for problem in check_schema(table):
        if problem.severity is Severity.ERROR:
            complain(
                path,
                said("is not allowed ({where}): {message}", where=problem.where, message=problem.message),
                problem.hint,
            )
    return table


def event_to_document(event: EventDefinition, data_extension_key: str | None, beyond: Mapping[str, Any]) -> Json:
    """The event for a file."""
    document: Json = {"key": event.key, "name": event.name}
    if event.description:
        document["description"] = event.description
    document["dataExtension"] = data_extension_key
    if event.criteria:
        document["criteria"] = event.criteria
    return {**document, **beyond.get("event", {})}


def read_event(
    document: Any, tables: Mapping[str, DataExtension], complain: Complain, beyond: Json
) -> EventDefinition | None:
    """The event of a file; None where there is none, or after a complaint."""
    path: Path = ("event",)
    if document is None:
        return None
    if not isinstance(document, dict):
        complain(path, said("must be an object or null"), "")
        return None
    key = _text(document, "key", path, complain)
    for problem in check_key(key, lambda _: False) if key else ():
        complain((*path, "key"), said("is not allowed: {message}", message=problem.message), problem.hint)
    home = document.get("dataExtension")
    if home is not None and (not isinstance(home, str) or home not in tables):
        complain(
            (*path, "dataExtension"),
            said("names the data extension {home!r}, which is not in the file", home=home),
            said("Name one of dataExtensions by its key."),
        )
        home = None
    event = EventDefinition(
        id="file:event",
        key=key,
        name=_text(document, "name", path, complain),
        data_extension_id=None if home is None else tables[home].id,
        description=_text(document, "description", path, complain, default=""),
        criteria=_text(document, "criteria", path, complain, default=""),
    )
    _keep(document, ("key", "name", "description", "dataExtension", "criteria"), "event", beyond)
    return event


def _read_field(
    document: Any, id_prefix: str, path: Path, complain: Complain, beyond: Json, place: str
) -> Field | None:
    if not isinstance(document, dict):
        complain(path, said("must be an object"), "")
        return None
    members: Json = {}
    for name, member, kind, words in _FIELD:
        value = document.get(name)
        if value is None:
            if name in _MUST:
                complain((*path, name), said("is missing"), "")
                return None
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            complain((*path, name), said("must be {words}", words=words), "")
            return None
        else:
            members[member] = value
    _keep(document, tuple(name for name, *_ in _FIELD), f"{place}/{members['name']}", beyond)
    return Field(id=id_prefix + members["name"], **members)


def _keep(document: Json, known: tuple[str, ...], place: str, beyond: Json) -> None:
    unknown = {name: value for name, value in document.items() if name not in known}
    if unknown:
        beyond[place] = unknown


def _text(document: Json, name: str, path: Path, complain: Complain, default: str | None = None) -> str:
    value = document.get(name, default)
    if isinstance(value, str):
        return value
    complain((*path, name), said("is missing") if value is None else said("must be a text"), "")
    return ""
