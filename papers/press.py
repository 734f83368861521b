"""The press: a process beside this one in which papers are drawn, for drawing takes much time and memory.

It is kept while there is work, replaced now and then, and killed when a drawing takes too long. It holds neither the
database nor a key, and nothing it says is taken for more than bytes and numbers: it opens what strangers brought.
"""

import atexit
import contextlib
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from multiprocessing.connection import Connection
from os import defpath
from pathlib import Path
from typing import BinaryIO, Protocol

from papers.binding import Asked, Plan
from papers.blocks import Paper
from papers.page import ROOT

LIMIT = 60.0  # seconds for one drawing
PATIENCE = 10.0  # seconds for a turn
MOST_WAITING = 3  # one is drawn, two wait: the other threads of a web server stay free for the boards
KEPT_FOR = 40  # drawings
IDLE = 540.0  # seconds; after ten minutes it goes by itself (`papers.pressman`)
LARGEST = 400 * 1024  # kilobytes; what has grown beyond is replaced
LONGEST = 1024 * 1024  # bytes of one saying


class Fault(StrEnum):
    BUSY = "busy"
    SLOW = "slow"
    FAILED = "failed"


class NotDrawn(Exception):
    """Nothing was drawn, nothing is lost."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Ordered(Asked, Protocol):
    """A whole file that is to be bound (`papers.volume.Order`)."""

    @property
    def plan(self) -> Plan: ...


class Press:
    """Draws one thing after the other; `peak` is the most memory its newest process has had, in kilobytes."""

    def __init__(self, limit: float = LIMIT, patience: float = PATIENCE) -> None:
        self.limit, self.patience, self.peak = limit, patience, 0
        self._places, self._turn = threading.BoundedSemaphore(MOST_WAITING), threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._drawn, self._rests_since = 0, 0.0

    def pdf(self, paper: Paper) -> bytes:
        """One paper as PDF. Raises NotDrawn."""
        into = BytesIO()
        self._draw(("paper", paper), None, into)
        return into.getvalue()

    def bind(self, order: Ordered, kind: str, into: BinaryIO) -> int:
        """The whole file as `pdf` or `zip`; how many pages it has. Raises NotDrawn, and what the order raises."""
        return self._draw((kind, order.plan), order, into)

    def close(self) -> None:
        """End the process; the next drawing starts another."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.wait()

    def break_off(self) -> None:
        """Kill the process from another thread: whoever waits for it is told that nothing was drawn."""
        process = self._process
        if process is not None:
            process.kill()

    def _draw(self, what: tuple[str, object], asked: Asked | None, into: BinaryIO) -> int:
        with self._taking_turns():
            connection, process = self._started()
            began, late = time.monotonic(), threading.Timer(self.limit, process.kill)
            late.start()
            try:
                connection.send((*what, self.limit))
                pages, self.peak = _served(connection, asked, into)
            except (EOFError, ConnectionError) as error:
                self.close()
                raise NotDrawn(Fault.SLOW if time.monotonic() - began >= self.limit else Fault.FAILED) from error
            except BaseException:
                self.close()
                raise
            finally:
                late.cancel()
            self._drawn, self._rests_since = self._drawn + 1, time.monotonic()
            if self._drawn >= KEPT_FOR or self.peak > LARGEST:
                self.close()
        return pages

    @contextlib.contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise NotDrawn(Fault.BUSY)
        try:
            if not self._turn.acquire(timeout=self.patience):
                raise NotDrawn(Fault.BUSY)
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _started(self) -> tuple[Connection, subprocess.Popen[bytes]]:
        """The process that draws; one that has ended meanwhile is replaced."""
        if self._connection is not None and self._process is not None:
            rested = time.monotonic() - self._rests_since
            if rested < IDLE and self._process.poll() is None and not self._connection.poll():  # it says nothing now
                return self._connection, self._process
            self.close()
        ours, theirs = socket.socketpair()
        environment = {"PATH": defpath, "LANG": "C.UTF-8", "HOME": str(Path.home())}  # and no secret of the house
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "papers.pressman", str(theirs.fileno())], cwd=ROOT, env=environment,
                stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(),),
            )  # fmt: skip
        self._connection, self._drawn = Connection(ours.detach()), 0
        return self._connection, self._process


def _served(connection: Connection, asked: Asked | None, into: BinaryIO) -> tuple[int, int]:
    """Answer what the press asks, until it has drawn: pages, and its most memory in kilobytes."""
    while True:
        said = connection.recv_bytes(LONGEST)
        sign, rest = said[:1], said[1:]
        if sign == b"p":
            into.write(rest)
        elif sign == b"e":
            pages, peak = _parsed(rest)
            return int(pages), int(peak)
        elif sign == b"r" and asked is not None:
            connection.send_bytes(asked.read(int(_parsed(rest)[0])))
        elif sign == b"a" and asked is not None:
            pages, *page_ranges = _parsed(rest)
            connection.send(asked.around(page_ranges, int(pages)))
        else:
            raise NotDrawn(Fault.FAILED)


def _parsed(said: bytes) -> list[str]:
    """Numbers and page ranges, nothing else."""
    words = said.decode("ascii", "replace").split()
    if not words or not all(re.fullmatch(r"\d{1,12}(-\d{1,12})?", word) for word in words):
        raise NotDrawn(Fault.FAILED)
    return words


PRESS = Press()
atexit.register(PRESS.close)
