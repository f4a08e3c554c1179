"""Reading a filter from a file in any of its forms, and the schema that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any

from app.data_extensions.check_row import check_row
from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS, ValueProblem
from app.data_extensions.kinds.decimal import MAX_PRECISION
from app.exchange.json_text import Path, line_and_column, parse
from app.exchange.read_journey import read_journey_file
from app.exchange.references import Renaming
from app.filters.catalog import Catalog
from app.filters.document import from_document
from app.filters.text.parser import parse as parse_text
from app.filters.tree import EMPTY, EVENT, Attribute, Group
from app.filters.xml import from_xml
from app.kernel.errors import InvalidInput, UnreadableFile, UserError

_NAME = "Data"
_DATE = re.compile(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilterInput:
    """A filter with the schema behind it. `form` is xml, text, json or journey."""

    form: str
    group: Group
    catalog: Catalog


def read_filter(content: bytes, name: str, catalog: Catalog, event_key: str) -> FilterInput:
    """The filter in a file's content: the original's XML, the expression language, JSON, or the entry filter of a
    `.journey` file (which brings its own schema). Raises UnreadableFile, InvalidInput."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return FilterInput("xml", from_xml(content, catalog, event_key), catalog)
    if start == b"{":
        return _from_json(content, name, catalog)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{name} is not a text in UTF-8.", hint="Save it as UTF-8.") from None
    return FilterInput("text", parse_text(text, catalog), catalog)


def catalog_of_data(data: Mapping[str, Any]) -> Catalog:
    """A schema that the data would fit, its kinds guessed from the values."""
    fields = tuple(_field(f"f_{number}", name, value) for number, (name, value) in enumerate(data.items()))
    return Catalog(DataExtension("data", "data", _NAME, fields=fields))


def record_of(data: Mapping[str, Any], catalog: Catalog, now: datetime, tz: tzinfo) -> dict[str, Value]:
    """The data as a filter asks it; what is not there has no value. Raises InvalidInput for values that do not fit."""
    record: dict[str, Value] = dict.fromkeys(field.id for _, field in catalog)
    if catalog.event is None:
        raise UserError("There is no data extension to read the data with.", hint="Name the event with --event KEY.")
    row = check_row(catalog.event, data, now, tz)
    # A required column that is missing would refuse the event; here the question is the filter alone.
    wrong = tuple(problem for problem in row.problems if problem.code != "required")
    if wrong:
        raise InvalidInput("The data does not fit the data extension.", wrong, where="--data")
    return record | row.values


def _from_json(content: bytes, name: str, catalog: Catalog) -> FilterInput:
    document, text = parse(content, name)
    if "journey" in document:
        file = read_journey_file(content, name)
        return FilterInput("journey", file.journey.entry.filter if file.journey.entry else EMPTY, file.catalog)
    try:
        group = from_document(document)
    except InvalidInput as error:
        inner = error.problems[0].where if error.problems else error.where
        path: Path = tuple(int(step) if step.isdecimal() else step for step in inner.split("/")[1:])
        line, column = line_and_column(text, path)
        raise UnreadableFile(error.message, line=line, column=column, hint=error.hint) from None
    return FilterInput("json", Renaming(_by_id(catalog), lambda item, _: item).filter(group, ()), catalog)


def _by_id(catalog: Catalog) -> Any:
    homes = {EVENT: catalog.event, **{f"key:{each.key}": each for each in catalog.linked}}

    def rename(attribute: Attribute, _: Path) -> Attribute:
        home = homes.get(attribute.source)
        field = home.named(attribute.field) if home else None
        if home is None or field is None:
            return attribute  # an id already, or unknown: the diagnostics say so
        return Attribute(field.id, EVENT if attribute.source == EVENT else home.id)

    return rename


def _field(field_id: str, name: str, value: Any) -> Field:
    if isinstance(value, bool):
        return Field(field_id, name, "boolean")
    if isinstance(value, (int, float)):
        _, _, fraction = f"{Decimal(repr(value)):f}".partition(".")
        return Field(field_id, name, "decimal", MAX_PRECISION, min(len(fraction), MAX_PRECISION // 2))
    if isinstance(value, str) and _DATE.match(value):
        try:
            KINDS["date"].reader(Field(field_id, name, "date"), UTC)(value)
        except ValueProblem:
            return Field(field_id, name, "text")
        return Field(field_id, name, "date")
    return Field(field_id, name, "text")
