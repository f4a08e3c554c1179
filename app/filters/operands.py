"""What a condition asks, made ready: its field, its operator, and the operand as values, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS, ValueProblem
from app.filters.catalog import Catalog
from app.filters.dates import Anniversary, Bounds, day_bounds, local_date, relative_day
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.operators.operator import BOOLEANS, DATES, NUMBERS, TEXTS
from app.filters.tree import (
    Attribute,
    Condition,
    Literal,
    Literals,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
)
from app.kernel.said import Said, said

FIELD_ID = re.compile(r"f_[0-9a-f]{16}")
"""Ids of fields as `kernel.ids` makes them."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", re.ASCII)


NOTHING = said("nothing")


class Family(StrEnum):
    """Kinds that compare in the same way, and with each other."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


_FAMILIES = {
    **dict.fromkeys(TEXTS, Family.TEXT),
    **dict.fromkeys(NUMBERS, Family.NUMBER),
    **dict.fromkeys(DATES, Family.DATE),
    **dict.fromkeys(BOOLEANS, Family.BOOLEAN),
}


class ConditionProblem(ValueError):
    """A condition that cannot be asked. `code` is stable: no_field, no_operator, wrong_operator, wrong_operand,
    bad_value, missing_value, no_kind."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is asked: the left side, or another attribute on the right."""

    attribute: Attribute
    field: Field
    family: Family


Right = Any
"""An element of the right-hand side: a folded text, an int or Decimal, an aware datetime in UTC, an Anniversary, a
tuple of texts or numbers, or an Asked."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A condition that can be asked. `right` is what its operator's voices are told, by shape."""

    condition: Condition
    operator: Operator
    left: Asked
    right: tuple[Right, ...]


def family_of(field: Field) -> Family | None:
    """The family of a field's kind, or None for a kind that is not known."""
    return _FAMILIES.get(field.kind)


def make_ready(condition: Condition, catalog: Catalog, now: datetime, tz: tzinfo) -> Ready:
    """Work a condition out. Raises ConditionProblem with what is wrong and what to do."""
    left = asked(condition.attribute, catalog)
    operator = OPERATORS.get(condition.operator)
    if operator is None:
        raise ConditionProblem(
            "no_operator",
            said("There is no operator {operator}.", operator=repr(condition.operator)),
            said("Choose one from the operator list."),
        )
    if not operator.fits(left.field.kind):
        raise ConditionProblem(
            "wrong_operator",
            said(
                "{field} is of the kind {kind}, which cannot be asked whether it {operator}.",
                field=left.field.name,
                kind=Said(KINDS[left.field.kind].label),
                operator=Said(operator.label),
            ),
            said("Choose an operator that fits the field."),
        )
    right = _Reader(left, operator, catalog, now, tz).right(condition)
    return Ready(condition, operator, left, right)


def asked(attribute: Attribute, catalog: Catalog) -> Asked:
    """The field behind an attribute. Raises ConditionProblem when there is none."""
    field = catalog.field(attribute)
    if field is None:
        home = catalog.home(attribute)
        raise ConditionProblem(
            "no_field", _lost(attribute, home), said("Choose another field, or remove the condition.")
        )
    family = family_of(field)
    if family is None or field.kind not in KINDS:
        message = said("{field} is of an unknown kind, {kind}.", field=field.name, kind=repr(field.kind))
        raise ConditionProblem("no_kind", message, said("Update Switchback."))
    return Asked(attribute, field, family)


def _lost(attribute: Attribute, home: DataExtension | None) -> Said:
    """An id says nothing to a person; a name is there where the filter came from a file."""
    name = "" if FIELD_ID.fullmatch(attribute.field) else repr(attribute.field)
    if home is None and name:
        return said("The data that is asked does not have a field {name}.", name=name)
    if home is None:
        return said("The data that is asked does not have this field any more.")
    if name:
        return said("The data extension {home} does not have a field {name}.", home=home.name, name=name)
    return said("The data extension {home} does not have this field any more.", home=home.name)


def read_number(text: str) -> Decimal:
    """An exact number as typed; raises ConditionProblem."""
    plain = text.strip()
    if _NUMBER.fullmatch(plain):
        try:
            return Decimal(plain)
        except InvalidOperation:  # pragma: no cover - the pattern admits only what Decimal reads
            pass
    if not plain:
        raise ConditionProblem(
            "missing_value", said("There is no number to compare with."), said("Type a number, for example 50.")
        )
    raise ConditionProblem(
        "bad_value", said("{value} is not a number.", value=repr(text)), said("Type digits, for example 50 or 19.90.")
    )


