"""The argument `--data`: a JSON object on the command line, in a file or on the standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from app.cli.files import read_file
from app.kernel.errors import InvalidInput

HELP = "names of fields and their values as a JSON object; @FILE reads it from a file, - from the input"
_EXAMPLE = """For example: --data '{"Cart total": 59.90, "Country": "NO"}'"""


def read_data(text: str) -> dict[str, Any]:
    """The object. Raises InvalidInput with line and column."""
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    elif text.startswith("@"):
        text = read_file(Path(text[1:])).decode("utf-8-sig", "replace")
    try:
        value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"The data is not valid JSON: {error.msg.lower()}.",
            where=f"--data, line {error.lineno}, column {error.colno}",
            hint=_EXAMPLE,
        ) from None
    except (RecursionError, ValueError) as error:
        raise InvalidInput(f"The data cannot be read: {error}.", where="--data", hint=_EXAMPLE) from None
    if not isinstance(value, dict):
        raise InvalidInput("The data is no JSON object of names and values.", where="--data", hint=_EXAMPLE)
    return value


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")
