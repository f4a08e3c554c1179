"""A server as a process of its own: `python -m tests.support.serving LOCATION`, with the client pair cid and sec."""

from __future__ import annotations

import sys

from app.api.server import ServeOptions, serve
from app.bootstrap import open_workspace


def main(location: str) -> int:
    """Serve until told to stop, or until standard input ends."""
    workspace = open_workspace(location, background=True)
    try:
        options = ServeOptions(credentials=("cid", "sec"), ends_with_stdin=True)
        return serve(workspace, options, lambda line: print(line, flush=True))
    finally:
        workspace.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
