"""The client pairs that may ask for tokens."""

from __future__ import annotations

import hmac
import os
import threading
import time

from app.services.client_secrets import same_secret
from app.services.ports import Credential
from app.services.workspace import Workspace

FRESH_SECONDS = 2.0
"""How long a look at the workspace's pairs counts: a revoked client is refused at the latest after this."""

REMEMBERED = 256
"""Clients whose last good comparison is remembered; beyond that they are compared slowly again."""


class Clients:
    """The workspace's pairs, and the one that the server was started with. Safe to use from any thread.

    Whether a pair is known, revoked or rotated is read from the workspace for every token. What is remembered is only
    that a secret fits a stored hash, because some clients ask for a token before every call and the hash is slow on
    purpose: a digest of the secret under a key of this process, which is nothing to anybody else. Client ids are no
    secret, so an unknown one is refused at once, and a flood of them costs little.
    """

    def __init__(self, workspace: Workspace, extra: tuple[str, str] | None) -> None:
        self._workspace = workspace
        self._extra = extra
        self._lock = threading.Lock()
        self._key = os.urandom(32)
        self._fitted: dict[str, tuple[str, bytes]] = {}
        self._revoked: frozenset[str] = frozenset()
        self._read_at = -FRESH_SECONDS

    def are(self, client_id: str, client_secret: str) -> bool:
        """Whether the pair is one of ours."""
        extra_id, extra_secret = self._extra or ("", "")
        same_id = hmac.compare_digest(client_id.encode("utf-8", "replace"), extra_id.encode())
        same = hmac.compare_digest(client_secret.encode("utf-8", "replace"), extra_secret.encode())
        if self._extra is not None and same_id and same:
            return True
        if "\0" in client_id:
            # No database is asked for that: PostgreSQL refuses the question itself.
            return False
        with self._workspace.unit_of_work(writes=False) as work:
            found = work.credentials.get(client_id)
        return found is not None and found.revoked_at is None and self._fits(client_secret, found)

    def may_call(self, client_id: str) -> bool:
        """Whether a client that has a token still may call. Tokens of another process's own pair count too: it was
        given to that process by who may start one."""
        now = time.monotonic()
        if now - self._read_at > FRESH_SECONDS:
            self._refresh(now)
        return client_id not in self._revoked

    def _fits(self, secret: str, pair: Credential) -> bool:
        digest = hmac.digest(self._key, secret.encode("utf-8", "surrogatepass"), "sha256")
        stored, fitted = self._fitted.get(pair.client_id, ("", b""))
        # A rotated pair has another hash: what was remembered of the old one counts no more.
        if stored == pair.secret_hash and hmac.compare_digest(digest, fitted):
            return True
        if not same_secret(secret, pair.secret_hash):
            return False
        if len(self._fitted) >= REMEMBERED:
            self._fitted.clear()
        self._fitted[pair.client_id] = (pair.secret_hash, digest)
        return True

    def _refresh(self, now: float) -> None:
        with self._lock:
            if now - self._read_at <= FRESH_SECONDS:
                return
            with self._workspace.unit_of_work(writes=False) as work:
                self._revoked = frozenset(each.client_id for each in work.credentials.all() if each.revoked_at)
            self._read_at = now
