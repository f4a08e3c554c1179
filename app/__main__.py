"""No arguments, or a .journey file: the window. A verb: the command line."""

from __future__ import annotations


def main() -> int:
    """Run; the process's exit status."""
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
