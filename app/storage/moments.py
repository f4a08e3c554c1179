"""Moments as the workspace stores them: integer microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@overload
def to_micros(moment: datetime) -> int: ...
@overload
def to_micros(moment: None) -> None: ...
def to_micros(moment: datetime | None) -> int | None:
    """An aware datetime as microseconds; exact (no float is involved). None stays None."""
    return None if moment is None else (moment - _ZERO) // _MICROSECOND


@overload
def from_micros(micros: int) -> datetime: ...
@overload
def from_micros(micros: None) -> None: ...
def from_micros(micros: int | None) -> datetime | None:
    """Stored microseconds as an aware datetime in UTC. None stays None."""
    return None if micros is None else _ZERO + timedelta(microseconds=micros)
