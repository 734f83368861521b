"""Where the content of attachments lies: sealed files outside the database, each under the digest of its sealed bytes.

A file is complete under its name or not there at all, and it is there before the row that names it. What a power cut
leaves behind is a file without a row, which `flask files reconcile` takes away. Nodes share the folder.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from security.sealing import Keyring

TABLE = "attachments"
ARRIVING = "arriving"
# What may be too long for the memory is sealed piece by piece; before each stands how long it is.
PIECE, LENGTH = 1024 * 1024, 4


class FileGone(Exception):
    """The row names a file that is not in the store."""


class FileStore:
    """Files of mode 0600 under a folder of mode 0700, readable with the keyring alone."""

    def __init__(self, root: Path, keyring: Keyring) -> None:
        self.root = root
        self.keyring = keyring

    def keep(self, uid: str, part: str, content: bytes) -> str:
        """Seal the content for this attachment and part of it; its address, once it is safely on the disk."""
        return self._write([self.keyring.seal_bytes(TABLE, part, uid, content)])

    def keep_long(self, uid: str, part: str, content: BinaryIO) -> str:
        """The same for content of any length; what it is sealed for tells the order of the pieces and the last one."""
        return self._write(self._sealed(uid, part, content))

    def pieces(self, uid: str, part: str, address: str) -> Iterator[bytes]:
        """What `keep_long` kept. Raises FileGone, or SealBroken where a piece is missing or not its own."""
        try:
            file = self._place(address).open("rb")
        except FileNotFoundError:
            raise FileGone(address) from None
        with file:
            number, ahead = 0, file.read(LENGTH)
            while ahead:
                sealed, ahead = file.read(int.from_bytes(ahead, "big")), file.read(LENGTH)
                yield self.keyring.open_bytes(TABLE, _piece(part, number, is_last=not ahead), uid, sealed)
                number += 1

    def _sealed(self, uid: str, part: str, content: BinaryIO) -> Iterator[bytes]:
        number, ahead, is_last = 0, content.read(PIECE), False
        while not is_last:
            piece, ahead = ahead, content.read(PIECE)
            is_last = not ahead
            sealed = self.keyring.seal_bytes(TABLE, _piece(part, number, is_last=is_last), uid, piece)
            yield len(sealed).to_bytes(LENGTH, "big") + sealed
            number += 1

    def _write(self, sealed: Iterable[bytes]) -> str:
        """Lay the bytes down; their address, once they are safely on the disk."""
        digest = hashlib.sha256()
        for folder in (self.root, self.root / ARRIVING):
            folder.mkdir(mode=0o700, exist_ok=True)
        with NamedTemporaryFile(dir=self.root / ARRIVING, delete=False) as draft:  # made with mode 0600
            try:
                for piece in sealed:
                    draft.write(piece)
                    digest.update(piece)
                draft.flush()
                os.fsync(draft.fileno())
                place = self._place(digest.hexdigest())
                place.parent.mkdir(mode=0o700, exist_ok=True)
                Path(draft.name).rename(place)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
        for folder in (place.parent, self.root):
            _sync(folder)
        return place.name

    def read(self, uid: str, part: str, address: str) -> bytes:
        """The content kept for this attachment. Raises FileGone, or SealBroken for bytes that are not its own."""
        try:
            sealed = self._place(address).read_bytes()
        except FileNotFoundError:
            raise FileGone(address) from None
        return self.keyring.open_bytes(TABLE, part, uid, sealed)

    def discard(self, address: str) -> None:
        """Take a file away that no row names."""
        self._place(address).unlink(missing_ok=True)

    def holds(self, address: str) -> bool:
        return self._place(address).is_file()

    def is_whole(self, address: str) -> bool:
        """Whether the file still is what it was when it was kept; needs no key."""
        with contextlib.suppress(FileNotFoundError):
            return hashlib.sha256(self._place(address).read_bytes()).hexdigest() == address
        return False

    def everything(self) -> Iterator[tuple[Path, float]]:
        """Every file in the store, half-written ones too, with its age in seconds."""
        for path in sorted(self.root.glob("*/*")):
            with contextlib.suppress(FileNotFoundError):  # taken away meanwhile
                yield path, time.time() - path.stat().st_mtime

    def _place(self, address: str) -> Path:
        if len(address) != 64 or set(address) - set("0123456789abcdef"):
            raise ValueError("an address is a digest")
        return self.root / address[:2] / address


def _piece(part: str, number: int, *, is_last: bool) -> str:
    return f"{part}/{number}{'/last' if is_last else ''}"


def _sync(folder: Path) -> None:
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
