"""The command line as it is called, in this process, over a workspace of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
KEY = "APIEvent-7c1e94d0-52ab-4f0e-9d1b-88c2e61fb2f4"
"""The Event Definition Key of the abandoned cart."""


@dataclass
class Answer:
    """What a call gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a verb with those words."""

    def run(*words: object) -> Answer:
        status = bootstrap.run_verb([str(word) for word in words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Answer(status, captured.out, captured.err)

    return run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Where a workspace can be made."""
    return tmp_path / "nto.switchback"


@pytest.fixture
def running(call: Call, workspace: Path) -> Path:
    """A workspace in which the abandoned cart is active."""
    answer = call("import", EXAMPLES / "abandoned-cart.journey", "--activate", "--workspace", workspace)
    assert answer.status == 0, answer.err
    return workspace
