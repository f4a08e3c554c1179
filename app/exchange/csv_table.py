"""A CSV file as people have them: any of the usual encodings and separators, found by looking, read row by row.

Nothing is read whole: a file of any size takes the memory of its longest row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from app.kernel.errors import UnreadableFile
from app.kernel.said import said

OpenBytes = Callable[[], BinaryIO]

_LOOK = 256 * 1024
"""Bytes that are looked at to find encoding, separator and columns."""

_SEPARATORS = (",", ";", "\t", "|")
_MOST_COLUMNS = 500
_SAMPLE = 500
"""Rows that kinds of columns are guessed from."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row. `number` is the row's in a spreadsheet (the head is 1); `cells` by name of column, what the row does
    not reach is missing; `trouble` says why the row cannot be read at all, "" where it can."""

    number: int
    cells: Mapping[str, str]
    trouble: str = ""


@dataclass(frozen=True)
class CsvTable:
    """What was found. `size` in bytes; `notes` are sentences about what was assumed; `sample` the first rows;
    `open_bytes` opens the file anew, `skip` lines before its first row are no rows."""

    name: str
    size: int
    encoding: str
    separator: str
    columns: tuple[str, ...]
    has_head: bool
    notes: tuple[str, ...]
    sample: tuple[CsvRow, ...] = ()
    open_bytes: OpenBytes = field(repr=False, default=io.BytesIO)
    skip: int = 0

    def rows(self, tell: Callable[[int], None] | None = None) -> Iterator[CsvRow]:
        """Every row with anything in it; `tell` hears how many bytes were read. Raises UnreadableFile with the row."""
        with self.open_bytes() as raw:
            number = 0
            try:
                for number, cells in _records(raw, self.encoding, self.separator, self.skip):
                    if tell is not None:
                        tell(raw.tell())
                    if (number == 1 and self.has_head) or not any(cells):
                        continue
                    yield self._row(number, cells)
            except UnicodeDecodeError as error:
                raise UnreadableFile(
                    said(
                        "{name} has bytes near row {row} that are no {encoding} text.",
                        name=self.name,
                        row=number + 1,
                        encoding=self.encoding.upper(),
                    ),
                    line=number + 1,
                    column=1,
                    hint=said("Save it again as CSV UTF-8 and drop it once more."),
                ) from error
            except csv.Error as error:
                raise _broken(self.name, number + 1) from error

    def with_head(self, has_head: bool) -> CsvTable:
        """The same file with its first row taken as names of columns, or as a row like all others."""
        return (
            self if has_head == self.has_head else _described(replace(self, has_head=has_head, columns=(), sample=()))
        )

    def _row(self, number: int, cells: Sequence[str]) -> CsvRow:
        if len(cells) > len(self.columns) and any(cells[len(self.columns) :]):
            words = said(
                "The row has {values} values, and the file has {columns} columns.",
                values=len(cells),
                columns=len(self.columns),
            )
            return CsvRow(number, {}, words)
        return CsvRow(number, dict(zip(self.columns, cells, strict=False)))


def look_at_csv(open_bytes: OpenBytes, name: str, size: int) -> CsvTable:
    """Find out how a file is written and what its columns are. Raises UnreadableFile for what is no CSV."""
    with open_bytes() as raw:
        start = raw.read(_LOOK)
    if not start.strip(b"\r\n\t \0\xef\xbb\xbf"):
        raise UnreadableFile(
            said("{name} is empty.", name=name),
            hint=said("Export it again, with the names of the columns in its first row."),
        )
    encoding, notes = _encoding(start, name, whole=size <= len(start))
    text = _decoded(start, encoding)
    separator, skip = _separator(text)
    table = CsvTable(name, size, encoding, separator, (), True, notes, (), open_bytes, skip)
    first = next(iter(_first_records(table)), [])
    table = replace(table, has_head=_looks_like_head(first))
    return _described(table)


def _described(table: CsvTable) -> CsvTable:
    """The table with its columns and its first rows."""
    records = _first_records(table)
    if not records:
        raise UnreadableFile(said("{name} has no rows.", name=table.name), hint=said("Export it again."))
    width = max(len(record) for record in records)
    if width > _MOST_COLUMNS:
        raise UnreadableFile(
            said("{name} has {width} columns.", name=table.name, width=width),
            hint=said("Take at most {most}.", most=_MOST_COLUMNS),
        )
    head = records[0] if table.has_head else []
    columns = _names(head, width if not table.has_head else len(head))
    whole = replace(table, columns=columns)
    rows = []
    for row in whole.rows():
        rows.append(row)
        if len(rows) >= _SAMPLE:
            break
    return replace(whole, sample=tuple(rows))


def _first_records(table: CsvTable) -> list[list[str]]:
    """The first records that are not blank."""
    found: list[list[str]] = []
    with table.open_bytes() as raw:
        try:
            for _, cells in _records(raw, table.encoding, table.separator, table.skip):
                if any(cells):
                    found.append(cells)
                if len(found) >= 50:
                    break
        except csv.Error as error:
            raise _broken(table.name, len(found) + 1) from error
        except UnicodeDecodeError:
            # It lies behind what was looked at; who reads the rows is told where.
            pass
    return found


def _records(raw: BinaryIO, encoding: str, separator: str, skip: int) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(io.BufferedReader(_Lent(raw)), encoding=encoding, newline="")
    try:
        for _ in range(skip):
            text.readline()
        yield from enumerate(csv.reader(text, delimiter=separator), 1)
    finally:
        text.detach().detach()


class _Lent(io.RawIOBase):
    """Hands bytes on; the wrapper that decodes them must not close what it was given."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = raw

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """As asked."""
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _encoding(start: bytes, name: str, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableFile(
            said("{name} is an Excel workbook or another archive.", name=name), hint=said("Save it as CSV UTF-8 there.")
        )
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", ()
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ()
    if b"\0" in start:
        raise UnreadableFile(
            said("{name} is no text file.", name=name), hint=said("Choose a CSV file, saved as CSV UTF-8.")
        )
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=whole)
    except UnicodeDecodeError:
        note = said(
            "It is not written in UTF-8: it was read as Windows-1252. Look whether letters with accents are right."
        )
        return "cp1252" if _fits_windows(start) else "latin-1", (note,)
    return "utf-8", ()


