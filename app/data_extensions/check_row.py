"""Checks a row that comes in against a schema. Every bad column is reported, not only the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.fold import fold
from app.data_extensions.kinds import GET_DATE, KINDS, Kind, Reader, ValueProblem
from app.kernel.errors import Problem, Severity
from app.kernel.said import Said, listed, said


class UnknownColumns(StrEnum):
    """What becomes of a name that the data extension has no column for."""

    IGNORE = "ignore"
    """Ignored with a warning that names the nearest column: what the original does, less silently."""
    REFUSE = "refuse"
    """The whole row is refused."""


class Nulls(StrEnum):
    """What a null in the data means."""

    NO_VALUE = "no_value"
    """It empties an optional column; in a required column it is a gap, as if the name were not there."""
    REFUSE = "refuse"
    """The row is refused."""


class PrimaryKeys(StrEnum):
    """What becomes of an event whose row has a primary key that a row has already."""

    UPDATE = "update"
    """It updates that row."""
    REFUSE = "refuse"
    """It is refused, with the body of a row that breaks the schema (400)."""
    CONFLICT = "conflict"
    """It is refused as something that exists already (409): rows are only ever added."""


@dataclass(frozen=True, slots=True)
class RowFidelity:
    """The choices that no source of the original settles (reference, section 9), with the defaults."""

    unknown_columns: UnknownColumns = UnknownColumns.IGNORE
    nulls: Nulls = Nulls.NO_VALUE
    names_ignore_case: bool = False


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class CheckedRow:
    """The outcome. `values` has every field of the schema by id, None for no value; with problems it is partial.

    `given` are the ids of the fields that the data named itself: an update of a known row leaves the others alone,
    so that a default does not overwrite what is there.
    """

    values: dict[str, Value]
    given: frozenset[str]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the row may be written."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class _Column:
    field: Field
    kind: Kind
    read: Reader
    default: Value
    now_by_default: bool
    required: bool


_ABSENT = object()
_FINE: tuple[Problem, ...] = ()


class RowChecker:
    """Checks rows of one schema: made once, asked for every row."""

    def __init__(
        self,
        schema: DataExtension,
        tz: tzinfo,
        fidelity: RowFidelity = RowFidelity(),
        *,
        reserved: Iterable[str] = (),
    ) -> None:
        """`tz` reads times without an offset; `reserved` names are dropped from the data without a word."""
        self._schema = schema
        self._fidelity = fidelity
        self._reserved = frozenset(reserved)
        self._columns = tuple(_column(field, tz) for field in schema.fields)
        # The hot loop walks plain tuples: attribute look-ups would cost as much as the checks themselves.
        self._plan = tuple(
            (c.field.name, c.field.id, c.read, c.kind.blank_is_value and not c.required, c) for c in self._columns
        )
        self._all = frozenset(field.id for field in schema.fields)
        self._exact = {field.name for field in schema.fields}
        self._by_fold = {fold(field.name): field.name for field in schema.fields}

    def check(self, data: Mapping[str, Any], now: datetime) -> CheckedRow:
        """Check one row: `data` maps names of columns to JSON values, `now` is what `GetDate()` means."""
        if self._fidelity.names_ignore_case or not self._reserved.isdisjoint(data):
            data = self._renamed(data)
        values: dict[str, Value] = {}
        problems: list[Problem] = []
        missing: list[str] = []
        seen = 0
        for name, field_id, read, blank_is_value, column in self._plan:
            raw = data.get(name, _ABSENT)
            if raw is _ABSENT:
                missing.append(field_id)
            else:
                seen += 1
                if raw is not None and (blank_is_value or raw != ""):
                    try:
                        values[field_id] = read(raw)
                    except ValueProblem as wrong:
                        problems.append(_bad_value(name, wrong))
                    continue
            values[field_id] = self._gap(raw, column, now, problems)
        warnings = _FINE
        if seen != len(data):
            warnings = self._unknown(data)
            if self._fidelity.unknown_columns is UnknownColumns.REFUSE:
                problems.extend(warnings)
                warnings = _FINE
        given = self._all.difference(missing) if missing else self._all
        return CheckedRow(values, given, tuple(problems), warnings)

    def _gap(self, raw: object, column: _Column, now: datetime, problems: list[Problem]) -> Value:
        """The value where the data has none: absent, null, or blank where blank is no value."""
        if raw is None and self._fidelity.nulls is Nulls.REFUSE:
            problems.append(_null(column.field.name, column))
            return None
        if raw is not _ABSENT and not column.required:
            return None
        value = now if column.now_by_default else column.default
        if value is None and column.required:
            problems.append(_missing(column.field.name, column))
        return value

    def _renamed(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data without reserved names and, where case does not count, with the columns' own names."""
        kept = {name: raw for name, raw in data.items() if name not in self._reserved} if self._reserved else dict(data)
        if not self._fidelity.names_ignore_case:
            return kept
        # An exact name wins over one that differs in case.
        own = {name: raw for name, raw in kept.items() if name in self._exact}
        for name, raw in kept.items():
            if name not in own:
                own.setdefault(self._by_fold.get(fold(name), name), raw)
        return own

    def _unknown(self, data: Mapping[str, Any]) -> tuple[Problem, ...]:
        refuse = self._fidelity.unknown_columns is UnknownColumns.REFUSE
        severity = Severity.ERROR if refuse else Severity.WARNING
        schema = self._schema.name

        def message(column: str) -> str:
            if refuse:
                return said("The data extension {name} has no column [{column}].", name=schema, column=column)
            return said(
                "The data extension {name} has no column [{column}]; the value was ignored.", name=schema, column=column
            )

        return tuple(
            Problem(
                "unknown_column",
                message(name),
                where=name,
                hint=self._nearest(name),
                severity=severity,
            )
            for name in data
            if name not in self._exact
        )

    def _nearest(self, name: str) -> str:
        same = self._by_fold.get(fold(name))
        if same is not None:
            return said("Did you mean [{column}]? Capital and small letters count in names of columns.", column=same)
        near = get_close_matches(fold(name), self._by_fold, n=1, cutoff=0.6)
        if near:
            return said("Did you mean [{column}]?", column=self._by_fold[near[0]])
        return said("Its columns are {names}.", names=listed(field.name for field in self._schema.fields))


