"""Answers cross from the writer's thread to the loop."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future

import pytest

from app.api.answers import Answers


def test_all_arrive_whoever_resolves_them_and_when() -> None:
    async def run() -> list[int]:
        answers: Answers[int] = Answers()
        futures: list[Future[int]] = [Future() for _ in range(2000)]

        def resolve() -> None:
            for number, future in enumerate(futures):
                future.set_result(number)

        thread = threading.Thread(target=resolve)
        waiting = [asyncio.ensure_future(answers.of(future)) for future in futures[:1000]]
        await asyncio.sleep(0)
        thread.start()
        waiting += [asyncio.ensure_future(answers.of(future)) for future in futures[1000:]]
        found = await asyncio.wait_for(asyncio.gather(*waiting), 20)
        thread.join()
        return list(found)

    assert asyncio.run(run()) == list(range(2000))


def test_what_went_wrong_arrives_too_and_who_gave_up_is_left_alone() -> None:
    async def run() -> None:
        answers: Answers[int] = Answers()
        broken: Future[int] = Future()
        given_up: Future[int] = Future()
        waits = asyncio.ensure_future(answers.of(broken))
        leaves = asyncio.ensure_future(answers.of(given_up))
        await asyncio.sleep(0)
        leaves.cancel()
        given_up.set_result(1)
        broken.set_exception(ValueError("broken"))
        with pytest.raises(ValueError, match="broken"):
            await asyncio.wait_for(waits, 5)

    asyncio.run(run())
