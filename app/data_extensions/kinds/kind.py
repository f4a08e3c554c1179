"""What every kind of field can do; one file a kind beside this one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import ClassVar, Literal

from app.data_extensions.data_extension import Field, Value
from app.kernel.said import said

GET_DATE = "GetDate()"
"""The default that means the present moment (reference, section 6)."""

Storage = Literal["text", "integer", "sortable"]
"""How a column keeps values: text, a 64-bit integer, or text that sorts by its bytes as the values do."""

Reader = Callable[[object], Value]
"""Reads one JSON value or typed text; raises ValueProblem."""


class ValueProblem(ValueError):
    """A value that its field cannot take.

    `message` is a sentence with the value and the rule; `example` is a text that would pass; `rule` ends the
    original's wording "The value for column [X] ..." (reference, 2.4); `code` is stable, for programs.
    """

    def __init__(
        self, message: str, example: str, *, rule: str = said("is not valid."), code: str = "invalid_value"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.example = example
        self.rule = rule
        self.code = code


class Kind(ABC):
    """A kind of field: it reads, checks, stores and shows its values. None never reaches it: no value is no value."""

    key: ClassVar[str]
    label: ClassVar[str]
    mc_type: ClassVar[str]
    """The name in Marketing Cloud's REST answers."""
    help: ClassVar[str]
    fold: ClassVar[bool] = False
    """Whether a column has a case-folded twin for comparing."""
    has_length: ClassVar[bool] = False
    has_scale: ClassVar[bool] = False
    blank_is_value: ClassVar[bool] = False
    """Whether an empty text is a value (of Text alone) rather than no value."""

    @abstractmethod
    def reader(self, field: Field, tz: tzinfo) -> Reader:
        """A reader for that field, made once for many rows; naive times are read in `tz`."""

    def parse(self, raw: object, field: Field, now: datetime, tz: tzinfo) -> Value:
        """Read one JSON value or typed text. `now` is what `GetDate()` means. Raises ValueProblem."""
        if raw == GET_DATE and self.key == "date":
            return now
        return self.reader(field, tz)(raw)

    @abstractmethod
    def to_text(self, value: Value, field: Field) -> str:
        """The canonical text: parse gives the same value back, in any time zone."""

    def show(self, value: Value, field: Field, tz: tzinfo) -> str:  # noqa: ARG002 - dates are shown in `tz`
        """The text for people."""
        return self.to_text(value, field)

    def to_json(self, value: Value, field: Field) -> object:
        """The JSON value of an answer."""
        return self.to_text(value, field)

    def storage(self, field: Field) -> Storage:  # noqa: ARG002 - a decimal's storage follows from its length
        """How a column of that field keeps its values."""
        return "text"

    def store(self, value: Value, field: Field) -> int | str | None:  # noqa: ARG002 - decimals need the scale
        """The stored form of a value; None stays None."""
        assert value is None or isinstance(value, str)
        return value

    def load(self, stored: object, field: Field) -> Value:  # noqa: ARG002 - decimals need the scale
        """The value of a stored form; None stays None."""
        return stored

    @abstractmethod
    def example(self, field: Field) -> str:
        """A text that this field takes."""

    @abstractmethod
    def sample(self, field: Field, n: int) -> Value:
        """A believable value, another one for each `n`; the same `n` gives the same value."""


class TextualKind(Kind):
    """A kind whose values are texts that are written and shown as they are."""

    def to_text(self, value: Value, field: Field) -> str:  # noqa: ARG002 - nothing to look up
        """The value itself."""
        assert isinstance(value, str)
        return value

    def example(self, field: Field) -> str:
        """The first sample."""
        return str(self.sample(field, 0))


def shown(raw: object) -> str:
    """A value as an error names it: short, in quotes when it is text, JSON's words otherwise."""
    if isinstance(raw, str):
        text = raw if len(raw) <= 40 else f"{raw[:37]}..."
        return '"' + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text) + '"'
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict):
        return said("an object")
    if isinstance(raw, (list, tuple)):
        return said("a list")
    text = str(raw)
    return text if len(text) <= 40 else f"{text[:37]}..."


def check_characters(text: str, example: str) -> None:
    """Refuse what no database of ours can hold: NUL and halves of surrogate pairs. Raises ValueProblem."""
    if "\0" in text:
        raise ValueProblem(
            said("{text} contains a NUL character, which no column can hold.", text=shown(text)),
            example,
            rule=said("contains a NUL character."),
            code="invalid_characters",
        )
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueProblem(
            said("{text} contains half of a surrogate pair, which is no character.", text=shown(text)),
            example,
            rule=said("contains an invalid Unicode character."),
            code="invalid_characters",
        ) from None


def as_text(raw: object, example: str) -> str:
    """The text of a JSON string, number or truth value. Raises ValueProblem for lists and objects."""
    if isinstance(raw, str):
        check_characters(raw, example)
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (dict, list, tuple)):
        raise ValueProblem(
            said("An object is no single value.") if isinstance(raw, dict) else said("A list is no single value."),
            example,
            rule=said("is not a single value."),
            code="not_scalar",
        )
    return str(raw)
