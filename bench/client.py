"""A small HTTP client that keeps its connections: one thread plays any number of people at once.

A person is a generator: it yields requests and is given the replies, or yields seconds to wait.
"""

import heapq
import selectors
import socket
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

# Yields a request and is sent its reply, or yields seconds and is sent nothing.
Script = Generator["bytes | float", Any, None]
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    cookies: dict[str, str]


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    return _head(f"GET {path}", headers or {})


def post(path: str, fields: Iterable[tuple[str, str]], headers: Mapping[str, str] | None = None) -> bytes:
    body = urlencode(list(fields)).encode()
    about = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _head(f"POST {path}", {**about, **(headers or {})}) + body


def _head(request: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{request} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """One connection that is kept; a reply is complete when its stated length has come."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.received, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Reply | None:
        """What has come so far, as a reply if it is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError(f"closed after {self.received[:80]!r}")
        self.received += part
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        said = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        headers = dict(said)
        if len(body) < int(headers.get("content-length", 0)):
            return None
        given = dict(value.split(";")[0].split("=", 1) for name, value in said if name == "set-cookie")
        return Reply(int(first.split()[1]), headers, body, time.perf_counter() - self.sent_at, given)

    def ask(self, request: bytes) -> Reply:
        self.send(request)
        while (reply := self.receive()) is None:
            pass
        return reply


class Crowd:
    """Connections to one server, opened anew for each slice.

    Which of the server's processes accepts a connection is chance, and eight in one process cost more than four in
    each: with new ones for every slice that chance is part of the spread, not of the ratio.
    """

    def __init__(self, port: int, size: int = 8) -> None:
        self.port, self.size = port, size
        self.connections: list[Connection] = []

    def open(self) -> None:
        """One request on each connection, so that nobody pays for the opening."""
        self.connections = [Connection(self.port) for _ in range(self.size)]
        for connection in self.connections:
            connection.ask(get("/healthz"))

    def close(self) -> None:
        for connection in self.connections:
            connection.socket.close()

    def ask(self, number: int, request: bytes) -> Reply:
        """One request alone, on one connection after the other."""
        return self.connections[number % self.size].ask(request)

    def take_turns(self, requests: Iterable[bytes]) -> list[Reply]:
        """Send all of these, each connection the next one as soon as it has its answer."""
        source, replies = iter(requests), list[Reply]()
        self.play(_draw(source, replies) for _ in self.connections)
        return replies

    def play(self, scripts: Iterable[Script]) -> None:
        """One script on each connection."""
        play(zip(self.connections, scripts, strict=True))


def _draw(source: Iterator[bytes], replies: list[Reply]) -> Script:
    for request in source:
        replies.append((yield request))


def play(scripts: Iterable[tuple[Connection, Script]]) -> None:
    """Run every script on its connection until all have ended."""
    selector, waiting, order = selectors.DefaultSelector(), list[tuple[float, int, Connection, Script]](), 0
    asking = 0

    def go_on(connection: Connection, script: Script, reply: Reply | None) -> None:
        nonlocal order, asking
        try:
            step = script.send(reply)
        except StopIteration:
            return
        if isinstance(step, float):
            order += 1
            heapq.heappush(waiting, (time.perf_counter() + step, order, connection, script))
        else:
            asking += 1
            selector.register(connection.socket, selectors.EVENT_READ, (connection, script))
            connection.send(step)

    for connection, script in scripts:
        go_on(connection, script, None)
    while waiting or asking:
        pause = max(0.0, waiting[0][0] - time.perf_counter()) if waiting else ANSWER_SECONDS
        events = selector.select(pause)
        if not events and not waiting:
            raise TimeoutError("no answer")
        for key, _ in events:
            connection, script = key.data
            if (reply := connection.receive()) is not None:
                selector.unregister(connection.socket)
                asking -= 1
                go_on(connection, script, reply)
        while waiting and waiting[0][0] <= time.perf_counter():
            _, _, connection, script = heapq.heappop(waiting)
            go_on(connection, script, None)
    selector.close()
