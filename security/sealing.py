"""The keyring: one small file outside the database with every key, and what is done with them."""

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.sealed import SealBroken

FILE_NAME = "keyring"
KINDS = ("data", "counselling", "index", "events", "purposes")
_FORMAT = b"\x01"
_ID_BYTES = 4
_NONCE_BYTES = 12
_HEADING = """\
# Keys of this installation: kind, id, key. Without them nothing sealed can be read again.
# Keep a copy apart from the backups of the database. Of several keys of one kind the last seals, all open.
"""


class KeysMissing(Exception):
    """There is no usable keyring where one must be."""


class Keyring:
    """Implements `models.sealed.Sealer` with AES-256-GCM for sealing and HMAC-SHA256 for everything looked up."""

    def __init__(self, keys_dir: Path, *, create: bool = True) -> None:
        self.path = keys_dir / FILE_NAME
        if create and not self.path.exists():
            _write_first(self.path)
        self._keys = _read(self.path)
        self._derived: dict[str, bytes] = {}

    @property
    def event_key(self) -> bytes:
        """The key of the event chain. It never changes: a chain under two keys could not be verified."""
        return self._newest("events")[1]

    def seal(self, table: str, column: str, owner: str, text: str) -> bytes:
        """The text, sealed as `seal_bytes` does."""
        return self.seal_bytes(table, column, owner, text.encode())

    def seal_bytes(self, table: str, column: str, owner: str, content: bytes) -> bytes:
        """Format byte, key id, nonce, then the content and its tag."""
        key_id, key = self._newest(_kind_for(table))
        nonce = secrets.token_bytes(_NONCE_BYTES)
        head = _FORMAT + bytes.fromhex(key_id)
        return head + nonce + AESGCM(key).encrypt(nonce, content, _place(table, column, owner))

    def open(self, table: str, column: str, owner: str, sealed: bytes) -> str:
        """The sealed text, opened as `open_bytes` does."""
        return self.open_bytes(table, column, owner, sealed).decode()

    def open_bytes(self, table: str, column: str, owner: str, sealed: bytes) -> bytes:
        """The sealed content, if it was sealed for exactly this place by a key that is still held."""
        key_id, rest = sealed[1 : 1 + _ID_BYTES].hex(), sealed[1 + _ID_BYTES :]
        key = self._keys[_kind_for(table)].get(key_id)
        if sealed[:1] != _FORMAT or key is None or len(rest) < _NONCE_BYTES:
            raise SealBroken(f"{table}.{column}: no key fits")
        try:
            return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _place(table, column, owner))
        except InvalidTag:
            raise SealBroken(f"{table}.{column}: changed, or sealed for another place") from None

    def index(self, kind: str, text: str) -> str:
        """128 bits in hex; the text must be tidied before, since only equal texts meet."""
        return hmac.new(self._newest("index")[1], _joined(kind, text), hashlib.sha256).hexdigest()[:32]

    def mac(self, purpose: str, *parts: str | int) -> bytes:
        """32 bytes; the parts cannot run into one another, and 1 is not "1"."""
        return hmac.new(self.key(purpose), _joined(*parts), hashlib.sha256).digest()

    def key(self, purpose: str) -> bytes:
        """Derived by HKDF, so that a new purpose needs no new key to be kept; only `events` has a key of its own."""
        if purpose == "events":
            return self.event_key
        if purpose not in self._derived:
            derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"shaodao:" + purpose.encode())
            self._derived[purpose] = derivation.derive(self._newest("purposes")[1])
        return self._derived[purpose]

    def readable_by_others(self) -> list[Path]:
        """The keyring or its directory, where anybody but their owner may read or change them."""
        return [path for path in (self.path.parent, self.path) if path.stat().st_mode & 0o077]

    def _newest(self, kind: str) -> tuple[str, bytes]:
        return list(self._keys[kind].items())[-1]


def _kind_for(table: str) -> str:
    return "counselling" if table.startswith("counselling") else "data"


def _place(table: str, column: str, owner: str) -> bytes:
    if not owner or any("\0" in part for part in (table, column, owner)):
        raise ValueError("a value is sealed for the owner's id, which must be known")
    return "\0".join((table, column, owner)).encode()


def _joined(*parts: str | int) -> bytes:
    return json.dumps(parts, separators=(",", ":")).encode()


def _write_first(path: Path) -> None:
    """A whole keyring appears at once, and of several processes starting together one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{FILE_NAME}-") as draft:  # made with mode 0600
        draft.write(_HEADING)
        for kind in KINDS:
            draft.write(f"{kind} {secrets.token_hex(_ID_BYTES)} {base64.b64encode(secrets.token_bytes(32)).decode()}\n")
        draft.flush()
        os.fsync(draft.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> dict[str, dict[str, bytes]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise KeysMissing(f"no keyring at {path}") from None
    keys: dict[str, dict[str, bytes]] = {kind: {} for kind in KINDS}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            kind, key_id, encoded = line.split()
            key = base64.b64decode(encoded, validate=True)
            if len(key) != 32 or len(bytes.fromhex(key_id)) != _ID_BYTES or key_id != key_id.lower():
                raise ValueError
            keys[kind][key_id] = key
        except (ValueError, KeyError, binascii.Error):
            raise KeysMissing(f"line {number} of {path} is not a key") from None
    absent = [kind for kind in KINDS if not keys[kind]]
    if absent:
        raise KeysMissing(f"{path} holds no key for: {', '.join(absent)}")
    return keys
