"""Moments for people: in the workspace's time zone, and how long ago."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QDate, QTime

from app.services.views import WorkspaceInfo
from app.ui.translation import locale, tr, trn

_MINUTE, _HOUR = 60, 3600


def zone_of(info: WorkspaceInfo) -> tzinfo:
    """The workspace's time zone; UTC where this machine does not know its name."""
    try:
        return ZoneInfo(info.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def ago(moment: datetime, now: datetime) -> str:
    """ "just now", "12 s ago", "5 min ago", "3 h ago", "yesterday", "6 days ago", then the date."""
    seconds = (now - moment).total_seconds()
    if seconds < 2:
        return tr("just now")
    if seconds < _MINUTE:
        return tr("{n} s ago", n=int(seconds))
    if seconds < _HOUR:
        return tr("{n} min ago", n=int(seconds // _MINUTE))
    if seconds < 24 * _HOUR:
        return tr("{n} h ago", n=int(seconds // _HOUR))
    days = int(seconds // (24 * _HOUR))
    if days == 1:
        return tr("yesterday")
    return trn("{n} day ago", "{n} days ago", days) if days < 14 else _date(moment, tr("d MMM yyyy"))


def at(moment: datetime, now: datetime, zone: tzinfo, *, seconds: bool = False) -> str:
    """ "today 13:40", "yesterday 09:00", "Thu 26 Nov, 09:00", with the year when it is another one."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    time = locale().toString(QTime(local.hour, local.minute, local.second), "HH:mm:ss" if seconds else "HH:mm")
    days = (today.date() - local.date()).days
    if days == 0:
        return tr("today {time}", time=time)
    if days == 1:
        return tr("yesterday {time}", time=time)
    if days == -1:
        return tr("tomorrow {time}", time=time)
    if local.year == today.year:
        return f"{_date(local, tr('ddd d MMM'))}, {time}"
    return f"{_date(local, tr('d MMM yyyy'))}, {time}"


def _date(moment: datetime, pattern: str) -> str:
    """The pattern of the language, filled with its names of months and days."""
    return locale().toString(QDate(moment.year, moment.month, moment.day), pattern)


def length(span: timedelta) -> str:
    """ "45 s", "12 min", "3 h 20 min", "5 days"."""
    seconds = int(span.total_seconds())
    if seconds < _MINUTE:
        return tr("{n} s", n=seconds)
    if seconds < _HOUR:
        return tr("{n} min", n=seconds // _MINUTE)
    if seconds < 24 * _HOUR:
        minutes = seconds % _HOUR // _MINUTE
        return (
            tr("{hours} h {minutes} min", hours=seconds // _HOUR, minutes=minutes)
            if minutes
            else tr("{n} h", n=seconds // _HOUR)
        )
    days = seconds // (24 * _HOUR)
    return trn("{n} day", "{n} days", days)
