"""Calls of REST services: whether they may be made, and what came of them. Pure."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from app.kernel.said import said

MOST_ANSWER = 20_000
"""Characters of an answer that are kept."""


class CallPolicy(StrEnum):
    """What the workspace lets REST activities do."""

    RECORD = "record"
    LOCAL = "local"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class CallRequest:
    """One call, worked out for a contact. Times in milliseconds; `retries` are tries after the first."""

    url: str
    verb: str
    body: str
    headers: tuple[tuple[str, str], ...] = ()
    timeout: int = 10_000
    retries: int = 0
    retry_delay: int = 0


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call. `status` is None where no answer came, `error` then says why; `answer` is its body, at most
    MOST_ANSWER characters. `retry`: it may go better another time."""

    ok: bool
    status: int | None = None
    answer: str = ""
    error: str = ""
    retry: bool = False
    attempts: int = 1
    took_ms: int = 0

    @property
    def values(self) -> dict[str, str]:
        """The answer's members as texts, where it is a JSON object: the out arguments."""
        try:
            found = json.loads(self.answer) if self.ok and self.answer else None
        except ValueError:
            return {}
        if not isinstance(found, Mapping):
            return {}
        return {str(name): _text(value) for name, value in found.items() if not isinstance(value, (list, Mapping))}

    def sentence(self, host: str) -> str:
        """What came of it, for people."""
        many = self.attempts > 1
        if self.status is None and many:
            return said(
                "The call of {host} failed after {n} tries: {error}", host=host, n=self.attempts, error=self.error
            )
        if self.status is None:
            return said("The call of {host} failed: {error}", host=host, error=self.error)
        answered = (
            said("{host} answered {status} in {ms} ms", host=host, status=self.status, ms=self.took_ms)
            if not many
            else said(
                "{host} answered {status} in {ms} ms after {n} tries",
                host=host,
                status=self.status,
                ms=self.took_ms,
                n=self.attempts,
            )
        )
        if self.error:
            return said("{answered}: {error}", answered=answered, error=self.error)
        return said("{answered}.", answered=answered)


def host_of(url: str) -> str:
    """Host and port of an http or https URL; "" for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return parts.hostname if port is None else f"{parts.hostname}:{port}"


def names_this_computer(url: str) -> bool:
    """Whether the URL's host can only be this computer: `localhost` or an address of the loopback."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    # What no database can hold must not come in by an answer.
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
