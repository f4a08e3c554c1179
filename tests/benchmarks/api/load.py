"""Load on one server: so many connections, each fires the next event when the last was answered.

`python -m tests.benchmarks.api.load URL TOKEN CONNECTIONS SECONDS` prints rate and times in milliseconds as JSON. Bare
sockets: a client library would cost more than the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

from tests.support.workspace import EVENT_KEY


async def _client(host: str, port: int, token: str, name: str, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    number = 0
    while time.perf_counter() < until:
        number += 1
        contact = f"{name}-{number}"
        data = {"Contact key": contact, "First name": "Kari", "Email": "kari@example.com", "Cart total": 60}
        body = json.dumps(
            {"ContactKey": contact, "EventDefinitionKey": EVENT_KEY, "Data": data | {"Country": "NO"}}
        ).encode()
        began = time.perf_counter()
        writer.write(
            b"POST /interaction/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (token.encode(), len(body), body)
        )
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 201 " not in head[:16]:
            raise SystemExit(f"not accepted: {head!r}")
        at = head.lower().index(b"content-length:") + 15
        await reader.readexactly(int(head[at : head.index(b"\r", at)]))
        times.append(time.perf_counter() - began)
    writer.close()


async def _run(url: str, token: str, connections: int, seconds: float) -> dict[str, float]:
    host, port = url.removeprefix("http://").split(":")
    times: list[float] = []
    began = time.perf_counter()
    name = f"{os.getpid()}-{time.time_ns()}"
    clients = (
        _client(host, int(port), token, f"{name}-{number}", began + seconds, times) for number in range(connections)
    )
    await asyncio.gather(*clients)
    took = time.perf_counter() - began
    times.sort()
    return {
        "rate": len(times) / took,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))))
