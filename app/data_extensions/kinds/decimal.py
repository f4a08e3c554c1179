"""Decimal: exact amounts, so many digits in all, so many of them after the point."""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import Context, Decimal

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Kind, Reader, Storage, ValueProblem, as_text, shown
from app.kernel.said import said

MAX_PRECISION = 38
DEFAULT_PRECISION = 18
DEFAULT_SCALE = 2
INTEGER_DIGITS = 18
"""Up to so many digits a decimal is stored as a scaled 64-bit integer, beyond as sortable text."""

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})(?:[eE][+-]?[0-9]{1,3})?\s*", re.ASCII)
_EXACT = Context(prec=400)


def precision(field: Field) -> int:
    """The digits in all of a Decimal field."""
    return DEFAULT_PRECISION if field.length is None else field.length


def scale(field: Field) -> int:
    """The digits after the point of a Decimal field."""
    return min(DEFAULT_SCALE, precision(field)) if field.scale is None else field.scale


class DecimalNumber(Kind):
    """An exact decimal number; nothing is rounded: a value with too many digits is refused."""

    key = "decimal"
    label = "Decimal"
    mc_type = "Decimal"
    help = "Exact amounts such as 59.90: so many digits in all, so many of them after the point."
    has_length = True
    has_scale = True

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a decimal number and checks its digits."""
        places = scale(field)
        whole = precision(field) - places
        step = Decimal(1).scaleb(-places)
        bound = Decimal(10) ** whole
        example = self.example(field)

        def read(raw: object) -> Value:
            if type(raw) is float or type(raw) is int:
                number = Decimal(repr(raw)) if raw.__class__ is float else Decimal(raw)
            elif isinstance(raw, Decimal):
                number = raw
            else:
                text = raw if type(raw) is str else as_text(raw, example)
                if isinstance(raw, bool) or _NUMBER.fullmatch(text) is None:
                    raise _not_a_number(raw, example)
                number = Decimal(text.strip())
            if not number.is_finite():
                raise _not_a_number(raw, example)
            if not -bound < number < bound:
                raise ValueProblem(
                    said("{raw} has too many digits: at most {whole} before the point.", raw=shown(raw), whole=whole),
                    example,
                    rule=said("exceeds the column's maximum precision."),
                    code="too_many_digits",
                )
            return _quantized(number, step, places, raw, example)

        return read

    def to_text(self, value: Value, field: Field) -> str:  # noqa: ARG002 - the value has its scale
        """Digits with a point, never an exponent."""
        return f"{value:f}"

    def to_json(self, value: Value, field: Field) -> object:
        """A JSON number where it is exact as one, else text (beyond 15 digits a client would lose some)."""
        if precision(field) <= 15:
            return float(value) if isinstance(value, Decimal) else value
        return self.to_text(value, field)

    def storage(self, field: Field) -> Storage:
        """A scaled integer up to 18 digits, sortable text beyond."""
        return "integer" if precision(field) <= INTEGER_DIGITS else "sortable"

    def store(self, value: Value, field: Field) -> int | str | None:
        """The scaled integer, or `1` and 38 digits (`0` and their complement when negative): it sorts by bytes."""
        if value is None:
            return None
        assert isinstance(value, Decimal)
        scaled = int(value.scaleb(scale(field), _EXACT))
        if self.storage(field) == "integer":
            return scaled
        if scaled >= 0:
            return f"1{scaled:0{MAX_PRECISION}d}"
        return f"0{10**MAX_PRECISION - 1 + scaled:0{MAX_PRECISION}d}"

    def load(self, stored: object, field: Field) -> Value:
        """The value with the field's scale."""
        if stored is None:
            return None
        if isinstance(stored, str):
            scaled = int(stored[1:])
            if stored[0] == "0":
                scaled -= 10**MAX_PRECISION - 1
        else:
            assert isinstance(stored, int)
            scaled = stored
        return Decimal(scaled).scaleb(-scale(field), _EXACT)

    def example(self, field: Field) -> str:
        """A number that fits."""
        return self.to_text(self.sample(field, 0), field)

    def sample(self, field: Field, n: int) -> Value:
        """An amount that fits: 59.90, 72.90, ... where there is room."""
        places = scale(field)
        digits = min(2, precision(field) - places)
        scaled = int(Decimal(5990 + 1300 * n).scaleb(places - 2)) if digits else n
        return Decimal(scaled % 10 ** (places + min(4, precision(field) - places))).scaleb(-places)


def _quantized(number: Decimal, step: Decimal, places: int, raw: object, example: str) -> Decimal:
    exact = number.quantize(step, context=_EXACT)
    if exact != number:
        raise ValueProblem(
            said(
                "{raw} has more digits after the point than the column keeps ({places}).", raw=shown(raw), places=places
            ),
            example,
            rule=said("exceeds the column's maximum scale."),
            code="too_many_decimals",
        )
    # Minus zero is zero: it would sort and print apart from it.
    return exact if exact else abs(exact)


def _not_a_number(raw: object, example: str) -> ValueProblem:
    return ValueProblem(
        said("{raw} is not a decimal number.", raw=shown(raw)),
        example,
        rule=said("is not a valid decimal."),
        code="invalid_decimal",
    )
