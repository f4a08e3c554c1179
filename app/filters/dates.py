"""What dates on the right-hand side mean: bounds in UTC, worked out once, in the workspace's time zone.

A day of a time zone lasts from its first to its last microsecond there; on the day of a clock change that is 23 or
25 hours (or another number: zones differ). A date with a time is one moment.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.data_extensions.kinds.date import FIRST, LAST
from app.filters.tree import RelativeDate, Span, Unit

TICK = timedelta(microseconds=1)
Bounds = tuple[datetime, datetime]
"""First and last moment, both included, aware, in UTC."""


def day_bounds(day: date, tz: tzinfo) -> Bounds:
    """First and last moment of a day in `tz`."""
    last = _midnight(day + timedelta(days=1), tz) - TICK if day < date.max else LAST
    return _midnight(day, tz), last


def today(now: datetime, tz: tzinfo) -> date:
    """The date that it is in `tz`."""
    return now.astimezone(tz).date()


def shifted(day: date, amount: int, unit: Unit) -> date:
    """`day` plus so many units; a month that is too short ends it on its last day. Stays within 1753 to 9999."""
    try:
        if unit is Unit.MONTHS:
            months = day.year * 12 + day.month - 1 + amount
            year, month = months // 12, months % 12 + 1
            found = date(year, month, min(day.day, monthrange(year, month)[1]))
        else:
            found = day + timedelta(days=amount * (7 if unit is Unit.WEEKS else 1))
        return max(found, FIRST.date())
    except (OverflowError, ValueError):
        return LAST.date() if amount > 0 else FIRST.date()


def relative_day(relative: RelativeDate, now: datetime, tz: tzinfo) -> date:
    """The day that *today minus 14 days* is."""
    return shifted(today(now, tz), relative.amount, relative.unit)


def last_span(span: Span, now: datetime, tz: tzinfo) -> Bounds:
    """From so many units ago to the end of today."""
    day = today(now, tz)
    return _midnight(shifted(day, -span.amount, span.unit), tz), day_bounds(day, tz)[1]


def next_span(span: Span, now: datetime, tz: tzinfo) -> Bounds:
    """From the start of today to the end of the day so many units on."""
    day = today(now, tz)
    return _midnight(day, tz), day_bounds(shifted(day, span.amount, span.unit), tz)[1]


def local_date(moment: datetime, tz: tzinfo) -> date:
    """The date of a moment in `tz`; at the ends of the calendar that of UTC."""
    try:
        return moment.astimezone(tz).date()
    except OverflowError:
        return moment.date()


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day and month of `tz`. 29 February counts as the 28th in years that have none."""

    month: int
    day: int
    tz: tzinfo
    _known: dict[int, Bounds] = field(default_factory=dict, compare=False, repr=False)

    def holds(self, moment: datetime) -> bool:
        """Whether the moment falls on that day and month."""
        year = local_date(moment, self.tz).year
        first, last = self._known.get(year) or self.bounds(year)
        return first <= moment <= last

    def in_year(self, year: int) -> date:
        """The day in that year."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def bounds(self, year: int) -> Bounds:
        """First and last moment of the day in that year."""
        found = self._known[year] = day_bounds(self.in_year(year), self.tz)
        return found


def _midnight(day: date, tz: tzinfo) -> datetime:
    """The first moment of a day in UTC. No zone takes a day of the years 1752 to 9999 out of the calendar.

    Where a clock change skips midnight, Python reads it with the offset before the change: the moment of the change,
    which is the day's first. Where midnight comes twice, the first of the two counts (fold 0).
    """
    return datetime.combine(day, time.min, tz).astimezone(UTC)