def _fits_windows(start: bytes) -> bool:
    try:
        start.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(start: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("strict" if encoding != "utf-16" else "replace").decode(start)


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many lines to leave out: Excel writes one that names it."""
    first = text.split("\n", 1)[0].strip("\r")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    best, best_score = ",", (0.0, 0)
    for separator in _SEPARATORS:
        score = _fit(text, separator)
        if score > best_score:
            best, best_score = separator, score
    return best, 0


def _fit(text: str, separator: str) -> tuple[float, int]:
    """How well a separator cuts the first rows: the share of rows as wide as the first, then how wide."""
    widths = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cells):
                widths.append(len(cells))
            if len(widths) >= 30:
                break
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (round(sum(width == widths[0] for width in widths) / len(widths), 1), widths[0])


def _looks_like_head(cells: Sequence[str]) -> bool:
    """Names of columns are words; a row of data has numbers or addresses among them."""
    return not any(_looks_like_data(cell.strip()) for cell in cells)


def _looks_like_data(text: str) -> bool:
    return "@" in text or text.lstrip("+-").replace(".", "", 1).replace(",", "", 1).isdigit()


def _names(head: Sequence[str], width: int) -> tuple[str, ...]:
    """A name for each column: its own, made unique, or its number."""
    found: list[str] = []
    for at in range(width):
        name = " ".join(head[at].split())[:120] if at < len(head) else ""
        name = name or f"Column {at + 1}"
        number, plain = 2, name
        while name.casefold() in {each.casefold() for each in found}:
            name = f"{plain} {number}"
            number += 1
        found.append(name)
    return tuple(found)


def _broken(name: str, row: int) -> UnreadableFile:
    return UnreadableFile(
        said("{name} cannot be read from row {row} on: a quote is not closed there.", name=name, row=row),
        line=row,
        column=1,
        hint=said("Write a quote inside a value twice, or take it away."),
    )
