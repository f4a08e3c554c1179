"""Boolean: true or false."""

from __future__ import annotations

from datetime import tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Kind, Reader, Storage, ValueProblem, as_text, shown
from app.kernel.said import said

_WORDS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}


class Boolean(Kind):
    """True or false, in the original's spellings: 1/Y/Yes/true and 0/N/No/false (reference, section 6)."""

    key = "boolean"
    label = "Boolean"
    mc_type = "Boolean"
    help = "True or false. 1, Y and Yes count as true; 0, N and No as false."

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a truth value."""
        example = self.example(field)

        def read(raw: object) -> Value:
            if raw is True or raw is False:
                return raw
            if isinstance(raw, (int, float)) and raw in (0, 1):
                return raw == 1
            word = _WORDS.get(as_text(raw, example).strip().lower())
            if word is None:
                raise ValueProblem(
                    said("{raw} is neither true nor false: write true, false, yes, no, 1 or 0.", raw=shown(raw)),
                    example,
                    rule=said("is not a valid boolean."),
                    code="invalid_boolean",
                )
            return word

        return read

    def to_text(self, value: Value, field: Field) -> str:  # noqa: ARG002 - nothing to look up
        """`true` or `false`."""
        return "true" if value else "false"

    def show(self, value: Value, field: Field, tz: tzinfo) -> str:  # noqa: ARG002 - nothing to look up
        """`True` or `False`."""
        return "True" if value else "False"

    def to_json(self, value: Value, field: Field) -> object:  # noqa: ARG002 - nothing to look up
        """A JSON truth value."""
        return value

    def storage(self, field: Field) -> Storage:  # noqa: ARG002 - always the same
        """0 or 1."""
        return "integer"

    def store(self, value: Value, field: Field) -> int | str | None:  # noqa: ARG002 - nothing to look up
        """0 or 1."""
        return None if value is None else int(bool(value))

    def load(self, stored: object, field: Field) -> Value:  # noqa: ARG002 - nothing to look up
        """True or false."""
        return None if stored is None else bool(stored)

    def example(self, field: Field) -> str:  # noqa: ARG002 - either will do
        """One of the two."""
        return "true"

    def sample(self, field: Field, n: int) -> Value:  # noqa: ARG002 - either will do
        """True, then false, in turn."""
        return n % 2 == 0
