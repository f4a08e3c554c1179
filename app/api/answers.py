"""Brings the writer's answers to the event loop: all of a batch with one wake-up."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Answers(Generic[T]):
    """Waits, in the loop, for futures that another thread resolves.

    `asyncio.wrap_future` wakes the loop once for each future; under load that is most of what an answer costs.
    """

    def __init__(self) -> None:
        self._ready: deque[tuple[asyncio.Future[T], Future[T]]] = deque()
        self._called = False

    async def of(self, future: Future[T]) -> T:
        """The future's result, or what it raises."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[T] = loop.create_future()

        def arrived(done: Future[T]) -> None:
            self._ready.append((waiter, done))
            if not self._called:
                self._called = True
                loop.call_soon_threadsafe(self._deliver)

        future.add_done_callback(arrived)
        return await waiter

    def _deliver(self) -> None:
        # First the mark, then the look: what arrives in between calls again.
        self._called = False
        while self._ready:
            waiter, done = self._ready.popleft()
            if waiter.done():  # its request was given up at the server's end
                continue
            wrong = done.exception()
            if wrong is not None:
                waiter.set_exception(wrong)
            else:
                waiter.set_result(done.result())