def read_date(text: str, field: Field, tz: tzinfo) -> Bounds:
    """The first and last moment that a typed date means: its day in `tz`, or with a time that moment."""
    if not text.strip():
        raise ConditionProblem(
            "missing_value",
            said("There is no date to compare with."),
            said("Choose a date, for example 2026-01-31."),
        )
    whole_day = _DAY.fullmatch(text.strip()) is not None
    try:
        # A day is read for its date alone: the first and last of the calendar begin outside it in some zones.
        moment = KINDS["date"].reader(field, UTC if whole_day else tz)(text.strip())
    except ValueProblem as problem:
        example = said("For example {example}.", example=problem.example)
        raise ConditionProblem("bad_value", problem.message, example) from None
    assert isinstance(moment, datetime)
    return day_bounds(moment.date(), tz) if whole_day else (moment, moment)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads operands for one left side."""

    left: Asked
    operator: Operator
    catalog: Catalog
    now: datetime
    tz: tzinfo

    def right(self, condition: Condition) -> tuple[Right, ...]:
        """The right-hand side, by the operator's shape."""
        operand, shape = condition.operand, self.operator.shape
        if shape is Shape.NONE:
            if operand is not None:
                raise self._wrong(NOTHING)
            return ()
        if shape is Shape.VALUES:
            return (self._values(operand),)
        if shape is Shape.SPAN:
            return self._span(operand)
        if shape is Shape.RANGE:
            if not isinstance(operand, Range):
                raise self._wrong(said("two bounds"))
            return (self._value(operand.low)[0], self._value(operand.high)[-1])
        if shape is Shape.DAY:
            return (self._day(operand),)
        return self._value(operand)

    def _value(self, operand: object) -> tuple[Right, ...]:
        """One value: a single element, or first and last moment of a date."""
        if isinstance(operand, OtherAttribute) and self.operator.other:
            other = asked(operand.attribute, self.catalog)
            if other.family is not self.left.family:
                raise ConditionProblem(
                    "bad_value",
                    said(
                        "{other} is of the kind {its}, {field} of the kind {kind}: they cannot be compared.",
                        other=other.field.name,
                        its=_kind(other.field),
                        field=self.left.field.name,
                        kind=_kind(self.left.field),
                    ),
                    said("Choose a field of the kind {kind}.", kind=_kind(self.left.field)),
                )
            return (other, other) if other.family is Family.DATE else (other,)
        if isinstance(operand, RelativeDate) and self.left.family is Family.DATE:
            return day_bounds(relative_day(operand, self.now, self.tz), self.tz)
        if not isinstance(operand, Literal):
            raise self._wrong(said("a value"))
        if self.left.family is Family.DATE:
            return read_date(operand.text, self.left.field, self.tz)
        if self.left.family is Family.NUMBER:
            return (self._number(operand.text),)
        return (fold(operand.text),)

    def _values(self, operand: object) -> tuple[Right, ...]:
        if not isinstance(operand, Literals):
            raise self._wrong(said("a list of values"))
        if self.left.family is Family.NUMBER:
            return tuple(self._number(text) for text in operand.texts)
        return tuple(fold(text) for text in operand.texts)

    def _number(self, text: str) -> int | Decimal:
        """The number in the type of the field's values, if exact: comparing across types takes twice as long."""
        number = read_number(text)
        whole = self.left.field.kind == "number" and number == number.to_integral_value()
        return int(number) if whole else number

    def _span(self, operand: object) -> Bounds:
        if not isinstance(operand, Span):
            raise self._wrong(said("a number of days, weeks or months"))
        if operand.amount < 0:
            raise ConditionProblem(
                "bad_value", said("{amount} is no length of time.", amount=operand.amount), said("Type 0 or more.")
            )
        assert self.operator.span is not None
        return self.operator.span(operand, self.now, self.tz)

    def _day(self, operand: object) -> Anniversary:
        if isinstance(operand, RelativeDate):
            day = relative_day(operand, self.now, self.tz)
        elif isinstance(operand, Literal):
            day = local_date(read_date(operand.text, self.left.field, self.tz)[-1], self.tz)
        else:
            raise self._wrong(said("a day"))
        return Anniversary(day.month, day.day, self.tz)

    def _wrong(self, wanted: Said) -> ConditionProblem:
        return ConditionProblem(
            "missing_value" if wanted is not NOTHING else "wrong_operand",
            said(
                "{field} {operator} … needs {wanted} on the right-hand side.",
                field=self.left.field.name,
                operator=Said(self.operator.label),
                wanted=wanted,
            ),
            said("Fill in the value, or remove the condition."),
        )


def _kind(field: Field) -> Said:
    """The kind's key, in other languages its name."""
    return Said(field.kind, KINDS[field.kind].label)
