"""The server's ASGI application: the event route by the shortest way, the admin routes through their table.

A bare ASGI callable, because a framework's request and response objects would cost the event route a fifth of its
rate. Admin routes run in threads: they wait for the database.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from app.api.access import Access
from app.api.answer import (
    INTERNAL,
    NOT_AUTHORIZED,
    TOKEN_IN_URL,
    UNKNOWN_ROUTE,
    Answer,
    Page,
    Refusal,
    error,
    of_error,
    too_many,
)
from app.api.answers import Answers
from app.api.call import Call, Route, Table
from app.api.event_body import read_event
from app.api.rate import RateLimit
from app.api.reading import ClientGone, Receive, parse_body, read_body
from app.api.refused_log import RefusedLog
from app.api.routes.events import of_fired
from app.api.streams import STREAM, STREAMED, Streams
from app.engine.facts import Fired
from app.kernel.errors import SwitchbackError
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

EVENTS = "/interaction/v1/events"
LONGEST_IDEMPOTENCY_KEY = 200
MOST_WAITING = 4096
"""Events between their arrival and their commit; more are asked to come back later."""

_JSON = (b"content-type", b"application/json; charset=utf-8")
_NO_STORE = (b"cache-control", b"no-store")
_HTML = (
    (b"content-type", b"text/html; charset=utf-8"),
    # The page is one file and talks to this server alone.
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
)


_SLASHES = re.compile("/{2,}")


class Application:
    """Answers requests for one workspace."""

    def __init__(
        self, workspace: Workspace, access: Access, table: Table, refused: RefusedLog, rate: RateLimit
    ) -> None:
        self._workspace = workspace
        self._access = access
        self._table = table
        self._refused = refused
        self._rate = rate
        self._streams = Streams(workspace)
        self._answers: Answers[Fired] = Answers()
        self._waiting = 0

    def close(self) -> None:
        """End what would go on for ever: the live streams."""
        self._streams.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            # No lifespan, no WebSocket: what is not known here is closed without a word.
            return
        headers = dict(scope["headers"])
        path = _clean(scope["path"])
        try:
            barred = self._access.check_origin(headers)
            if barred is not None:
                answer = barred
            elif scope["method"] == "POST" and path.lower() == EVENTS:
                answer = await self._event(scope, headers, receive)
            elif scope["method"] == "GET" and path.lower() == STREAM:
                refused = self._authorize(headers, _query(scope))
                answer = refused or await self._streams.serve(receive, send)
            else:
                answer = await self._admin(scope, headers, path, receive)
        except ClientGone:
            return
        except SwitchbackError as wrong:
            answer = of_error(wrong)
        except Exception:  # noqa: BLE001 - whatever a client sent, it gets the original's body and the log the trace
            _log.exception("a request could not be answered")
            answer = INTERNAL
        if answer is not STREAMED:
            await _send(send, answer)

    async def _event(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Answer:
        """`POST /interaction/v1/events`: token, shape, one value to the writer, and the answer after its commit."""
        body = b""
        try:
            body = await read_body(receive, headers)
            query = _query(scope)
            refused = self._authorize(headers, query)
            if refused is not None:
                self._refused.add(refused, body)
                return refused
            if self._waiting >= MOST_WAITING:
                return too_many(1)
            event = read_event(parse_body(body, headers), query)
            if b"idempotency-key" in headers:
                event = replace(event, idempotency_key=self._idempotency_key(headers))
        except Refusal as refusal:
            self._refused.add(refusal.answer, body)
            return refusal.answer
        self._waiting += 1
        try:
            fired = await self._answers.of(self._workspace.submit(event))
        except SwitchbackError as wrong:
            return of_error(wrong)
        except Exception:  # noqa: BLE001 - whatever it was, the client gets an answer and the log the trace
            _log.exception("an event could not be answered")
            return INTERNAL
        finally:
            self._waiting -= 1
        return of_fired(fired)

    def _idempotency_key(self, headers: dict[bytes, bytes]) -> str:
        """The client's key, as the workspace keeps it: two clients may use the same. Raises Refusal."""
        given = headers[b"idempotency-key"].decode("latin-1").strip()
        if not 0 < len(given) <= LONGEST_IDEMPOTENCY_KEY or not given.isprintable():
            message = f"Idempotency-Key must be a text of 1 to {LONGEST_IDEMPOTENCY_KEY} characters."
            raise Refusal(error(400, 10003, message))
        return f"{self._access.client(headers)}/{given}"

    async def _admin(self, scope: Scope, headers: dict[bytes, bytes], path: str, receive: Receive) -> Answer:
        found = self._table.find(scope["method"], path)
        if found is None:
            return self._no_route(path)
        route, values = found
        try:
            raw = await read_body(receive, headers)
            query = _query(scope)
            if not route.open:
                refused = self._authorize(headers, query)
                if refused is not None:
                    self._refused.add(refused, raw if scope["method"] == "POST" else b"")
                    return refused
            call = Call(
                workspace=self._workspace,
                path=values,
                query=query,
                body=_body(route, headers, raw),
                base_url=self._access.base_url(headers, scope.get("scheme", "http")),
                client_id=self._access.client(headers) or "",
            )
            return await asyncio.get_running_loop().run_in_executor(None, _handle, route, call)
        except Refusal as refusal:
            return refusal.answer

    def _no_route(self, path: str) -> Answer:
        methods = self._table.methods(path)
        if not methods:
            return UNKNOWN_ROUTE
        allowed = ", ".join(methods)
        return error(405, 405, f"This address takes {allowed}.", {"Allow": allowed})

    def _authorize(self, headers: dict[bytes, bytes], query: dict[str, str]) -> Answer | None:
        """The refusal of who may not call, or calls too often; None: go on."""
        if "access_token" in query:
            return TOKEN_IN_URL
        client = self._access.client(headers)
        if client is None:
            return NOT_AUTHORIZED
        seconds = self._rate.take(client)
        return too_many(seconds) if seconds else None


