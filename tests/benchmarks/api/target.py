"""A server under load, whoever wrote it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.workspace import EVENT_KEY

ROOT = Path(__file__).parents[3]


class Target:
    """A process that answers events at `url`."""

    def __init__(self, process: subprocess.Popen[str], url: str, token: str = "none") -> None:
        self.url = url
        self.token = token
        self.process = process

    def load(self, connections: int, seconds: float) -> dict[str, float]:
        """Rate and times under load. Ends the benchmark when the server does not take an event."""
        what = [self.url, self.token, EVENT_KEY, str(connections), str(seconds)]
        command = [sys.executable, "-m", "tests.benchmarks.api.load", *what]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, float] = json.loads(done.stdout)
        return found

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
