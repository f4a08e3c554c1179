"""What a worker does when its look fails, and how it ends."""

from __future__ import annotations

import logging
import threading

import pytest

from app.kernel.errors import Conflict
from app.services import worker
from app.services.worker import Worker


class Stumbling(Worker):
    """Fails at its first two looks, in two ways."""

    def __init__(self) -> None:
        super().__init__("stumbling", "things")
        self.looks = 0
        self.went_on = threading.Event()

    def look(self) -> float:
        """Ours to say, then nobody's, then well."""
        self.looks += 1
        if self.looks == 1:
            raise Conflict("Somebody else is at it.")
        if self.looks == 2:
            raise ZeroDivisionError
        self.went_on.set()
        return 60


def test_it_goes_on_after_whatever_went_wrong_and_ends_at_once_from_its_rest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "RETRY_SECONDS", 0.0)
    made = Stumbling()
    made.start()
    assert made.went_on.wait(30)
    made.stop()
    assert made.looks == 3
    lines = [(line.levelno, line.getMessage()) for line in caplog.records]
    assert lines == [
        (logging.WARNING, "things rest: Somebody else is at it."),
        (logging.ERROR, "things could not be taken up"),
    ]


def test_one_that_was_not_started_ends_too() -> None:
    made = Stumbling()
    made.stop()
    assert made.looks == 0
