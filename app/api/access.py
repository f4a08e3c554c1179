"""Who may call: tokens, and the guard against other people's web pages (DNS rebinding, cross-site requests)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from app.api.answer import MISPLACED_TOKEN, NOT_AUTHORIZED, Answer, error, too_many
from app.api.rate import RateLimit
from app.api.tokens import Tokens
from app.services.refused_call import TokenFault

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Host names under which a server on the loopback is called."""

_FOREIGN_HOST = error(403, 40000, "This server does not answer under that host name.")
_FOREIGN_ORIGIN = error(403, 40000, "Requests from another web page are not answered.")


class Access:
    """Checks a request's headers."""

    def __init__(
        self, tokens: Tokens, hosts: frozenset[str] | None, is_known: Callable[[str], bool], rate: RateLimit
    ) -> None:
        """`hosts` are the names that the server answers under (None: any; it was bound to an outside address on
        purpose). `is_known` says whether a client still may call: it may have been revoked since. `rate` is how often
        it may."""
        self._tokens = tokens
        self._hosts = hosts
        self._is_known = is_known
        self._rate = rate

    def check_origin(self, headers: dict[bytes, bytes]) -> Answer | None:
        """The refusal of a request that a foreign page or name brought; None: fine."""
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts is not None and _name(host) not in self._hosts:
            return _FOREIGN_HOST
        origin = headers.get(b"origin")
        if origin is not None and _place(origin) != host:
            return _FOREIGN_ORIGIN
        return None

    def refuse(self, headers: dict[bytes, bytes], query: dict[str, str], body: bytes = b"") -> Answer | None:
        """The refusal of who may not call, or calls too often; None: go on, and this call is counted. `body` is only
        looked at to tell who sent the token in it where it belongs."""
        if "access_token" in query:
            return MISPLACED_TOKEN
        client = self.client(headers)
        if client is None:
            misplaced = b"authorization" not in headers and b'"access_token"' in body
            return MISPLACED_TOKEN if misplaced else NOT_AUTHORIZED
        seconds = self._rate.take(client)
        return too_many(seconds) if seconds else None

    def fault(self, headers: dict[bytes, bytes]) -> TokenFault:
        """What is wrong with the token of a call that was refused for it: for our own log, the answer never says so."""
        token = _token(headers)
        if not token:
            return TokenFault.MISSING
        if self._tokens.client_of(token) is not None:
            return TokenFault.REVOKED
        return TokenFault.EXPIRED if self._tokens.is_too_old(token) else TokenFault.WRONG

    def client(self, headers: dict[bytes, bytes]) -> str | None:
        """The client behind the token of the Authorization header; None without a token that counts."""
        token = _token(headers)
        if token is None:
            return None
        client = self._tokens.client_of(token)
        return client if client is not None and self._is_known(client) else None

    def base_url(self, headers: dict[bytes, bytes], scheme: str) -> str:
        """The address under which this request reached us; ends in `/`. `scheme` is `https` behind a proxy that
        says so."""
        return f"{scheme}://{headers.get(b'host', b'localhost').decode('latin-1')}/"


def _token(headers: dict[bytes, bytes]) -> str | None:
    """The token of the Authorization header; None where it has none of the kind that we give."""
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _place(origin: bytes) -> str:
    """Host and port of an Origin header; empty for one that has none."""
    try:
        return urlsplit(origin.decode("latin-1").lower()).netloc
    except ValueError:
        # A bracket without its partner: no browser sends that.
        return ""


def _name(host: str) -> str:
    """The host name of a Host header, without its port."""
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]
