"""The server's ASGI application: the event route to its door, the admin routes through their table.

A bare ASGI callable, because a framework's request and response objects would cost the event route a fifth of its
rate; `connection` has a way that is shorter still. Admin routes run in threads: they wait for the database.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from app.api.access import Access
from app.api.answer import INTERNAL, NOT_AUTHORIZED, UNKNOWN_ROUTE, Answer, Refusal, error, of_error
from app.api.call import Call, Route, Table
from app.api.event_door import EVENTS, EventDoor, Result, answer_of
from app.api.known_heads import KnownHeads
from app.api.reading import ClientGone, Receive, parse_body, read_body
from app.api.refused_log import RefusedLog
from app.api.streams import STREAM, STREAMED, Streams
from app.api.wire import parts
from app.kernel.errors import SwitchbackError
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_SLASHES = re.compile("/{2,}")
_TENANT = re.compile(r"/https:/[\w-]+\.(auth|rest|soap)\.marketingcloudapis\.com(?=/|$)", re.IGNORECASE)


class Application:
    """Answers requests for one workspace."""

    def __init__(self, workspace: Workspace, access: Access, table: Table, refused: RefusedLog) -> None:
        self._workspace = workspace
        self._access = access
        self._table = table
        self._refused = refused
        self._streams = Streams(workspace)
        self.door = EventDoor(workspace, access, refused)
        self.heads = KnownHeads(access)
        self.silent: dict[object, None] = {}
        """Connections on which no byte came yet, the oldest first."""

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
                refused = self._access.refuse(headers, _query(scope))
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
        """`POST /interaction/v1/events`: read it, hand it over, and answer after its commit."""
        try:
            body = await read_body(receive, headers)
        except Refusal as refusal:
            return self.door.refuse(refusal.answer)
        waiter: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def answered(result: Result) -> None:
            if not waiter.done():  # its request was given up at the server's end
                waiter.set_result(result)

        refused = self.door.take(headers, _query(scope), body, answered)
        return refused or answer_of(await waiter)

    async def _admin(self, scope: Scope, headers: dict[bytes, bytes], path: str, receive: Receive) -> Answer:
        found = self._table.find(scope["method"], path)
        if found is None:
            return self._no_route(path)
        route, values = found
        try:
            raw = await read_body(receive, headers)
            query = _query(scope)
            if not route.open:
                refused = self._access.refuse(headers, query, raw)
                if refused is not None:
                    fault = self._access.fault(headers) if refused is NOT_AUTHORIZED else None
                    self._refused.add(refused, raw if scope["method"] == "POST" else b"", fault)
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
        # Some SDKs insist on a tenant's address; they can be given one that stands behind ours:
        # http://127.0.0.1:8025/https://mc….auth.marketingcloudapis.com/
        path = _TENANT.sub("", _SLASHES.sub("/", path), count=1)
    return path.rstrip("/") or "/"


def _query(scope: Scope) -> dict[str, str]:
    """Parameters by lower-case name without `$` (which arrives as `%24` too)."""
    raw: bytes = scope["query_string"]
    if not raw:
        return {}
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=None)
    return {name.lower().lstrip("$"): value for name, value in pairs[:100]}


async def _send(send: Send, answer: Answer) -> None:
    headers, body = parts(answer)
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
