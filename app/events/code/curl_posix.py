"""curl for sh, bash, zsh and dash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from shlex import quote
from typing import Any

from app.events.code.snippet import (
    EVENTS_PATH,
    TOKEN_PATH,
    Snippet,
    endpoint,
    event_body,
    readable,
    token_body,
)


class CurlPosix(Snippet):
    """curl on macOS and Linux. Bodies stand in single quotes, in which no shell reads anything."""

    key = "curl_posix"
    label = "curl (macOS, Linux)"
    language = "shell"

    def render(
        self, base_url: str, client_id: str, client_secret: str, key: str, contact_key: str, data: Mapping[str, Any]
    ) -> str:
        """Two commands: the token into a variable, then the event."""
        token = json.dumps(token_body(client_id, client_secret), ensure_ascii=False)
        return (
            f"TOKEN=$(curl -sS -X POST {quote(endpoint(base_url, TOKEN_PATH))} \\\n"
            "  -H 'Content-Type: application/json' \\\n"
            f"  --data-raw {quote(token)} \\\n"
            """  | sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')\n"""
            "\n"
            f"curl -sS -i -X POST {quote(endpoint(base_url, EVENTS_PATH))} \\\n"
            '  -H "Authorization: Bearer $TOKEN" \\\n'
            "  -H 'Content-Type: application/json; charset=UTF-8' \\\n"
            f"  --data-raw {quote(readable(event_body(key, contact_key, data)))}\n"
        )
