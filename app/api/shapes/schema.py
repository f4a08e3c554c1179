"""Reads the `schema` of an event definition, or a list of columns, into a data extension (reference, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api.answer import refuse
from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import kind_of_mc_type
from app.kernel.ids import new_field_id

_OTHER_WORDS = {"email": "email", "int": "number", "datetime": "date"}


def read_schema(document: Any, name: str) -> DataExtension:
    """A new data extension with that name and external key. Raises Refusal for what is no schema."""
    if not isinstance(document, dict):
        raise refuse(400, 10001, 'schema must be an object with "fields".')
    names = {key.lower(): value for key, value in document.items()}
    columns = names.get("fields")
    if not isinstance(columns, list) or not columns or not all(isinstance(each, dict) for each in columns):
        raise refuse(400, 10002, 'schema must have "fields": a list of {"name", "dataType", ...}.')
    fields = tuple(_field(column) for column in columns)
    sendable = str(names.get("sendablecustomobjectfield") or "")
    link = next((field.id for field in fields if field.name == sendable), None)
    return DataExtension(id="", key=name, name=name, fields=fields, link=link)


def _field(column: Mapping[str, Any]) -> Field:
    names = {key.lower(): value for key, value in column.items()}
    name = str(names.get("name") or "")
    word = str(names.get("datatype") or names.get("type") or "Text")
    kind = kind_of_mc_type(word)
    key = kind.key if kind else _OTHER_WORDS.get(word.lower())
    if key is None:
        raise refuse(
            400, 10005, f"The field {name} has the dataType {word[:40]}; take Text, Number, Decimal, Date, ..."
        )
    length, scale = names.get("maxlength", names.get("length")), ""
    if key == "decimal" and isinstance(length, str):
        # Precision and scale in one text, "18,2", as data extensions show them.
        length, _, scale = length.partition(",")
    primary = _flag(names.get("isprimarykey"))
    return Field(
        id=new_field_id(),
        name=name,
        kind=key,
        length=_number(length, name) if key in ("text", "decimal") else None,
        scale=_number(names.get("scale") or scale, name) if key == "decimal" else None,
        required=primary or not _flag(names.get("isnullable"), usual=True),
        primary_key=primary,
        default=str(names["defaultvalue"]) if names.get("defaultvalue") not in (None, "") else None,
    )


def _flag(value: Any, *, usual: bool = False) -> bool:
    if value is None:
        return usual
    return value if isinstance(value, bool) else str(value).lower() == "true"


def _number(value: Any, name: str) -> int | None:
    """Lengths come as numbers or as text; empty is none."""
    if value in (None, ""):
        return None
    try:
        return int(str(value))
    except ValueError:
        raise refuse(400, 10001, f"The length of the field {name} is no whole number.") from None
