"""Moments for people: in the workspace's time zone, and how long ago."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.services.views import WorkspaceInfo
from app.ui.translation import tr

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
        return tr("{int} s ago", int=int(seconds))
    if seconds < _HOUR:
        return tr("{int} min ago", int=int(seconds // _MINUTE))
    if seconds < 24 * _HOUR:
        return tr("{int} h ago", int=int(seconds // _HOUR))
    days = int(seconds // (24 * _HOUR))
    if days == 1:
        return "yesterday"
    return tr("{days} days ago", days=days) if days < 14 else f"{moment:%d %b %Y}".lstrip("0")


def at(moment: datetime, now: datetime, zone: tzinfo, *, seconds: bool = False) -> str:
    """ "today 13:40", "yesterday 09:00", "Thu 26 Nov, 09:00", with the year when it is another one."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    time = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    days = (today.date() - local.date()).days
    if days == 0:
        return tr("today {time}", time=time)
    if days == 1:
        return tr("yesterday {time}", time=time)
    if days == -1:
        return tr("tomorrow {time}", time=time)
    if local.year == today.year:
        return f"{local:%a} {local.day} {local:%b}, {time}"
    return f"{local.day} {local:%b %Y}, {time}"


def length(span: timedelta) -> str:
    """ "45 s", "12 min", "3 h 20 min", "5 days"."""
    seconds = int(span.total_seconds())
    if seconds < _MINUTE:
        return tr("{seconds} s", seconds=seconds)
    if seconds < _HOUR:
        return tr("{value} min", value=seconds // _MINUTE)
    if seconds < 24 * _HOUR:
        minutes = seconds % _HOUR // _MINUTE
        return (
            tr("{value} h {minutes} min", value=seconds // _HOUR, minutes=minutes)
            if minutes
            else tr("{value} h", value=seconds // _HOUR)
        )
    days = seconds // (24 * _HOUR)
    return tr("{days} day", days=days) if days == 1 else tr("{days} days", days=days)
