"""PowerShell, 5.1 (comes with Windows) and 7."""

from __future__ import annotations

from collections.abc import Mapping
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


class CurlPowershell(Snippet):
    """PowerShell's own web command: there `curl` is another program in each version, with other quoting.

    Bodies stand in single-quoted here-strings, in which nothing is read, and hold ASCII alone: version 5.1 takes a
    script without a byte order mark for the system's code page.
    """

    key = "curl_powershell"
    label = "PowerShell"
    language = "powershell"

    def render(
        self, base_url: str, client_id: str, client_secret: str, key: str, contact_key: str, data: Mapping[str, Any]
    ) -> str:
        """The token into a variable, then the event."""
        return (
            "$credentials = @'\n"
            f"{readable(token_body(client_id, client_secret), ascii_only=True)}\n"
            "'@\n"
            f"$token = (Invoke-RestMethod -Method Post -Uri {_quote(endpoint(base_url, TOKEN_PATH))} "
            "-ContentType 'application/json' -Body $credentials).access_token\n"
            "\n"
            "$body = @'\n"
            f"{readable(event_body(key, contact_key, data), ascii_only=True)}\n"
            "'@\n"
            f"Invoke-RestMethod -Method Post -Uri {_quote(endpoint(base_url, EVENTS_PATH))} "
            '-Headers @{ Authorization = "Bearer $token" } '
            "-ContentType 'application/json; charset=utf-8' -Body $body\n"
        )


def _quote(text: str) -> str:
    """A single-quoted string. PowerShell takes typographic quotes for quotes too; an address holds none."""
    return "'" + text.replace("'", "''") + "'"
