"""Hands refused calls to the workspace's log, some at a time and never more than a flood may cost."""

from __future__ import annotations

import threading
from typing import Any

import msgspec

from app.api.answer import Answer
from app.events.fire_event import Origin
from app.kernel.errors import Problem, SwitchbackError
from app.kernel.ids import new_guid
from app.services.record_refused import record_refused
from app.services.refused_call import RefusedCall, TokenFault, storable
from app.services.workspace import Workspace

EVERY_SECONDS = 0.3
MOST_AT_ONCE = 50
"""Of more refused calls in that time only the first are kept: a flood must not become a flood of writes."""


class RefusedLog:
    """Collects refused calls and writes them from a thread of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._calls: list[RefusedCall] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="refused-log", daemon=True)
        self._thread.start()

    def add(self, answer: Answer, body: bytes, fault: TokenFault | None = None) -> None:
        """Keep a refusal; `fault` says what is wrong with its token. Of the body only the two keys are looked at, if it
        is an object that has them."""
        contact_key, event_key = _keys(body)
        call = RefusedCall(
            id=new_guid(),
            at=self._workspace.clock.now(),
            origin=Origin.API.value,
            contact_key=contact_key,
            event_definition_key=event_key,
            status=answer.status,
            errorcode=int(answer.body.get("errorcode", 0)),
            message=storable(str(answer.body.get("message", "")), 500),
            problems=(Problem(fault.value, ""),) if fault else (),
        )
        with self._lock:
            if len(self._calls) < MOST_AT_ONCE:
                self._calls.append(call)
        self._wake.set()

    def close(self) -> None:
        """Write what is left and end."""
        self._closed.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._wake.wait()
            self._closed.wait(EVERY_SECONDS)
            self._wake.clear()
            with self._lock:
                calls, self._calls = self._calls, []
            try:
                record_refused(self._workspace, calls)
            except SwitchbackError:
                # The workspace is in the way: the log is the least of what suffers.
                continue


class _Keys(msgspec.Struct):
    contact: Any = msgspec.field(default="", name="ContactKey")
    event: Any = msgspec.field(default="", name="EventDefinitionKey")


def _keys(body: bytes) -> tuple[str, str]:
    try:
        found = msgspec.json.decode(body, type=_Keys)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return "", ""
    return _shown(found.contact), _shown(found.event)


def _shown(key: Any) -> str:
    return storable(key) if isinstance(key, str) else ""
