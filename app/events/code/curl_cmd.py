"""curl for the Command Prompt of Windows (curl.exe comes with Windows 10 and later)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from app.events.code.snippet import EVENTS_PATH, TOKEN_PATH, Snippet, endpoint, event_body, token_body

_RISKY = re.compile(r"[^A-Za-z0-9 _.:@/+-]", re.ASCII)


class CurlCmd(Snippet):
    r"""curl in cmd.exe.

    cmd knows no escape inside quotes, and `\"` ends its own quoting while the program reads on. So every character of
    a name or value that could mean something to either is written as JSON's `\u0026`, and nothing is left to quote.
    """

    key = "curl_cmd"
    label = "curl (Command Prompt)"
    language = "batch"
    note = "Paste it into a Command Prompt. In a batch file write %%T for %T."

    def render(
        self, base_url: str, client_id: str, client_secret: str, key: str, contact_key: str, data: Mapping[str, Any]
    ) -> str:
        """Two commands: the token into a variable, then the event."""
        token = _argument(token_body(client_id, client_secret))
        event = _argument(event_body(key, contact_key, data))
        return (
            # The fourth piece between quotes of {"access_token":"..." is the token.
            f"for /f tokens^=4^ delims^=^\" %T in ('curl -sS -X POST {endpoint(base_url, TOKEN_PATH)} "
            f'-H "Content-Type: application/json" --data-raw {token}\') do @set TOKEN=%T\n'
            "\n"
            f"curl -sS -i -X POST {endpoint(base_url, EVENTS_PATH)} "
            '-H "Authorization: Bearer %TOKEN%" -H "Content-Type: application/json" '
            f"--data-raw {event}\n"
        )


def _argument(body: Mapping[str, Any]) -> str:
    return '"' + _plain(body).replace('"', '\\"') + '"'


def _plain(value: Any) -> str:
    """JSON in which only structure has quotes, braces and commas."""
    if isinstance(value, str):
        return '"' + _RISKY.sub(_escape, value) + '"'
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_plain(name)}:{_plain(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_plain(each) for each in value) + "]"
    return json.dumps(value, allow_nan=False)


def _escape(found: re.Match[str]) -> str:
    # As UTF-16, which is what JSON escapes count in.
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
