"""No arguments, or a .journey file: the window. A verb: the command line."""

from __future__ import annotations

import sys

from app import bootstrap
from app.cli.window import window_request


def main() -> int:
    """Run; the process's exit status."""
    words = sys.argv[1:]
    request = window_request(words)
    return bootstrap.run_verb(words) if request is None else bootstrap.run_window(request)


if __name__ == "__main__":
    raise SystemExit(main())
