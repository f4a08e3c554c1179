"""The benchmark of filters runs, and what it compares gives the same answers."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks.bench_filters import main


def test_it_measures_and_judges(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--json", "--rows", "2000"])
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["measured"]) == {"evaluation", "counting", "working"}
    assert status == (0 if all(answer["goals"].values()) else 1)
    # Nothing but a fault makes the compiled filter slower than twice the speed of walking, however busy the machine.
    assert answer["measured"]["evaluation"]["times_walking"] > 2


def test_it_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--rows", "1000"])
    assert "at least 8 x as fast as walking the tree" in capsys.readouterr().out
