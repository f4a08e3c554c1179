"""Number: whole numbers."""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import Decimal

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Kind, Reader, Storage, ValueProblem, as_text, shown
from app.kernel.said import said

LARGEST = 2**63 - 1
"""The bounds are those of a 64-bit integer: what both databases hold (the original's range is not documented)."""

_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,19})(?:\.0{0,19})?\s*", re.ASCII)


class Number(Kind):
    """A whole number. Text of digits is taken, and a JSON number without a fraction."""

    key = "number"
    label = "Number"
    mc_type = "Number"
    help = "Whole numbers, such as 3 or -120. For amounts with a fraction take Decimal."

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a whole number."""
        example = self.example(field)

        def read(raw: object) -> Value:
            if type(raw) is int:
                number = raw
            elif isinstance(raw, bool):
                raise _problem(raw, example)
            elif isinstance(raw, float) or (isinstance(raw, Decimal) and raw.is_finite()):
                number = _whole(raw, example)
            else:
                found = _WHOLE.fullmatch(as_text(raw, example))
                if found is None:
                    raise _problem(raw, example)
                number = int(found[1])
            if not -LARGEST - 1 <= number <= LARGEST:
                raise ValueProblem(
                    said(
                        "{raw} is too large: whole numbers go from {smallest} to {largest}.",
                        raw=shown(raw),
                        smallest=-LARGEST - 1,
                        largest=LARGEST,
                    ),
                    example,
                    rule=said("is outside the range of a Number."),
                    code="out_of_range",
                )
            return number

        return read

    def to_text(self, value: Value, field: Field) -> str:  # noqa: ARG002 - nothing to look up
        """The digits."""
        return str(value)

    def to_json(self, value: Value, field: Field) -> object:  # noqa: ARG002 - nothing to look up
        """A JSON number."""
        return value

    def storage(self, field: Field) -> Storage:  # noqa: ARG002 - always the same
        """A 64-bit integer."""
        return "integer"

    def store(self, value: Value, field: Field) -> int | str | None:  # noqa: ARG002 - nothing to look up
        """The number itself."""
        assert value is None or isinstance(value, int)
        return value

    def example(self, field: Field) -> str:  # noqa: ARG002 - any whole number will do
        """A whole number."""
        return "3"

    def sample(self, field: Field, n: int) -> Value:
        """A small number, or a long one for a key."""
        return 1001 + n if field.primary_key else n + 1


def _whole(raw: float | Decimal, example: str) -> int:
    # The bound comes first: int() of a huge exponent would fill the memory. NaN fails it as well.
    if not -1e20 < raw < 1e20 or raw != int(raw):
        raise _problem(raw, example)
    return int(raw)


def _problem(raw: object, example: str) -> ValueProblem:
    return ValueProblem(
        said("{raw} is not a whole number.", raw=shown(raw)),
        example,
        rule=said("is not a valid number."),
        code="invalid_number",
    )
