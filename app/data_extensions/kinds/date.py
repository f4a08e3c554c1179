"""Date: a moment. Kept in UTC to the microsecond; a time without an offset is one of the workspace's time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Kind, Reader, Storage, ValueProblem, as_text, shown
from app.kernel.said import said

FIRST = datetime(1753, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
"""The range of SQL Server's datetime, which the original keeps dates in (reference, 2.4 and 6)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.ASCII,
)
_US = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})"
    r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)? ?([AaPp][Mm])?)?",
    re.ASCII,
)


class Date(Kind):
    """A date with its time: ISO 8601 (2026-01-31, 2026-01-31T13:05:00Z) or the American 1/31/2026 1:05 PM."""

    key = "date"
    label = "Date"
    mc_type = "Date"
    help = "A date, with its time if it has one: 2026-01-31, 2026-01-31T13:05:00Z or 1/31/2026 1:05 PM."

    def reader(self, field: Field, tz: tzinfo) -> Reader:
        """Reads a date; without an offset it is one of `tz`, without a time it is midnight there."""
        example = self.example(field)

        def read(raw: object) -> Value:
            moment = raw if isinstance(raw, datetime) else _moment(raw, example)
            try:
                moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=tz).astimezone(UTC)
            except OverflowError:
                raise _out_of_range(raw, example) from None
            if not FIRST <= moment <= LAST:
                raise _out_of_range(raw, example)
            return moment

        return read

    def to_text(self, value: Value, field: Field) -> str:  # noqa: ARG002 - nothing to look up
        """ISO 8601 in UTC with a Z."""
        assert isinstance(value, datetime)
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

    def show(self, value: Value, field: Field, tz: tzinfo) -> str:  # noqa: ARG002 - nothing to look up
        """The date in `tz`, with its time unless that is midnight."""
        assert isinstance(value, datetime)
        try:
            local = value.astimezone(tz)
        except OverflowError:
            local = value
        if local.hour == local.minute == local.second == local.microsecond == 0:
            return f"{local:%Y-%m-%d}"
        return local.replace(tzinfo=None).isoformat(" ", "auto" if local.second or local.microsecond else "minutes")

    def storage(self, field: Field) -> Storage:  # noqa: ARG002 - always the same
        """Microseconds since 1970 in UTC."""
        return "integer"

    def store(self, value: Value, field: Field) -> int | str | None:  # noqa: ARG002 - nothing to look up
        """Microseconds since 1970 in UTC."""
        if value is None:
            return None
        assert isinstance(value, datetime)
        return (value - _EPOCH) // _MICROSECOND

    def load(self, stored: object, field: Field) -> Value:  # noqa: ARG002 - nothing to look up
        """The moment, aware, in UTC."""
        if stored is None:
            return None
        assert isinstance(stored, int)
        return _EPOCH + timedelta(microseconds=stored)

    def example(self, field: Field) -> str:  # noqa: ARG002 - any date will do
        """A date with its time."""
        return "2026-01-31T13:05:00Z"

    def sample(self, field: Field, n: int) -> Value:  # noqa: ARG002 - any date will do
        """A morning of January 2026 and on."""
        return datetime(2026, 1, 15, 9, 30, tzinfo=UTC) + timedelta(days=n)


def _moment(raw: object, example: str) -> datetime:
    if isinstance(raw, (bool, int, float)):
        raise _not_a_date(raw, example)
    text = as_text(raw, example).strip()
    try:
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text)
        found = _US.fullmatch(text)
        if found:
            return _american(found)
    except ValueError:
        raise _not_a_date(raw, example) from None
    raise _not_a_date(raw, example)


def _american(found: re.Match[str]) -> datetime:
    """The moment of month/day/year; raises ValueError for a day that does not exist."""
    month, day, year, hour, minute, second, fraction, half = found.groups()
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(half)
        hours = hours % 12 + (12 if half.upper() == "PM" else 0)
    micro = int((fraction or "0").ljust(6, "0"))
    return datetime(int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), micro)  # noqa: DTZ001 - the caller gives it the workspace's zone


def _not_a_date(raw: object, example: str) -> ValueProblem:
    return ValueProblem(
        said("{raw} is not a date: write it as year-month-day, or as month/day/year.", raw=shown(raw)),
        example,
        rule=said("is not a valid date."),
        code="invalid_date",
    )


def _out_of_range(raw: object, example: str) -> ValueProblem:
    return ValueProblem(
        said("{raw} is outside the years 1753 to 9999.", raw=shown(raw)),
        example,
        rule=said("is outside the range of a Date."),
        code="out_of_range",
    )
