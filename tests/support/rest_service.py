"""A REST service on a real socket that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Say = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """One request that came."""

    verb: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class RestService:
    """`answers` are given in turn, the last again and again: a status with a body, or what to do with the handler."""

    port: int
    answers: list[tuple[int, str] | Say]
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/execute") -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def rest_service(*answers: tuple[int, str] | Say) -> Iterator[RestService]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            service.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            number = min(len(service.asked), len(service.answers)) - 1
            say = service.answers[number]
            if callable(say):
                say(self)
                return
            status, text = say
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    service = RestService(server.server_address[1], list(answers) or [(200, "{}")])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def trickle(seconds: float) -> Say:
    """Begins to answer and then sends a byte now and then: never silent, never done."""

    def say(handler: BaseHTTPRequestHandler) -> None:
        end = time.monotonic() + seconds
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while time.monotonic() < end:
                handler.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    return say


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Says nothing."""
    handler.close_connection = True
