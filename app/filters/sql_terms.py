"""The sides of a comparison in SQL: columns as they are stored, compared exactly and alike on both databases.

An expression over a column without a value is NULL or false; `sql.to_sql` sees to NOT. A right-hand side is a value,
which is bound, or a term of the same sort.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from operator import eq, ge, le
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, and_, bindparam, false, func, or_

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS
from app.data_extensions.kinds.decimal import precision, scale
from app.data_extensions.kinds.number import LARGEST
from app.filters.anniversaries import falls_on
from app.filters.dates import Anniversary
from app.filters.operators.parts import SEPARATORS, padded, sought
from app.filters.wide_decimals import TextDecimal

Expression = ColumnElement[bool]
_ESCAPE = "\\"


def bound(value: object, kind: Any) -> ColumnElement[Any]:
    """A value as a bound parameter: never written into the statement."""
    return bindparam(None, value, type_=kind, unique=True)


class Term:
    """What every kind can be asked."""

    __hash__ = None  # type: ignore[assignment]  # comparing gives SQL

    def __init__(self, value: ColumnElement[Any], field: Field) -> None:
        self.value, self.field = value, field

    def is_null(self) -> Expression:
        """There is no value."""
        return self.value.is_(None)


class BooleanTerm(Term):
    """Kept as 0 and 1."""

    def is_true(self) -> Expression:
        """The answer was yes."""
        return self.value == bound(1, BigInteger)

    def is_false(self) -> Expression:
        """The answer was no."""
        return self.value == bound(0, BigInteger)


class DateTerm(Term):
    """Microseconds since 1970 in UTC."""

    def __lt__(self, other: object) -> Expression:
        return self.value < self._side(other)

    def __le__(self, other: object) -> Expression:
        return self.value <= self._side(other)

    def __gt__(self, other: object) -> Expression:
        return self.value > self._side(other)

    def __ge__(self, other: object) -> Expression:
        return self.value >= self._side(other)

    def anniversary(self, day: Anniversary) -> Expression:
        """Falls on that day and month."""
        return falls_on(self.value, day)

    def _side(self, other: object) -> ColumnElement[Any]:
        if isinstance(other, DateTerm):
            return other.value
        return bound(KINDS["date"].store(other, self.field), BigInteger)


class TextTerm(Term):
    """The folded twin of a text."""

    def __init__(self, value: ColumnElement[Any], folded: ColumnElement[Any], field: Field) -> None:
        super().__init__(value, field)
        self.folded = folded

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]  # SQL, not a verdict
        return self.folded == self._side(other)

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]  # SQL, not a verdict
        return self.folded != self._side(other)

    def contains(self, text: str) -> Expression:
        """`text` occurs in it."""
        return self._like(f"%{_escaped(text)}%")

    def begins_with(self, text: str) -> Expression:
        """It starts with `text`."""
        return self._like(f"{_escaped(text)}%")

    def ends_with(self, text: str) -> Expression:
        """It stops with `text`."""
        return self._like(f"%{_escaped(text)}")

    def contains_any(self, texts: tuple[str, ...]) -> Expression:
        """Any of the texts occurs in it."""
        return self._any(self.folded, sought(texts))

    def has_word(self, texts: tuple[str, ...]) -> Expression:
        """Any of the texts stands in it as a word of its own."""
        spaced: ColumnElement[Any] = self.folded
        for separator in SEPARATORS:
            if separator != " ":
                spaced = func.replace(spaced, bound(separator, Text), bound(" ", Text))
        space = bound(" ", Text)
        return self._any(space.op("||")(spaced).op("||")(space), padded(texts))

    def is_one_of(self, texts: tuple[str, ...]) -> Expression:
        """It is one of the texts."""
        return self.folded.in_(sorted(set(texts))) if texts else self._never()

    def _any(self, where: ColumnElement[Any], texts: tuple[str, ...]) -> Expression:
        if not texts:
            return self._never()
        return or_(*(_like(where, f"%{_escaped(text)}%") for text in texts))

    def _like(self, pattern: str) -> Expression:
        return _like(self.folded, pattern)

    def _never(self) -> Expression:
        # NULL where there is no value, so that its NOT does not pass for that either.
        return self.folded != self.folded

    def _side(self, other: object) -> ColumnElement[Any]:
        return other.folded if isinstance(other, TextTerm) else bound(other, Text)


class NumberTerm(Term):
    """A scaled integer, or sortable text beyond 18 digits.

    A value on the right is first moved to the column's scale: `> 50.005` over two decimals is `>= 50.01`, exactly.
    """

    @property
    def scale(self) -> int:
        """Digits after the point."""
        return scale(self.field) if self.field.kind == "decimal" else 0

    @property
    def wide(self) -> bool:
        """Whether the column is sortable text."""
        return KINDS[self.field.kind].storage(self.field) == "sortable"

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]  # SQL, not a verdict
        if isinstance(other, NumberTerm):
            return self._against(other).equal()
        exact = self._scaled(other)
        return self._never() if exact != exact.to_integral_value() else self._compare("=", int(exact))

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]  # SQL, not a verdict
        if isinstance(other, NumberTerm):
            pair = self._against(other)
            return or_(pair.greater(), ~pair.greater_or_equal())
        return ~(self == other)

    def __gt__(self, other: object) -> Expression:
        if isinstance(other, NumberTerm):
            return self._against(other).greater()
        return self._compare(">=", self._whole(other, ROUND_FLOOR) + 1)

    def __ge__(self, other: object) -> Expression:
        if isinstance(other, NumberTerm):
            return self._against(other).greater_or_equal()
        return self._compare(">=", self._whole(other, ROUND_CEILING))

    def __lt__(self, other: object) -> Expression:
        if isinstance(other, NumberTerm):
            return ~self._against(other).greater_or_equal()
        return self._compare("<=", self._whole(other, ROUND_CEILING) - 1)

    def __le__(self, other: object) -> Expression:
        if isinstance(other, NumberTerm):
            return ~self._against(other).greater()
        return self._compare("<=", self._whole(other, ROUND_FLOOR))

    def is_one_of(self, numbers: tuple[int | Decimal, ...]) -> Expression:
        """It is one of the numbers."""
        exact = [self._scaled(number) for number in numbers]
        low, high = self._limits()
        whole = sorted({int(each) for each in exact if each == each.to_integral_value() and low <= each <= high})
        if not whole:
            return self._never()
        return self.value.in_([self._stored(each) for each in whole])

    def _against(self, other: NumberTerm) -> _Pair:
        return _Pair(self, other)

    def _scaled(self, number: object) -> Decimal:
        with localcontext(prec=400):
            assert isinstance(number, (int, Decimal))
            return Decimal(number).scaleb(self.scale)

    def _whole(self, number: object, rounding: str) -> int:
        with localcontext(prec=400):
            return int(self._scaled(number).to_integral_value(rounding))

    def _limits(self) -> tuple[int, int]:
        """The smallest and largest scaled number that the column holds."""
        if self.field.kind != "decimal":
            return -LARGEST - 1, LARGEST
        most = 10 ** precision(self.field) - 1
        return -most, most

    def _compare(self, sign: str, scaled: int) -> Expression:
        """Compare with a scaled integer; one beyond what the column holds decides at once."""
        low, high = self._limits()
        if (sign == ">=" and scaled <= low) or (sign == "<=" and scaled >= high):
            return self.value == self.value
        if not low <= scaled <= high:
            return self._never()
        side = bound(self._stored(scaled), Text if self.wide else BigInteger)
        return _COMPARE[sign](self.value, side)

    def _stored(self, scaled: int) -> int | str:
        with localcontext(prec=400):
            stored = (
                KINDS[self.field.kind].store(Decimal(scaled).scaleb(-self.scale), self.field) if self.wide else scaled
            )
        assert stored is not None
        return stored

    def _never(self) -> Expression:
        return self.value != self.value


class _Pair:
    """Two number columns, whatever their scales and storage: exact without leaving 64-bit integers and text.

    The side with fewer digits after the point stays; the other is cut to that scale. What was cut off (`rest`, with
    its sign) decides where the cut sides are equal.
    """

    def __init__(self, left: NumberTerm, right: NumberTerm) -> None:
        self._flipped = left.scale > right.scale
        coarse, fine = (right, left) if self._flipped else (left, right)
        by = fine.scale - coarse.scale
        self._above: Expression = false()
        self._below: Expression = false()
        if coarse.wide or fine.wide:
            cut = TextDecimal.of(fine.value, wide=fine.wide).cut(by)
            self._coarse: ColumnElement[Any] = TextDecimal.of(coarse.value, wide=coarse.wide).text
            self._fine: ColumnElement[Any] = cut.text
            self._above, self._below = cut.rest_above, cut.rest_below
        else:
            power = bound(10**by, BigInteger)  # at most 10 to the 18th: neither scale goes beyond 18 here
            self._coarse = coarse.value
            self._fine = fine.value // power if by else fine.value
            if by:
                self._above, self._below = fine.value % power > 0, fine.value % power < 0

    def equal(self) -> Expression:
        """Left equals right. Not to be turned around by NOT: it can be false where a side has no value."""
        return and_(self._coarse == self._fine, ~self._above, ~self._below)

    def greater(self) -> Expression:
        """Left is greater than right."""
        if self._flipped:
            return or_(self._fine > self._coarse, and_(self._fine == self._coarse, self._above))
        return or_(self._coarse > self._fine, and_(self._coarse == self._fine, self._below))

    def greater_or_equal(self) -> Expression:
        """Left is greater than or equal to right."""
        if self._flipped:
            return or_(self._fine > self._coarse, and_(self._fine == self._coarse, ~self._below))
        return or_(self._coarse > self._fine, and_(self._coarse == self._fine, ~self._above))


_COMPARE: dict[str, Callable[[Any, Any], Expression]] = {"=": eq, ">=": ge, "<=": le}


def _like(where: ColumnElement[Any], pattern: str) -> Expression:
    escape = _ESCAPE if _ESCAPE in pattern else None
    return where.like(bound(pattern, Text), escape=escape)


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text
