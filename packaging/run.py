"""Makes `.venv`, installs Switchback and starts it; arguments are passed on. Standard library only.

Where there is no screen and a window was asked for, the whole job is done headless in a throwaway workspace.
"""

from __future__ import annotations

import subprocess
import sys

import environment


def main(arguments: list[str]) -> int:
    """Prepare, then run the program with `arguments`; its exit status, 2 where it cannot be prepared."""
    window = not arguments or arguments[0].endswith(".journey")
    screen = environment.has_screen()
    try:
        python = environment.prepare(window=window and screen)
    except environment.CannotPrepare as problem:
        environment.say(str(problem))
        return 2
    if window and not screen:
        import headless

        return headless.demonstrate(python)
    try:
        return subprocess.run([python, "-m", "app", *arguments], check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
