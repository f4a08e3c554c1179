"""Numbers with a decimal comma, as spreadsheets of many countries write them into files cut at semicolons."""

from __future__ import annotations

import re

from app.exchange.csv_table import CsvTable

_NUMBER = re.compile(r"\s*[-+]?\d+(,\d+)?\s*")
_THOUSANDS = re.compile(r"\s*[-+]?\d{1,3},\d{3}\s*")


def comma_columns(table: CsvTable) -> frozenset[str]:
    """The columns whose first rows are numbers with a decimal comma and cannot be anything else: no comma cuts the
    file, no point is in the column, and at least one comma cannot stand for thousands (`84,5`, not `1,250`)."""
    if table.separator == ",":
        return frozenset()
    return frozenset(column for column in table.columns if _unambiguous(table, column))


def with_point(text: str) -> str:
    """`84,5` as `84.5`; what is no number with a decimal comma stays as it is."""
    return text.replace(",", ".") if _NUMBER.fullmatch(text) else text


def _unambiguous(table: CsvTable, column: str) -> bool:
    given = [cell for row in table.sample if (cell := row.cells.get(column, "")).strip()]
    if not all(_NUMBER.fullmatch(cell) for cell in given):
        return False
    return any("," in cell and not _THOUSANDS.fullmatch(cell) for cell in given)