def check_row(
    schema: DataExtension,
    data: Mapping[str, Any],
    now: datetime,
    tz: tzinfo,
    fidelity: RowFidelity = RowFidelity(),
) -> CheckedRow:
    """Check one row. For many rows of one schema make a RowChecker once."""
    return RowChecker(schema, tz, fidelity).check(data, now)


def _column(field: Field, tz: tzinfo) -> _Column:
    kind = KINDS[field.kind]
    read = kind.reader(field, tz)
    now_by_default = field.default == GET_DATE and field.kind == "date"
    default: Value = None
    if field.default is not None and not now_by_default and (field.default != "" or kind.blank_is_value):
        try:
            default = read(field.default)
        except ValueProblem:
            # rules.py refuses such a schema; in one that came in from elsewhere the default fills nothing.
            default = None
    return _Column(field, kind, read, default, now_by_default, field.required or field.primary_key)


def _bad_value(name: str, wrong: ValueProblem) -> Problem:
    return Problem(
        wrong.code,
        said("The value for column [{name}] {rule}", name=name, rule=wrong.rule),
        where=name,
        hint=said("{message} For example: {example}", message=wrong.message, example=wrong.example),
    )


def _missing(name: str, column: _Column) -> Problem:
    return Problem(
        "required",
        said("The value for column [{name}] is required and was not given.", name=name),
        where=name,
        hint=said(
            "This is required ({kind}). For example: {example}",
            kind=Said(column.kind.label),
            example=column.kind.example(column.field),
        ),
    )


def _null(name: str, column: _Column) -> Problem:
    return Problem(
        "null",
        said("The value for column [{name}] is null.", name=name),
        where=name,
        hint=said(
            "Leave the name out, or give a {kind}. For example: {example}",
            kind=Said(column.kind.label),
            example=column.kind.example(column.field),
        ),
    )
