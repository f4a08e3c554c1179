"""Decimals of more than 18 digits in SQL: sortable text (`1` and 38 digits; `0` and their complement when negative).

Cutting digits off its end is a division that drops the fraction, which is all that comparing two scales needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, and_, bindparam, case, cast, false, func

from app.data_extensions.kinds.decimal import MAX_PRECISION

_E18 = 10**18


@dataclass(frozen=True)
class TextDecimal:
    """An expression of sortable text. `rest_above` and `rest_below` say whether what was cut off was more or less
    than nothing."""

    text: ColumnElement[Any]
    rest_above: ColumnElement[bool]
    rest_below: ColumnElement[bool]

    @classmethod
    def of(cls, value: ColumnElement[Any], *, wide: bool) -> TextDecimal:
        """The sortable text of a column: as it is, or made from a 64-bit integer."""
        return cls(value if wide else _from_integer(value), false(), false())

    def cut(self, digits: int) -> TextDecimal:
        """Divided by 10 to the power of `digits`, the fraction dropped."""
        if not digits:
            return self
        sign = func.substr(self.text, 1, 1)
        positive = sign == _text("1")
        filler = case((positive, _text("0" * digits)), else_=_text("9" * digits))
        kept = func.substr(self.text, 2, MAX_PRECISION - digits)
        rest = func.substr(self.text, MAX_PRECISION + 2 - digits, digits)
        return TextDecimal(
            sign.op("||")(filler).op("||")(kept),
            and_(positive, rest != _text("0" * digits)),
            and_(sign == _text("0"), rest != _text("9" * digits)),
        )


def _from_integer(value: ColumnElement[Any]) -> ColumnElement[Any]:
    positive = _text("1").op("||")(_padded(value, MAX_PRECISION))
    # The complement digit by digit, in two parts: ten to the 19th is beyond 64 bits.
    head = cast(_integer(9) + value // _integer(_E18), Text)
    tail = _padded(_integer(_E18 - 1) + value % _integer(_E18), 18)
    negative = _text("0" + "9" * (MAX_PRECISION - 19)).op("||")(head).op("||")(tail)
    return case((value >= _integer(0), positive), else_=negative)


def _padded(value: ColumnElement[Any], width: int) -> ColumnElement[Any]:
    """An integer that is not negative as so many digits."""
    digits = cast(value, Text)
    return func.substr(_text("0" * width).op("||")(digits), func.length(digits) + 1, width)


def _text(text: str) -> ColumnElement[Any]:
    return bindparam(None, text, type_=Text, unique=True)


def _integer(number: int) -> ColumnElement[Any]:
    return bindparam(None, number, type_=BigInteger, unique=True)
