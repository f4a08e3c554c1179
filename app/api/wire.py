"""An answer as bytes: its headers and body, and the whole of it for whoever writes to the connection himself."""

from __future__ import annotations

from http import HTTPStatus

import msgspec

from app.api.answer import Answer, File, Page
from app.kernel.said import bare

Headers = list[tuple[bytes, bytes]]

_JSON = (b"content-type", b"application/json; charset=utf-8")
_NO_STORE = (b"cache-control", b"no-store")
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_HTML = (
    (b"content-type", b"text/html; charset=utf-8"),
    # The page is one file and talks to this server alone.
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
    ),
    _NO_SNIFFING,
)
_CLOSE = (b"connection", b"close")


def parts(answer: Answer) -> tuple[Headers, bytes]:
    """The headers of an answer, its length among them, and its body."""
    if isinstance(answer.body, Page):
        headers, body = [*_HTML], answer.body.html
    elif isinstance(answer.body, File):
        kind = (b"content-type", f"{answer.body.media}; charset=utf-8".encode("latin-1"))
        headers, body = [kind, _NO_STORE, _NO_SNIFFING], answer.body.content
    else:
        headers, body = (
            [_JSON, _NO_STORE],
            b"" if answer.body is None else msgspec.json.encode(answer.body, enc_hook=bare),
        )
    headers.extend((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items())
    headers.append((b"content-length", str(len(body)).encode()))
    return headers, body


def whole(answer: Answer, *, closes: bool) -> bytes:
    """All of an answer, from its status line on. `closes` says that the connection ends with it."""
    headers, body = parts(answer)
    if closes:
        headers.append(_CLOSE)
    lines = b"".join(b"%s: %s\r\n" % header for header in headers)
    return b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (
        answer.status,
        HTTPStatus(answer.status).phrase.encode(),
        lines,
        body,
    )


def taken(outcome: str, instance_id: str) -> bytes:
    """All of the answer to an event that was taken: what `whole` says of `of_fired`, put together once."""
    found = _TAKEN.get(outcome)
    if found is None:
        empty = Answer(201, {"eventInstanceId": _PLACE}, {"Switchback-Decision": outcome})
        found = _TAKEN[outcome] = whole(empty, closes=False).replace(_PLACE.encode(), b"%s")
    return found % instance_id.encode()


_PLACE = "#" * 36
_TAKEN: dict[str, bytes] = {}
