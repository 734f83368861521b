"""What the rules need from the keys: sealing personal data, finding it again, and codes nobody can guess."""

from typing import Protocol


class SealBroken(Exception):
    """A sealed value was changed, moved to another row or column, or its key is gone."""


class Sealer(Protocol):
    """Seals personal data for one place (table, column, owner) and derives everything else that needs a key.

    The owner is the random id of the row, made before it is inserted. Tables whose names begin with
    `counselling` are sealed under a key of their own.
    """

    def seal(self, table: str, column: str, owner: str, text: str) -> bytes:
        """The text, readable only in this place."""
        ...

    def open(self, table: str, column: str, owner: str, sealed: bytes) -> str:
        """The text sealed for this place; anything else raises `SealBroken`."""
        ...

    def index(self, kind: str, text: str) -> str:
        """The blind index under which an equal, already tidied text of that kind is found again."""
        ...

    def mac(self, purpose: str, *parts: str | int) -> bytes:
        """A keyed digest of the parts, worth nothing for any other purpose."""
        ...

    def key(self, purpose: str) -> bytes:
        """The 32 bytes that belong to one purpose: the same after every start, unrelated to all others."""
        ...
