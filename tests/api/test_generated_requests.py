"""Requests made up from the OpenAPI document: whatever comes, the answer is one that the document lists."""

from __future__ import annotations

import json
import os
import random
import string
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.services.workspace import Workspace
from tests.api.conftest import Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

REQUESTS = 20_000 if os.environ.get("SWITCHBACK_PROFILE") == "long" else 1_000

CONTENT_TYPES = (
    "application/json",
    "application/json; charset=UTF-8",
    "",
    "text/xml",
    "text/plain",
    "multipart/form-data",
)

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**40, 1.5, 1e308, "", " ", "x" * 5000, "\0", "\ud83d\ude00", "'; DROP TABLE event --",
    "../../etc/passwd", [], {}, [[]], {"a": {"b": []}}, [None], "2026-02-30", "NTO-1",
)  # fmt: skip


class Maker:
    """Makes values; the seed says which."""

    def __init__(self, seed: int, known: list[str]) -> None:
        self.chance = random.Random(seed)
        self._known = known

    def value(self, schema: dict[str, Any]) -> Any:
        """One that fits the schema, mostly."""
        if self.chance.random() < 0.15:
            return self.chance.choice(ODD)
        kind = schema.get("type")
        kind = self.chance.choice(kind) if isinstance(kind, list) else kind
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if kind == "object":
            names = schema.get("properties", {})
            made = {name: self.value(each) for name, each in names.items() if self.chance.random() < 0.85}
            return made | ({self.text(): self.chance.choice(ODD)} if self.chance.random() < 0.2 else {})
        if kind == "array":
            return [self.value(schema.get("items", {})) for _ in range(self.chance.randrange(4))]
        if kind in ("integer", "number"):
            return self.chance.choice((0, 1, 2, 50, -7))
        if kind == "boolean":
            return self.chance.random() < 0.5
        return self.text()

    def text(self) -> str:
        """A known key, or nonsense."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self._known)
        return "".join(self.chance.choices(string.printable + "\u00e6\u4e2d", k=self.chance.randrange(1, 12)))

    def body(self, schema: dict[str, Any] | None) -> bytes:
        """JSON, sometimes broken."""
        if schema is None:
            return b"" if self.chance.random() < 0.8 else b"{"
        raw = json.dumps(self.value(schema)).encode()
        if self.chance.random() < 0.1 and raw:
            at = self.chance.randrange(len(raw))
            raw = raw[:at] + bytes([self.chance.randrange(256)]) + raw[at + 1 :]
        return raw


@pytest.mark.slow
def test_no_request_breaks_the_server(api: Api, ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    known = [EVENT_KEY, cart.id, cart.open.journey.key, cart.event.id, cart.data_extension.key, "NTO-1", "1", "all"]
    document = api.http.get("/switchback/v1/openapi.json").json()
    operations = [
        (method.upper(), path, about)
        for path, methods in document["paths"].items()
        for method, about in methods.items()
        if not path.endswith("/stream")
    ]
    make = Maker(20261123, known)
    for number in range(REQUESTS):
        method, path, about = operations[number % len(operations)]
        answer = _call(api.http, make, method, path, about)
        listed = {int(status) for status in about["responses"]} | {404, 405, 408}
        shown = f"{method} {path} -> {answer.status_code}: {answer.text[:300]}"
        assert answer.status_code in listed, shown
        assert answer.status_code < 500, shown
        assert "Traceback" not in answer.text
        if answer.status_code >= 400:
            assert answer.json(), shown
    assert api.http.get("/switchback/v1/health").status_code == 200


def _call(http: httpx.Client, make: Maker, method: str, path: str, about: dict[str, Any]) -> httpx.Response:
    query = {}
    for parameter in about["parameters"]:
        text = make.text()
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", quote(text, safe="") or "x")
        elif make.chance.random() < 0.4:
            query[parameter["name"]] = text
    schema = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    headers = {"Content-Type": make.chance.choices(CONTENT_TYPES, weights=(20, 5, 1, 1, 1, 1))[0]}
    return http.request(method, path, params=query, content=make.body(schema), headers=headers)
