"""Calls a REST service once, with Python's own HTTP client: no proxy, no redirect, one deadline for all of it."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import replace
from urllib.parse import urlsplit

from app.journey.calls import MOST_ANSWER, CallPolicy, CallRequest, CallResult
from app.kernel.errors import Cancelled

_MOST_BYTES = 4 * MOST_ANSWER
"""Of an answer that are read; UTF-8 takes four at most for a character."""

_OURS = frozenset(("content-length", "transfer-encoding", "connection", "host"))
"""Headers that follow from the call itself."""

_TRY_AGAIN = (408, 425, 429)
"""Answers beside 5xx after which another try may go better."""


class HttpCaller:
    """Makes calls, from any thread. `close` breaks off those that are under way: they raise Cancelled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: set[_Deadline] = set()
        self._closed = False

    def __call__(self, request: CallRequest, policy: CallPolicy) -> CallResult:
        """What came of it. Raises Cancelled when it was broken off."""
        begun = time.monotonic()
        with self._lock:
            if self._closed:
                raise Cancelled("The call was broken off.")
            deadline = _Deadline(request.timeout / 1000)
            self._under_way.add(deadline)
        try:
            result = _call(request, policy, deadline)
        except _Refused as refused:
            result = CallResult(ok=False, error=str(refused))
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._closed:
                raise Cancelled("The call was broken off.") from error
            late = deadline.over or isinstance(error, TimeoutError)
            words = f"no answer within {request.timeout} ms." if late else _words(error)
            result = CallResult(ok=False, error=words, retry=not isinstance(error, ValueError))
        finally:
            deadline.stop()
            with self._lock:
                self._under_way.discard(deadline)
        return replace(result, took_ms=int((time.monotonic() - begun) * 1000))

    def close(self) -> None:
        """Break off what is under way; later calls are refused."""
        with self._lock:
            self._closed = True
            under_way = list(self._under_way)
        for deadline in under_way:
            deadline.end()


class _Refused(Exception):
    """The call is not made."""


class _Deadline:
    """Ends a connection at its time. A time-out of a socket only bounds each silence, and a slow sender is never
    silent."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.end)
        self._timer.daemon = True
        self._timer.start()

    def left(self) -> float:
        """Seconds that are left, more than none. Raises TimeoutError."""
        seconds = self._ends - time.monotonic()
        if self.over or seconds <= 0:
            raise TimeoutError
        return seconds

    def watch(self, connected: socket.socket) -> None:
        """From now on it is this socket that is ended."""
        self._socket = connected
        self.left()

    def end(self) -> None:
        """The time is over."""
        self.over = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # gone already

    def stop(self) -> None:
        """The call is over."""
        self._timer.cancel()
        self._timer.join()


def _call(request: CallRequest, policy: CallPolicy, deadline: _Deadline) -> CallResult:
    parts = urlsplit(request.url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(host, port, timeout=deadline.left())
    connection.sock = _connect(host, port, policy, deadline, secure=secure)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        body = request.body.encode() if request.body else None
        connection.request(request.verb, target, body, _headers(request, parts.netloc.rpartition("@")[2]))
        # The answer holds the socket as well: left open, it stays so until the garbage is collected.
        with connection.getresponse() as answer:
            read = answer.read(_MOST_BYTES)
            deadline.left()
            charset = answer.headers.get_content_charset() or "utf-8"
    finally:
        connection.close()
    return _result(answer.status, _decoded(read, charset)[:MOST_ANSWER])


def _connect(host: str, port: int, policy: CallPolicy, deadline: _Deadline, *, secure: bool) -> socket.socket:
    """A socket to the first address of the host that answers: to the very address that was looked at, so that no second
    look-up can lead elsewhere."""
    found = [each[4] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if policy is not CallPolicy.ANY and not all(_is_local(str(address[0])) for address in found):
        raise _Refused(f"{host} is not on this computer, and this workspace calls nothing else.")
    last: OSError = OSError("the host has no address")
    for address in found:
        try:
            connected = socket.create_connection((str(address[0]), port), deadline.left())
        except TimeoutError:
            raise
        except OSError as error:
            last = error
            continue
        deadline.watch(connected)
        if secure:
            return ssl.create_default_context().wrap_socket(connected, server_hostname=host)
        return connected
    raise last


def _is_local(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _headers(request: CallRequest, host: str) -> dict[str, str]:
    given = {name: value for name, value in request.headers if name.lower() not in _OURS}
    known = {name.lower() for name in given}
    headers = {"Host": host, "Connection": "close"}
    for name, usual in (("User-Agent", "Switchback"), ("Accept", "application/json")):
        if name.lower() not in known:
            headers[name] = usual
    if request.body and "content-type" not in known:
        headers["Content-Type"] = "application/json"
    return headers | given


def _result(status: int, answer: str) -> CallResult:
    if 200 <= status < 300:
        return CallResult(ok=True, status=status, answer=answer)
    error = "redirects are not followed." if 300 <= status < 400 else ""
    retry = status >= 500 or status in _TRY_AGAIN
    return CallResult(ok=False, status=status, answer=answer, error=error, retry=retry)


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _words(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there."
    if isinstance(error, socket.gaierror):
        return "there is no host of that name."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})."
    if isinstance(error, http.client.RemoteDisconnected):
        return "it hung up without an answer."
    return f"{str(error).strip() or type(error).__name__}."
