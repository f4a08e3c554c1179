"""What is known of one event after it was decided: the facts that are stored, from which the trace is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.data_extensions.data_extension import Value
from app.engine.admit import History
from app.engine.contract import FireError
from app.engine.decision import Reason
from app.engine.running import Listening, Record, RunningVersion
from app.engine.walk import Stretch
from app.events.fire_event import FireEvent
from app.kernel.errors import Problem


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class Decided:
    """One journey's decision on one contact. `reason` None: admitted, with its stay's id and its first stretch.

    `record` is what the filter saw, `history` what the journey remembered; both as they were at that moment.
    """

    version: RunningVersion
    reason: Reason | None
    record: Record
    history: History
    membership_id: str = ""
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class First:
    """The event that had the same idempotency key before: its id, who it was for, and what became of it."""

    instance_id: str
    contact_key: str
    event_definition_key: str
    outcome: str


@dataclass(slots=True)
class Fired:
    """One event with all that became of it. With `error` nothing was written but the refused call."""

    event: FireEvent
    received_at: datetime
    listening: Listening | None = None
    error: FireError | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    """Ids of the fields that came with the event, as against those that a default filled."""
    muted: bool = False
    """The contact unsubscribed: it gets no messages."""
    warnings: tuple[Problem, ...] = ()
    decisions: tuple[Decided, ...] = ()
    took_ms: float = 0.0
    first: First | None = None
    """Set for a repetition: nothing is decided or written for it."""

    @property
    def answer_id(self) -> str:
        """The event instance id that the caller is told."""
        return self.first.instance_id if self.first else self.event.instance_id

    @property
    def outcome(self) -> str:
        """`admitted` if any journey admitted, `refused` if all refused, `none` if nobody listens, or `error`."""
        if self.error:
            return "error"
        if self.first:
            return self.first.outcome
        if not self.decisions:
            return "none"
        return "admitted" if any(each.reason is None for each in self.decisions) else "refused"

    @property
    def keeps_row(self) -> bool:
        """Whether the event's row is stored."""
        only_admitted = self.listening is not None and self.listening.only_admitted_rows
        return not only_admitted or self.outcome == "admitted"
