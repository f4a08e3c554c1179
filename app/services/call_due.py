"""Makes the calls of REST activities that are due: outside of any transaction, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.journey.calls import CallPolicy, CallResult
from app.services.calls import MakeCall, PendingCall
from app.services.ports import UnitOfWork
from app.services.settings import Settings, settings_of
from app.services.workspace import Workspace

AT_ONCE = 8
"""Calls that one process makes at a time."""

Spread = Callable[[Callable[[PendingCall], CallResult], Sequence[PendingCall]], Iterable[CallResult]]
"""`map`, or that of a pool of threads: the calls do not wait for each other."""


def call_due(ws: Workspace, make: MakeCall, spread: Spread = map) -> int:
    """Make the calls that are due and keep what came of them; how many were looked after.

    What the workspace lets calls do is asked again here: a call that was put down while it allowed more is not made.
    """
    with ws.unit_of_work() as work:
        claimed = work.calls.claim(ws.clock.now(), AT_ONCE)
        settings = settings_of(work.facts)
        work.commit()
    if not claimed:
        return 0

    def one(call: PendingCall) -> CallResult:
        reason = _why_not(call, settings)
        if reason:
            return CallResult(ok=False, error=reason, attempts=call.attempts)
        return replace(make(call.request, settings.calls), attempts=call.attempts)

    results = list(zip(claimed, spread(one, claimed), strict=True))
    with ws.unit_of_work() as work:
        for call, result in results:
            _keep(work, call, result, ws.clock.now())
        work.changed("contacts")
        work.commit()
    return len(results)


def _keep(work: UnitOfWork, call: PendingCall, result: CallResult, now: datetime) -> None:
    if result.retry and not result.ok and call.attempts <= call.request.retries:
        work.calls.again(call, now + timedelta(milliseconds=call.request.retry_delay))
    else:
        work.calls.finish(call, result, now)


def _why_not(call: PendingCall, settings: Settings) -> str:
    if call.over:
        return "the contact had left the journey before it was made."
    if settings.calls is CallPolicy.RECORD:
        return "this workspace only records calls now."
    if call.test and not settings.test_calls:
        return "tests call nothing in this workspace now."
    return ""
