"""Reading a request's body: bounded in size and in depth."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from decimal import Decimal
from typing import Any

import msgspec

from app.api.answer import TOO_DEEP, TOO_LARGE, UNPARSABLE, UNSUPPORTED, Refusal, refuse

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

LARGEST_BODY = 1024 * 1024
"""Bytes; more is refused before it is read."""

DEEPEST = 64
"""Levels of lists and objects; the deepest that the contract knows is 8."""

# Amounts keep every digit: a float would silently lose some.
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


class ClientGone(Exception):
    """The caller hung up before its request was complete."""


async def read_body(receive: Receive, headers: dict[bytes, bytes]) -> bytes:
    """The whole body. Raises Refusal for one that is too large, ClientGone.

    How long it may take is `connection`'s business.
    """
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > LARGEST_BODY:
        raise Refusal(TOO_LARGE)
    message = await _next(receive)
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await _next(receive)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            raise Refusal(TOO_LARGE)
    return b"".join(parts)


async def _next(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    return message


def parse_json(body: bytes) -> Any:
    """The JSON value of a body. Raises Refusal with the original's code for what cannot be read."""
    if body.count(b"{") + body.count(b"[") > DEEPEST and _depth(body) > DEEPEST:
        raise Refusal(TOO_DEEP)
    try:
        # Some clients put a byte order mark before their JSON.
        return _DECODER.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, ValueError, ArithmeticError) as wrong:
        raise refuse(
            400, UNPARSABLE, f"The body is not valid JSON: {wrong}. Check brackets, quotes and commas."
        ) from None


def parse_body(body: bytes, headers: Mapping[bytes, bytes]) -> Any:
    """The same, where the headers say what the body is meant to be.

    JSON is read whatever it is called (`curl -d` calls everything a form); a body that is no JSON and is called
    something else gets the original's 415. Raises Refusal.
    """
    try:
        return parse_json(body)
    except Refusal as refusal:
        kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
        if kind and b"json" not in kind and refusal.answer is not TOO_DEEP:
            raise Refusal(UNSUPPORTED) from None
        raise


def _depth(body: bytes) -> int:
    """The deepest nesting, not counting brackets inside texts."""
    deepest = depth = 0
    in_text = escaped = False
    for byte in body:
        if in_text:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_text = False
        elif byte == 0x22:
            in_text = True
        elif byte in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"}]":
            depth -= 1
    return deepest
