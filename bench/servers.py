"""Web servers under test: gunicorn as it runs in the house, and what its processes have used of the processors."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
PROCESSES = 2  # as gunicorn.conf.py has it
# As it runs in the house, but nobody is replaced in the middle of a slice.
GUNICORN = ("gunicorn", "--config", "gunicorn.conf.py", "--max-requests", "0", "--max-requests-jitter", "0")


@dataclass(frozen=True)
class Server:
    port: int
    pids: tuple[int, ...]

    def cpu_ns(self) -> int:
        """Nanoseconds on a processor of every thread of the processes that answer requests."""
        return sum(
            int(schedstat.read_text().split()[0])
            for pid in self.pids
            for schedstat in Path(f"/proc/{pid}/task").glob("*/schedstat")
        )

    def sockets(self) -> list[int]:
        """How many sockets each process has open."""
        return [sum(_is_socket(link) for link in Path(f"/proc/{pid}/fd").iterdir()) for pid in self.pids]


def _is_socket(descriptor: Path) -> bool:
    """Whether this open file of a process is a socket; one closed since it was listed is not."""
    try:
        return os.readlink(descriptor).startswith("socket:")
    except FileNotFoundError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def serving(application: str, folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """gunicorn with this application on a free port for the block."""
    port = free_port()
    environment = {**environment, "HOST": "127.0.0.1", "PORT": str(port)}
    with running(*GUNICORN, application, folder=folder, environment=environment) as process:
        _wait_for(port, process, folder)
        yield Server(port, _processes(process.pid))


@contextlib.contextmanager
def running(*arguments: str, folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python module as a process of its own; what it says goes to `log` in the folder."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env={**inherited, **environment},
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if probe.recv(12):
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{(folder / 'log').read_text()[-4000:]}")


def _processes(pid: int) -> tuple[int, ...]:
    """Both that answer requests; the first may do so before the second is there."""
    end = time.monotonic() + START_SECONDS
    while len(found := children(pid)) < PROCESSES:
        if time.monotonic() > end:
            raise RuntimeError(f"{PROCESSES} processes should answer, there are {found}")
        time.sleep(0.05)
    return tuple(found)


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name in brackets may hold anything; what follows it does not.
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return sorted(found)
