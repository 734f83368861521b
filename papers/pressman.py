"""`python -m papers.pressman`: the process of the press. It draws what is ordered through the one pipe it has.

Orders come pickled from its own house; what goes back is a letter and words or bytes: `r`ead this material, what stands
`a`round, a `p`iece of what was drawn, the `e`nd, a `f`ault.
"""

import os
import resource
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from papers.binding import Plan, bound
from papers.blocks import Paper
from papers.bundle import bundle
from papers.pdf import pdf

REST = 600.0  # seconds without an order, then its memory is given back
MOST_MEMORY = 3 * 1024**3
PIECE = 256 * 1024
POLITENESS = 5
GRACE = 5  # seconds: whoever ordered kills first


class Counter:
    """Whoever ordered, as binding asks it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def read(self, number: int) -> bytes:
        self.say(b"r", number)
        return self.connection.recv_bytes()

    def around(self, page_ranges: Sequence[str], pages: int) -> Mapping[str, Paper]:
        self.say(b"a", pages, *page_ranges)
        papers: Mapping[str, Paper] = self.connection.recv()
        return papers

    def say(self, sign: bytes, *words: object) -> None:
        self.connection.send_bytes(sign + " ".join(map(str, words)).encode())

    def give(self, drawn: BinaryIO) -> None:
        drawn.seek(0)
        while piece := drawn.read(PIECE):
            self.connection.send_bytes(b"p" + piece)


def main(descriptor: int) -> None:
    os.nice(POLITENESS)  # boards and windows come first
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    counter = Counter(Connection(descriptor))
    while counter.connection.poll(REST):
        try:
            kind, what, limit = counter.connection.recv()
        except EOFError:
            return
        signal.alarm(int(limit) + GRACE)  # nobody is left to kill it when its house has died
        try:
            with TemporaryFile() as drawn:
                pages = draw(kind, what, counter, drawn)
                counter.give(drawn)
        except (EOFError, ConnectionError):
            return
        except Exception as error:
            # The message may quote a paper: the log has the place alone.
            place = traceback.extract_tb(error.__traceback__)[-1]
            sys.stderr.write(f"press: {type(error).__name__} at {place.filename}:{place.lineno}\n")
            counter.say(b"f")
            return
        signal.alarm(0)
        counter.say(b"e", pages, most_memory())


def most_memory() -> int:
    """Kilobytes; `getrusage` would count what its house had when it was started."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def draw(kind: str, what: Paper | Plan, counter: Counter, into: BinaryIO) -> int:
    """Draw it; how many pages a whole file has, 0 for a single paper."""
    if isinstance(what, Paper):
        into.write(pdf(what))
        return 0
    volume = bound(what, counter)
    if kind == "zip":
        bundle(what, volume, counter, into)
    else:
        into.write(volume.content)
    return volume.pages


if __name__ == "__main__":
    main(int(sys.argv[1]))
