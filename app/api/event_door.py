"""Where events come in: who may send one, what it says, one value to the writer, and the answer back in the loop.

Both ways to the event route end here: that of every request (`application`) and the short one (`connection`).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from app.api.access import Access
from app.api.answer import INTERNAL, NOT_AUTHORIZED, Answer, Refusal, error, of_error, too_many
from app.api.event_body import read_event
from app.api.reading import parse_body
from app.api.refused_log import RefusedLog
from app.api.routes.events import of_fired
from app.engine.facts import Fired
from app.kernel.errors import SwitchbackError
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

EVENTS = "/interaction/v1/events"
LONGEST_IDEMPOTENCY_KEY = 200
MOST_WAITING = 4096
"""Events between their arrival and their commit; more are asked to come back later."""

Result = Fired | Exception
"""What the writer says of an event: the facts, or what was in the way."""

Answered = Callable[[Result], None]


class EventDoor:
    """Takes events for one workspace; used by one event loop.

    The writer's thread resolves a whole batch at once. All its answers cross to the loop with one wake-up: one for
    each event was most of what an answer cost.
    """

    def __init__(self, workspace: Workspace, access: Access, refused: RefusedLog) -> None:
        self._workspace = workspace
        self._access = access
        self._refused = refused
        self._ready: deque[tuple[Answered, Result]] = deque()
        self._called = False
        self._waiting = 0

    def take(
        self, headers: dict[bytes, bytes], query: dict[str, str], body: bytes, answered: Answered
    ) -> Answer | None:
        """Hand an event over; `answered` is called in the loop, after the commit. An Answer: it was refused at once.

        Called in the loop, when the request has arrived whole.
        """
        refused = self._access.refuse(headers, query, body)
        if refused is not None:
            self._refused.add(refused, body, self._access.fault(headers) if refused is NOT_AUTHORIZED else None)
            return refused
        if self._waiting >= MOST_WAITING:
            return too_many(1)
        try:
            event = read_event(parse_body(body, headers), query)
            if b"idempotency-key" in headers:
                event = replace(event, idempotency_key=self._idempotency_key(headers))
        except Refusal as refusal:
            self._refused.add(refusal.answer, body)
            return refusal.answer
        loop = asyncio.get_running_loop()

        def settled(result: Result) -> None:
            self._arrived(loop, answered, result)

        try:
            self._workspace.hand_over(event, settled)
        except SwitchbackError as wrong:
            return of_error(wrong)
        self._waiting += 1
        return None

    def refuse(self, answer: Answer) -> Answer:
        """Keep the refusal of a request that did not get as far as `take`."""
        self._refused.add(answer, b"")
        return answer

    def _arrived(self, loop: asyncio.AbstractEventLoop, answered: Answered, result: Result) -> None:
        """An event is settled; in the writer's thread."""
        self._ready.append((answered, result))
        if not self._called:
            self._called = True
            try:
                loop.call_soon_threadsafe(self._deliver)
            except RuntimeError:
                _log.warning("an event was written after the server had ended: nobody waits for its answer")

    def _deliver(self) -> None:
        # First the mark, then the look: what arrives in between calls again.
        self._called = False
        while self._ready:
            answered, result = self._ready.popleft()
            self._waiting -= 1
            answered(result)

    def _idempotency_key(self, headers: dict[bytes, bytes]) -> str:
        """The client's key, as the workspace keeps it: two clients may use the same. Raises Refusal."""
        given = headers[b"idempotency-key"].decode("latin-1").strip()
        if not 0 < len(given) <= LONGEST_IDEMPOTENCY_KEY or not given.isprintable():
            message = f"Idempotency-Key must be a text of 1 to {LONGEST_IDEMPOTENCY_KEY} characters."
            raise Refusal(error(400, 10003, message))
        return f"{self._access.client(headers)}/{given}"


def answer_of(result: Result) -> Answer:
    """What the caller is told of an event."""
    if isinstance(result, Fired):
        return of_fired(result)
    if isinstance(result, SwitchbackError):
        return of_error(result)
    # Whatever it was, the client gets an answer and the log the trace.
    _log.error("an event could not be answered", exc_info=result)
    return INTERNAL
