"""Anniversaries in SQL: whole-number arithmetic over microseconds, with the bounds of `dates.Anniversary` in it.

Neither database is asked about time zones: SQLite knows none, and PostgreSQL's may be of another year than ours. The
year comes from the nearest anniversary; how far that year's day begins and ends from midnight UTC is looked up, and
there are few such distances (the zone's offsets), each with the years that it holds in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, or_

from app.filters.dates import TICK, Anniversary

_DAY = 86_400_000_000
_MEAN_YEAR = 31_556_952_000_000
"""365.2425 days: the Gregorian calendar's year, from which the days of real years stray by less than two days."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = 1752, 9999
_SETTLED = 2040
"""From here on a zone follows its last rule for ever (RFC 8536, 3.3), which repeats with the calendar in 400 years."""
_CYCLE = 400

_Stretch = tuple[int, int]


def falls_on(value: ColumnElement[Any], day: Anniversary) -> ColumnElement[bool]:
    """Whether a column of microseconds falls on the anniversary; NULL where there is no value."""
    anchor = _midnight(day, _FIRST)
    year = _number(_FIRST) + (value + _number(183 * _DAY - anchor)) // _number(_MEAN_YEAR)
    # Leap days before the anniversary: those up to this year from March on, up to the year before until then.
    leap = year if day.month > 2 or day.day == 29 else year - _number(1)
    days = year * _number(365) + leap // _number(4) - leap // _number(100) + leap // _number(_CYCLE)
    distance = value - (days * _number(_DAY) + _number(anchor - _plain_days(day, _FIRST) * _DAY))
    return or_(
        *(
            and_(distance >= _number(first), distance <= _number(last), _in_years(year, years))
            for (first, last), years in _stretches(day.month, day.day, day.tz).items()
        )
    )


def _in_years(year: ColumnElement[Any], years: tuple[int, ...]) -> ColumnElement[bool]:
    runs: list[list[int]] = []
    for each in years:
        if runs and runs[-1][1] == each - 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    if len(runs) <= 12:
        return or_(*(and_(year >= _number(first), year <= _number(last)) for first, last in runs))
    early = [each for each in years if each < _SETTLED or each == _LAST]
    residues = sorted({each % _CYCLE for each in years if _SETTLED <= each < _LAST})
    settled = and_(year >= _number(_SETTLED), year < _number(_LAST), (year % _number(_CYCLE)).in_(residues))
    return or_(year.in_(early), settled)


@lru_cache(maxsize=256)
def _stretches(month: int, day_of_month: int, tz: Any) -> dict[_Stretch, tuple[int, ...]]:
    """By how far the day begins and ends from midnight UTC: the years."""
    day = Anniversary(month, day_of_month, tz)
    found: dict[_Stretch, list[int]] = {}
    known: dict[int, _Stretch] = {}
    for year in range(_FIRST, _LAST + 1):
        same = known.get(year - _CYCLE) if _SETTLED + _CYCLE <= year < _LAST else None
        if same is None:
            first, last = day.bounds(year)
            midnight = _midnight(day, year)
            same = ((first - _EPOCH) // TICK - midnight, (last - _EPOCH) // TICK - midnight)
        known[year] = same
        found.setdefault(same, []).append(year)
    return {stretch: tuple(years) for stretch, years in found.items()}


def _midnight(day: Anniversary, year: int) -> int:
    """Midnight of the day in that year, were it in UTC, in microseconds since 1970."""
    return ((day.in_year(year) - date(1970, 1, 1)) // timedelta(days=1)) * _DAY


def _plain_days(day: Anniversary, year: int) -> int:
    leap = year if day.month > 2 or day.day == 29 else year - 1
    return year * 365 + leap // 4 - leap // 100 + leap // _CYCLE


def _number(number: int) -> ColumnElement[Any]:
    return bindparam(None, number, type_=BigInteger, unique=True)
