"""Serves one workspace over HTTP until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from app.api.access import LOCAL, Access
from app.api.application import Application
from app.api.call import Table
from app.api.clients import Clients
from app.api.connection import Connection
from app.api.rate import RateLimit
from app.api.refused_log import RefusedLog
from app.api.routes import ROUTES
from app.api.routes.documentation import documentation_routes
from app.api.routes.token import token_route
from app.api.tokens import Tokens
from app.kernel.errors import InvalidInput, WorkspaceBusy
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)

KEEP_ALIVE_SECONDS = 30
"""How long a connection may idle between two requests."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where and for whom to serve. `port` 0 takes a free one. `credentials` is a pair (client id, client secret) that
    may ask for tokens beside those of the workspace. `expose` allows a host beyond the loopback.

    `calls_per_second` bounds what each client may ask (None: no limit); beyond it the original's 429 answers.
    `ends_with_stdin`: stop when the standard input ends, so that a server that a window started dies with it.
    """

    host: str = "127.0.0.1"
    port: int = 0
    credentials: tuple[str, str] | None = None
    expose: bool = False
    ends_with_stdin: bool = False
    calls_per_second: float | None = None


def serve(workspace: Workspace, options: ServeOptions, say: Callable[[str], None]) -> int:
    """Serve until SIGTERM or SIGINT (or the end of standard input); finish what was accepted; the exit status.

    `say` gets the one line with the address as soon as requests are answered. Raises InvalidInput for a host beyond
    the loopback that was not asked for, WorkspaceBusy when the port is taken.
    """
    serving = Serving(workspace, options, say)
    if options.ends_with_stdin:
        threading.Thread(target=_watch_stdin, args=(serving,), name="stdin-watch", daemon=True).start()
    # What was made to get here stays: a search for garbage need not walk through it while clients wait.
    gc.collect()
    gc.freeze()
    serving.run()
    return 0


class Serving:
    """A server that has its port. `run` answers until `stop`."""

    def __init__(
        self, workspace: Workspace, options: ServeOptions, say: Callable[[str], None] = lambda _line: None
    ) -> None:
        """Take the port. Raises InvalidInput, WorkspaceBusy."""
        self._workspace = workspace
        self._options = options
        self._say = say
        self._listener = _listen(options)
        self._server: _Server | None = None
        self._ready = threading.Event()
        self._stopped = False

    @property
    def address(self) -> str:
        """Where it can be reached."""
        host, port = self._listener.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self) -> None:
        """Answer until told to stop, then finish what was accepted."""
        refused = RefusedLog(self._workspace)
        try:
            application = make_application(self._workspace, self._options, refused)
            self._server = _Server(_config(application), self._is_ready, application.close)
            if self._stopped:
                return
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(self._server.serve(sockets=[self._listener]))
        finally:
            self._listener.close()
            refused.close()

    def wait_until_ready(self, timeout: float) -> str:
        """The address, when requests are answered. Raises TimeoutError."""
        if not self._ready.wait(timeout):
            raise TimeoutError(f"the server was not ready after {timeout} s")
        return self.address

    def stop(self) -> None:
        """Stop as for a signal; from any thread, also before `run` is under way."""
        self._stopped = True
        if self._server is not None:
            self._server.should_exit = True

    def _is_ready(self) -> None:
        self._ready.set()
        self._say(f"Listening on {self.address}")


def make_application(workspace: Workspace, options: ServeOptions, refused: RefusedLog) -> Application:
    """The ASGI application for a workspace."""
    with workspace.unit_of_work(writes=False) as work:
        key = work.facts.get("token_key") or ""
    tokens = Tokens(key, lambda: workspace.clock.now().timestamp())
    clients = Clients(workspace, options.credentials)
    hosts = None if options.expose else LOCAL
    routes = (token_route(tokens, clients), *ROUTES)
    table = Table((*routes, *documentation_routes(routes)))
    access = Access(tokens, hosts, clients.may_call, RateLimit(options.calls_per_second))
    return Application(workspace, access, table, refused)


def _listen(options: ServeOptions) -> socket.socket:
    try:
        socket.getaddrinfo(options.host, None)  # the host alone: a port is judged where it is taken
    except (OSError, UnicodeError) as wrong:
        raise InvalidInput(
            f"{options.host} is no address to listen on.",
            where="host",
            hint="Use 127.0.0.1 for this computer alone, or an address of this computer together with --expose.",
        ) from wrong
    if options.host not in LOOPBACK and not options.expose:
        raise InvalidInput(
            f"{options.host} can be reached from other computers.",
            where="host",
            hint="Add --expose if the whole network may ask this server for tokens and send it events.",
        )
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Else the port stays taken for a minute after a stop. On Windows the option means something else.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        listener.listen(1024)
    except OSError as wrong:
        listener.close()
        raise WorkspaceBusy(
            f"Port {options.port} of {options.host} cannot be used: {wrong.strerror or wrong}.",
            where="port",
            hint="Choose another port, or 0 for a free one.",
        ) from wrong
    return listener


def _config(application: Application) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=64 * 1024,
    )


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if sys.platform != "win32":
        with contextlib.suppress(ImportError):
            import uvloop

            return uvloop.new_event_loop
    return asyncio.new_event_loop


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready and leaves the process's exit to us."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets=sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let what goes on for ever end, then finish what was accepted."""
        self._ending()
        await super().shutdown(sockets=sockets)

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # uvicorn's own is not typed for overriding
        """Take the signals that end a server. Unlike uvicorn's own this does not raise them again afterwards: a
        server that was asked to stop has done well."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [signal.SIGINT, signal.SIGTERM]
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _watch_stdin(serving: Serving) -> None:
    with contextlib.suppress(OSError, ValueError):
        # The bare handle: a lock of the buffered stream, held by this thread, would abort the interpreter's end.
        handle = sys.stdin.fileno()
        while os.read(handle, 4096):
            pass
    serving.stop()
