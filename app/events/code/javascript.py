"""JavaScript for Node 18 and later, without a package to install."""

from __future__ import annotations

import json
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


class JavaScript(Snippet):
    """Node's own fetch, in a function so that it runs as a script and as a module."""

    key = "javascript"
    label = "JavaScript (Node)"
    language = "javascript"

    def render(
        self, base_url: str, client_id: str, client_secret: str, key: str, contact_key: str, data: Mapping[str, Any]
    ) -> str:
        """A script that prints the answer's status, decision and body."""
        return (
            "const post = (url, body, headers = {}) =>\n"
            '  fetch(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers },'
            " body: JSON.stringify(body) });\n"
            "\n"
            f"const credentials = {readable(token_body(client_id, client_secret))};\n"
            "\n"
            f"const event = {readable(event_body(key, contact_key, data))};\n"
            "\n"
            "(async () => {\n"
            f"  const {{ access_token }} = await (await post({json.dumps(endpoint(base_url, TOKEN_PATH))},"
            " credentials)).json();\n"
            f"  const answer = await post({json.dumps(endpoint(base_url, EVENTS_PATH))}, event,"
            " { Authorization: `Bearer ${access_token}` });\n"
            '  console.log(answer.status, answer.headers.get("Switchback-Decision"), await answer.text());\n'
            "})();\n"
        )
