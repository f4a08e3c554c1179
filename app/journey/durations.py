"""Lengths of time as a marketer says them: 3 days, 1 month, at 9 in the morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from app.filters.sentence import length_words

UNITS = ("minutes", "hours", "days", "weeks", "months")
"""The original's units (reference, 4.3, WAIT), in lower case."""

MOST = 9999
"""The largest amount: 9999 months still end before the year 9999 that datetime can hold."""


_LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""A day before the last, so that it can be said in every time zone."""


def read_duration(value: Any) -> tuple[int, str] | None:
    """(amount, unit) of a `duration` setting, or None where it is not one."""
    if not isinstance(value, Mapping):
        return None
    amount, unit = value.get("amount"), value.get("unit")
    if isinstance(amount, bool) or not isinstance(amount, int) or not 1 <= amount <= MOST or unit not in UNITS:
        return None
    return amount, str(unit)


def duration_words(value: Any) -> str:
    """`3 days`, `1 hour`; "" where the value is no duration."""
    duration = read_duration(value)
    if duration is None:
        return ""
    return length_words(*duration)


def after(start: datetime, amount: int, unit: str, zone: tzinfo) -> datetime:
    """The moment `amount` units after `start` (aware), as an aware UTC datetime.

    Minutes and hours are exact. Days, weeks and months keep the time of day in `zone`, also over a change of the
    clocks; a month after the 31st is the last day of a shorter month. A negative amount goes back. What would lie
    outside of the years that a datetime can hold is the last day that it can.
    """
    try:
        if unit in ("minutes", "hours"):
            return (start + timedelta(**{unit: amount})).astimezone(UTC)
        local = start.astimezone(zone)
        later = _months_later(local, amount) if unit == "months" else local + timedelta(**{unit: amount})
        return later.astimezone(UTC)
    except (OverflowError, ValueError):
        return _LAST


def at_time_of_day(moment: datetime, text: str, zone: tzinfo) -> datetime:
    """The first moment at or after `moment` when the clock in `zone` says `text` ("HH:MM"); UTC."""
    clock = read_time(text)
    if clock is None:
        return moment
    local = moment.astimezone(zone)
    candidate = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    if candidate < local:
        candidate += timedelta(days=1)
    return candidate.astimezone(UTC)


def read_time(text: Any) -> time | None:
    """A time of day from "HH:MM", or None."""
    if not isinstance(text, str):
        return None
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and len(hours) <= 2):
        return None
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return time(int(hours), int(minutes))


def read_moment(value: Any, zone: tzinfo) -> datetime | None:
    """A moment from "YYYY-MM-DDTHH:MM" in `zone` (or with an offset of its own), in UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _months_later(local: datetime, months: int) -> datetime:
    count = local.year * 12 + local.month - 1 + months
    year, month = divmod(count, 12)
    first_of_next = datetime(year + (month == 11), (month + 1) % 12 + 1, 1, tzinfo=UTC)
    last_day = (first_of_next - timedelta(days=1)).day
    return local.replace(year=year, month=month + 1, day=min(local.day, last_day))