def _handle(route: Route, call: Call) -> Answer:
    """Run a route in its thread; whatever it raises becomes an answer."""
    try:
        return route.handle(call)
    except Refusal as refusal:
        return refusal.answer
    except SwitchbackError as wrong:
        return of_error(wrong)
    except Exception:  # noqa: BLE001 - the same for every route
        _log.exception("%s failed", route.key)
        return INTERNAL


def _body(route: Route, headers: dict[bytes, bytes], raw: bytes) -> Any:
    """The JSON value of a body; a form for the route that takes one. A body that no route reads is not looked at."""
    if route.body is None or not raw.strip():
        return None
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    # `curl -d` without more calls JSON a form as well.
    if kind == b"application/x-www-form-urlencoded" and route.open and not raw.lstrip().startswith(b"{"):
        return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    return parse_body(raw, headers)


def _clean(path: str) -> str:
    """The path without the slash that some clients put before the `?`, and without the doubled ones that come from
    `rest_instance_url` (which ends in `/`) and a path that begins with one."""
    if "//" in path:
        path = _SLASHES.sub("/", path)
    return path.rstrip("/") or "/"


def _query(scope: Scope) -> dict[str, str]:
    """Parameters by lower-case name without `$` (which arrives as `%24` too)."""
    raw: bytes = scope["query_string"]
    if not raw:
        return {}
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=None)
    return {name.lower().lstrip("$"): value for name, value in pairs[:100]}


async def _send(send: Send, answer: Answer) -> None:
    if isinstance(answer.body, Page):
        headers, body = [*_HTML], answer.body.html
    else:
        headers, body = [_JSON, _NO_STORE], b"" if answer.body is None else msgspec.json.encode(answer.body)
    headers.extend((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items())
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
