"""One ZIP of many whole files, written while it is sent: neither memory nor disk ever holds it."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from models.clock import SHANGHAI
from papers.table import csv_content

LIST = "contents.csv"


class _Belt:
    """What the ZIP writes, until it is sent."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self.waiting = self.waiting, []
        return b"".join(pieces)


def packed(
    rows: Sequence[Sequence[object]], files: Iterable[tuple[str, Iterator[bytes]]], at: datetime
) -> Iterator[bytes]:
    """The ZIP in pieces: the list of what is in it, then each file under its name; they are compressed already.

    `at` is when all of it was ready.
    """
    belt, date_time = _Belt(), at.astimezone(SHANGHAI).timetuple()[:6]
    with zipfile.ZipFile(belt, "w", zipfile.ZIP_STORED) as parcel:  # type: ignore[call-overload]
        parcel.writestr(zipfile.ZipInfo(LIST, date_time), csv_content(rows))
        for name, pieces in files:
            with parcel.open(zipfile.ZipInfo(name, date_time), "w", force_zip64=True) as place:
                for piece in pieces:
                    place.write(piece)
                    yield belt.taken()
    yield belt.taken()
