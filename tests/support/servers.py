"""The real thing on a free port: gunicorn and the worker as processes of their own, against a test's database."""

import contextlib
import itertools
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.support.clock import MORNING
from tests.support.databases import Database
from tests.support.parts import Part

START_SECONDS = 60
STOP_SECONDS = 20


# A server that is started again must find its port as it left it: each process of a run has ports of its own, below
# those the system gives to whoever asks for any, and above the last one browsers refuse.
FIRST_PORT, PORTS = 11_000, 2_000
_turns = itertools.count(os.getpid())  # two runs at once on one machine seldom meet


def free_port() -> int:
    first = FIRST_PORT + PORTS * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _try in range(PORTS):
        port = first + next(_turns) % PORTS
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


@dataclass
class Server:
    """A running system; `stop()` and `start()` keep port and data.

    Its clock goes, but began at the hour of the tests' clock, so that a world loaded there is not in the past here.
    """

    database: Database
    port: int = field(default_factory=free_port)
    with_worker: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    clock_offset: float = field(default_factory=lambda: (MORNING - datetime.now(UTC)).total_seconds())
    processes: dict[str, Part] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.database.data_dir / "server.log"

    def environment(self) -> dict[str, str]:
        own = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATA_DIR": str(self.database.data_dir),
            "KEYS_DIR": str(self.database.keys_dir),
            "DATABASE_URL": self.database.url,
            "PUBLIC_URL": self.url,
            "DEMO": "0",
            "PRODUCTION": "0",
            "CLOCK_OFFSET": str(self.clock_offset),
        }
        return {**os.environ, **own, **self.settings}

    def spawn(self, name: str, *arguments: str) -> None:
        """Start one part; its process group is its own, so that all of it can be stopped, or killed."""
        self.processes[name] = Part(arguments, self.environment(), self.log)

    def start(self) -> None:
        self.spawn("web", "gunicorn", "--config", "gunicorn.conf.py", "app:create_app()")
        if self.with_worker:
            self.spawn("worker", "flask", "--app", "app.py", "worker")
        end = time.monotonic() + START_SECONDS
        while (health := self.health()) not in self.good_health:
            dead = [name for name, process in self.processes.items() if process.has_ended]
            if dead or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"not healthy: {health}, ended: {dead}\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)

    @property
    def good_health(self) -> set[str]:
        """Without a worker, /healthz rightly complains about just that."""
        return {"200 ok"} if self.with_worker else {"200 ok", "503 worker", "503 starting"}

    def health(self) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            return f"{response.status} {response.read(100).decode().strip()}"
        except (OSError, HTTPException) as problem:
            return str(problem)
        finally:
            connection.close()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for name in list(self.processes):
            self._end(name)

    def kill(self, name: str) -> None:
        """As a power cut would: no part of it gets a word."""
        self.processes.pop(name).kill()

    def _end(self, name: str) -> None:
        try:
            self.processes[name].wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill(name)
            raise
        self.processes.pop(name, None)


@contextlib.contextmanager
def serving(database: Database, *, with_worker: bool = True, **settings: str) -> Iterator[Server]:
    """A running server for the block; settings are environment variables, such as PUBLIC_URL."""
    server = Server(database, with_worker=with_worker, settings=settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
