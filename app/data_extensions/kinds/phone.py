"""Phone: up to 15 digits, as in E.164."""

from __future__ import annotations

import re
from datetime import tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Reader, TextualKind, ValueProblem, as_text, shown
from app.kernel.said import said

MAX_DIGITS = 15
"""The most digits (reference, section 6; ITU-T E.164)."""

_SHAPE = re.compile(r"\+?[0-9 ()./-]{1,50}", re.ASCII)
_NOT_A_DIGIT = re.compile(r"[^0-9]", re.ASCII)


class Phone(TextualKind):
    """A telephone number. Spaces, dots, dashes and brackets are dropped; a leading plus is kept."""

    key = "phone"
    label = "Phone"
    mc_type = "Phone"
    help = f"A telephone number of up to {MAX_DIGITS} digits, with the country's code: +47 22 00 00 00."

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a number and drops what only makes it readable."""
        example = self.example(field)

        def read(raw: object) -> Value:
            text = as_text(raw, example).strip()
            digits = _NOT_A_DIGIT.sub("", text)
            if isinstance(raw, bool) or _SHAPE.fullmatch(text) is None or not 1 <= len(digits) <= MAX_DIGITS:
                raise ValueProblem(
                    said(
                        "{raw} is not a telephone number: it has up to {max_digits} digits.",
                        raw=shown(raw),
                        max_digits=MAX_DIGITS,
                    ),
                    example,
                    rule=said("is not a valid phone number."),
                    code="invalid_phone",
                )
            return f"+{digits}" if text.startswith("+") else digits

        return read

    def sample(self, field: Field, n: int) -> Value:  # noqa: ARG002 - any number will do
        """A Norwegian number."""
        return f"+4722{n % 1_000_000:06d}"
