"""Access tokens: signed, so that every process of the same workspace accepts them, and none is kept anywhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable

import msgspec

LIFETIME_SECONDS = 1079
"""What the original's answers say (reference, section 1)."""

REMEMBERED = 1024
"""Tokens whose signature was checked already; beyond that they are checked again."""

_HEADER = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()


class Tokens:
    """Makes and checks tokens (RFC 7519, HS256). Safe to use from any thread."""

    def __init__(self, key: str, clock: Callable[[], float]) -> None:
        """`key` is the workspace's secret for signing; `clock` gives seconds since 1970."""
        self._key = hashlib.sha256(key.encode()).digest()
        self._clock = clock
        self._checked: dict[str, tuple[float, str]] = {}

    def issue(self, client_id: str) -> str:
        """A token for that client, good for LIFETIME_SECONDS."""
        claims = {"sub": client_id, "exp": int(self._clock()) + LIFETIME_SECONDS, "jti": os.urandom(8).hex()}
        body = f"{_HEADER}.{_encode(msgspec.json.encode(claims))}"
        return f"{body}.{self._sign(body)}"

    def client_of(self, token: str) -> str | None:
        """The client that a token was given to; None for one that is wrong or too old."""
        known = self._checked.get(token)
        if known is None:
            known = self._read(token)
            if known is None:
                return None
            if len(self._checked) >= REMEMBERED:
                self._checked.clear()
            self._checked[token] = known
        return known[1] if known[0] > self._clock() else None

    def is_too_old(self, token: str) -> bool:
        """Whether a token that does not count was ours once."""
        known = self._read(token)
        return known is not None and known[0] <= self._clock()

    def _read(self, token: str) -> tuple[float, str] | None:
        body, _, signature = token.rpartition(".")
        if not body.startswith(f"{_HEADER}.") or not hmac.compare_digest(
            self._sign(body).encode(), signature.encode("utf-8", "replace")
        ):
            return None
        # Whoever could sign this is this workspace: its claims are our own.
        claims = msgspec.json.decode(_decode(body.partition(".")[2]))
        return float(claims["exp"]), str(claims["sub"])

    def _sign(self, body: str) -> str:
        return _encode(hmac.digest(self._key, body.encode("utf-8", "replace"), "sha256"))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
