"""Makes `.venv` with the test extras and runs the suite offscreen, in parallel; arguments go to pytest instead.
Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys

import environment

IN_PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
"""The whole suite on the cores that are there; each of the processes starts a PostgreSQL of its own, so not on all of
many. Some tests that are named run in one process, where they can be looked into."""


def main(arguments: list[str]) -> int:
    """Prepare, then run pytest; its exit status, 2 where the environment cannot be prepared."""
    try:
        python = environment.prepare(window=False, test=True)
    except environment.CannotPrepare as problem:
        environment.say(str(problem))
        return 2
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [python, "-m", "pytest", *(arguments or IN_PARALLEL)]
    return subprocess.run(command, cwd=environment.ROOT, env=variables, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
