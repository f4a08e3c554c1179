"""Runs a benchmark by name: `python3 packaging/bench.py canvas --tiles 2000 --json`. Standard library only.

Every benchmark is a file `tests/benchmarks/bench_<name>.py` with `main(arguments) -> exit status`; figures are
ratios against a baseline of the same run.
"""

from __future__ import annotations

import os
import subprocess
import sys

import environment

FOLDER = environment.ROOT / "tests" / "benchmarks"


def main(arguments: list[str]) -> int:
    """Run the benchmark that the first argument names; 2 for a wrong name."""
    names = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    if not arguments or arguments[0] not in names:
        environment.say(f"usage: bench.py {{{','.join(names)}}} [options]")
        return 0 if arguments[:1] == ["--help"] else 2
    try:
        python = environment.prepare(window=False, test=True)
    except environment.CannotPrepare as problem:
        environment.say(str(problem))
        return 2
    code = f"import sys; from tests.benchmarks.bench_{arguments[0]} import main; sys.exit(main(sys.argv[1:]))"
    variables = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [python, "-c", code, *arguments[1:]]
    return subprocess.run(command, cwd=environment.ROOT, env=variables, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
