"""Whether a version takes a contact: the order and the reasons of the reference, section 9, step 8. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.engine.decision import Reason
from app.engine.running import Record, RunningVersion
from app.journey.journey import EntryMode, Status


@dataclass(frozen=True, slots=True)
class History:
    """What one journey remembers of one contact, over all its versions: how often it entered, how many stays have
    not ended, and when and in which version it entered last."""

    entered: int = 0
    inside: int = 0
    last_entered_at: datetime | None = None
    last_version: int | None = None


NEVER = History()
"""A contact that the journey has not seen."""


def admit(version: RunningVersion, record: Record, now: datetime, remembered: Callable[[], History]) -> Reason | None:
    """Decide: None admits, else the first reason that does not.

    `record` is the event's data with the linked rows that the version asks; `now` an aware moment in UTC;
    `remembered` is asked only when everything before it lets the contact pass.
    """
    if version.status is Status.PAUSED:
        return Reason.QUEUED if version.keeps_arrivals else Reason.NOT_PUBLISHED
    if version.status is not Status.RUNNING:
        return Reason.NOT_PUBLISHED
    if not version.admits(record, now):
        return Reason.CRITERIA_NOT_MET
    return _by_entry_mode(version.journey.entry_mode, remembered())


def _by_entry_mode(mode: EntryMode, history: History) -> Reason | None:
    if mode is EntryMode.NO_REENTRY and history.entered:
        return Reason.PREVIOUSLY_IN
    if mode is EntryMode.AFTER_EXIT and history.inside:
        return Reason.CURRENTLY_IN
    return None
