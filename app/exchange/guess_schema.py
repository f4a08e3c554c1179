"""What data extension a CSV file would make: a field for each column, its kind guessed from the first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS, ValueProblem
from app.exchange.csv_table import CsvTable
from app.exchange.decimal_comma import comma_columns, with_point
from app.kernel.ids import new_field_id, new_guid

_LENGTHS = (50, 100, 254, 500, 1000, 4000)
_KEY = re.compile(r"(subscriber|contact|customer)?[ _-]?(key|id|number|no)$", re.IGNORECASE)
_TRUTH = frozenset({"true", "false", "yes", "no"})
_LINKABLE = ("text", "email", "number")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")


def guess_schema(table: CsvTable, name: str) -> DataExtension:
    """A data extension for the file's rows, to be looked at before it is made."""
    columns = {column: [row.cells.get(column, "") for row in table.sample] for column in table.columns}
    for column in comma_columns(table):
        columns[column] = [with_point(value) for value in columns[column]]
    key = _key_column(columns)
    fields = tuple(_field(column, values, key=column == key) for column, values in columns.items())
    link = next((field.id for field in fields if field.name == key and field.kind in _LINKABLE), None)
    return DataExtension(new_guid(), "", name, fields=fields, link=link)


def _field(name: str, values: Sequence[str], *, key: bool) -> Field:
    given = [value for value in values if value.strip()]
    kind, length, scale = _kind(given)
    return Field(new_field_id(), name, kind, length, scale, required=key, primary_key=key)


def _kind(given: Sequence[str]) -> tuple[str, int | None, int | None]:
    """The narrowest kind that takes all of the values, with its length and scale."""
    if not given:
        return "text", _LENGTHS[0], None
    if all(value.strip().casefold() in _TRUTH for value in given):
        return "boolean", None, None
    if not any(_is_a_code(value.strip()) for value in given):
        if _takes(Field("", "", "number"), given):
            return "number", None, None
        places = max((len(value.partition(".")[2].strip()) for value in given), default=0)
        if 0 < places <= 8 and _takes(Field("", "", "decimal", 18, places), given):
            return "decimal", 18, places
    if all(_DATE.match(value.strip()) for value in given) and _takes(Field("", "", "date"), given):
        return "date", None, None
    if _takes(Field("", "", "email"), given):
        return "email", None, None
    longest = max(len(value) for value in given)
    # Later rows may be longer than the first ones: twice the room of what was seen.
    return "text", next((length for length in _LENGTHS if length >= 2 * longest), _LENGTHS[-1]), None


def _is_a_code(text: str) -> bool:
    """Digits that are no number: a leading zero or plus would be lost, and so would a place of many."""
    return text.startswith("+") or (len(text) > 1 and text[0] == "0" and text[1].isdigit()) or len(text) > 17


def _takes(field: Field, values: Sequence[str]) -> bool:
    read = KINDS[field.kind].reader(field, UTC)
    try:
        for value in values:
            read(value)
    except ValueProblem:
        return False
    return True


def _key_column(columns: dict[str, list[str]]) -> str | None:
    """The column that tells rows apart: named like a key if there is one, else the first that could."""
    fit = [
        name
        for name, values in columns.items()
        if values and all(value.strip() for value in values) and len(set(values)) == len(values)
    ]
    named = [name for name in fit if _KEY.search(name)]
    address = [name for name in fit if all("@" in value for value in columns[name])]
    return next(iter((*named, *address)), None)
