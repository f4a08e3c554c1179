"""What a form of ready-made code is: it runs as it stands, fetches a token and fires the event."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

TOKEN_PATH = "/v2/token"
EVENTS_PATH = "/interaction/v1/events"


class Snippet(ABC):
    """One language or shell."""

    key: ClassVar[str]
    label: ClassVar[str]
    language: ClassVar[str]
    """The name of the language for colouring: shell, powershell, batch, python, javascript."""
    note: ClassVar[str] = ""
    """What the reader must know before pasting it; mostly nothing."""

    @abstractmethod
    def render(
        self,
        base_url: str,
        client_id: str,
        client_secret: str,
        key: str,
        contact_key: str,
        data: Mapping[str, Any],
    ) -> str:
        """The code. `base_url` is the server's address (`http://127.0.0.1:8080`), `data` maps names to JSON values."""


def endpoint(base_url: str, path: str) -> str:
    """The full address of a route."""
    return base_url.rstrip("/") + path


def token_body(client_id: str, client_secret: str) -> dict[str, Any]:
    """The body of POST /v2/token."""
    return {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}


def event_body(key: str, contact_key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The body of POST /interaction/v1/events."""
    return {"ContactKey": contact_key, "EventDefinitionKey": key, "Data": dict(data)}


def readable(body: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """The body as indented JSON; with `ascii_only` other letters are escaped."""
    return json.dumps(body, indent=2, ensure_ascii=ascii_only, allow_nan=False)
