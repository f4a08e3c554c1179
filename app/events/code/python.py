"""Python with nothing but its standard library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.events.code.snippet import EVENTS_PATH, TOKEN_PATH, Snippet, endpoint, event_body, token_body


class Python(Snippet):
    """Python 3, without a package to install."""

    key = "python"
    label = "Python"
    language = "python"

    def render(
        self, base_url: str, client_id: str, client_secret: str, key: str, contact_key: str, data: Mapping[str, Any]
    ) -> str:
        """A script that prints the answer's status, decision and body."""
        return (
            "import json\n"
            "from urllib.error import HTTPError\n"
            "from urllib.request import Request, urlopen\n"
            "\n"
            "\n"
            "def post(url, body, headers={}):\n"
            '    headers = {"Content-Type": "application/json", **headers}\n'
            "    try:\n"
            "        return urlopen(Request(url, json.dumps(body).encode(), headers))\n"
            "    except HTTPError as refusal:\n"
            "        return refusal\n"
            "\n"
            "\n"
            f"answer = post({endpoint(base_url, TOKEN_PATH)!r}, {_literal(token_body(client_id, client_secret), 0)})\n"
            'token = json.load(answer)["access_token"]\n'
            "\n"
            f"event = {_literal(event_body(key, contact_key, data), 0)}\n"
            f"answer = post({endpoint(base_url, EVENTS_PATH)!r}, event, "
            '{"Authorization": f"Bearer {token}"})\n'
            'print(answer.status, answer.headers.get("Switchback-Decision"), answer.read().decode())\n'
        )


def _literal(value: Any, depth: int) -> str:
    """The value as Python writes it, one member a line."""
    inside, before = "    " * (depth + 1), "    " * depth
    if isinstance(value, Mapping) and value:
        lines = "".join(f"{inside}{name!r}: {_literal(each, depth + 1)},\n" for name, each in value.items())
        return "{\n" + lines + before + "}"
    return repr(value)
