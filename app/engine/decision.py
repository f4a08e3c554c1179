"""What admission and the way through a journey give back, said for people: decision, trace and path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a journey did not admit a contact, in the original's words (reference, section 4.6)."""

    NOT_PUBLISHED = "InteractionNotPublished"
    CRITERIA_NOT_MET = "DidNotMeetEntryCriteria"
    PREVIOUSLY_IN = "ContactPreviouslyInSameInteraction"
    CURRENTLY_IN = "CurrentlyWaitingInSameInteraction"
    QUEUED = "NotEvaluatingEntryCriteria"
    """The journey is paused and keeps arrivals: the decision is made when it is resumed."""


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One line of "why": `ok` None means not asked. `detail` is JSON for the filter's tree of reasons."""

    name: str
    ok: bool | None
    sentence: str
    detail: Mapping[str, Any] | None = None


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class PathStep:
    """One tile on a contact's way. `state` is "done", "waiting" or "ended"."""

    activity_key: str
    outcome: str
    state: str
    note: str = ""
    at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class JourneyDecision:
    """What one journey decided. `reason` is the original's word ("" when admitted), `sentence` says why."""

    journey_id: str
    journey_name: str
    version_id: str
    version: int
    admitted: bool
    reason: str
    sentence: str
    trace: tuple[TraceStep, ...] = ()
    path: tuple[PathStep, ...] = ()
    remedy: str = ""
    remedy_values: Mapping[str, Any] = field(default_factory=dict)
