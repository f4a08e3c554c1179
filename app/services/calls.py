"""What calling REST services needs: the calls that wait to be made, and who makes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.journey.calls import CallPolicy, CallRequest, CallResult

MakeCall = Callable[[CallRequest, CallPolicy], CallResult]
"""Makes a call once and says what came of it; never raises for what the other side does. With LOCAL it refuses
addresses that are not this computer's."""


@dataclass(frozen=True, slots=True)
class PendingCall:
    """A call that is to be made now. `attempts` counts this one; `test` says whether a test's contact waits for it;
    `over` that its contact has left the journey meanwhile."""

    stay_id: str
    activity_key: str
    request: CallRequest
    attempts: int
    test: bool
    over: bool


class Calls(Protocol):
    """The calls of REST activities, inside a unit of work."""

    def next_due(self) -> datetime | None:
        """When the next call is to be made; None: there is none."""
        ...

    def claim(self, now: datetime, limit: int) -> tuple[PendingCall, ...]:
        """Take calls that are due, the longest due first. Nobody else gets them before their time-out is well over:
        then this process has died, and they are made again."""
        ...

    def again(self, call: PendingCall, at: datetime) -> None:
        """Put a claimed call off to that moment."""
        ...

    def finish(self, call: PendingCall, result: CallResult, now: datetime) -> None:
        """Keep what came of a claimed call, and let its contact go on."""
        ...

    def results(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, CallResult]]:
        """What came of the calls of those stays: by stay and tile. Calls that are still to be made are left out."""
        ...
