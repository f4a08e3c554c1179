"""What happened, in the past tense, for whoever listens to the workspace's bus (after the commit, any thread)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventsArrived:
    """Events were stored, by this process or another; the newest id is a hint where to read on."""

    newest_id: str


@dataclass(frozen=True, slots=True)
class ContactsMoved:
    """Contacts entered, went on, or left; ids of the journeys (empty: unknown, read again)."""

    journey_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceChanged:
    """Journeys, events or data extensions were made, changed or deleted, here or elsewhere.

    `what` is "journeys", "events", "data_extensions" or "settings".
    """

    what: str
