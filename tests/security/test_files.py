"""The store of files: whole or not there, sealed for one place, readable by nobody else."""

import os
from io import BytesIO
from pathlib import Path

import pytest

from models.sealed import SealBroken
from security.files import LENGTH, PIECE, FileGone, FileStore
from security.sealing import Keyring

UID, OTHER = "a" * 32, "b" * 32
CONTENT = "宋佳的借条".encode() * 1000


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", Keyring(tmp_path / "keys"))


def files(store: FileStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_what_is_kept_is_read_again_and_lies_sealed_under_its_digest(store: FileStore) -> None:
    address = store.keep(UID, "content", CONTENT)
    assert store.read(UID, "content", address) == CONTENT
    [path] = files(store)
    assert (path.name, path.parent.name) == (address, address[:2])
    assert "借条".encode() not in path.read_bytes()
    assert store.is_whole(address)


def test_the_same_content_lies_twice_so_that_nobody_learns_who_has_what(store: FileStore) -> None:
    assert store.keep(UID, "content", CONTENT) != store.keep(OTHER, "content", CONTENT)


def test_nobody_but_the_owner_may_read_files_or_folders(store: FileStore) -> None:
    previous = os.umask(0)
    try:
        store.keep(UID, "content", CONTENT)
    finally:
        os.umask(previous)
    assert {path.stat().st_mode & 0o777 for path in files(store)} == {0o600}
    folders = [store.root, *store.root.iterdir()]
    assert {path.stat().st_mode & 0o077 for path in folders} == {0}


@pytest.mark.parametrize(("uid", "part"), [(OTHER, "content"), (UID, "preview")])
def test_a_file_put_in_another_place_is_not_opened(store: FileStore, uid: str, part: str) -> None:
    address = store.keep(UID, "content", CONTENT)
    with pytest.raises(SealBroken):
        store.read(uid, part, address)


def test_a_changed_file_is_not_opened_and_found_without_a_key(store: FileStore) -> None:
    address = store.keep(UID, "content", CONTENT)
    [path] = files(store)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert not store.is_whole(address)
    with pytest.raises(SealBroken):
        store.read(UID, "content", address)


def test_a_file_that_is_gone_is_said_to_be_gone(store: FileStore) -> None:
    address = store.keep(UID, "content", CONTENT)
    store.discard(address)
    store.discard(address)
    assert not store.holds(address)
    assert not store.is_whole(address)
    with pytest.raises(FileGone):
        store.read(UID, "content", address)


@pytest.mark.parametrize("address", ["../../etc/passwd", "A" * 64, "a" * 63, "", "a" * 62 + "/."])
def test_nothing_but_a_digest_is_an_address(store: FileStore, address: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        store.read(UID, "content", address)


def test_a_full_disk_leaves_nothing_behind(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(UID, "content", CONTENT)
    assert files(store) == []


def test_a_long_file_is_kept_in_pieces_that_can_be_neither_cut_off_nor_exchanged(store: FileStore) -> None:
    content = os.urandom(2 * PIECE + 7)
    for whole in (content, content[: 2 * PIECE], b""):
        address = store.keep_long(UID, "3", BytesIO(whole))
        assert b"".join(store.pieces(UID, "3", address)) == whole
        assert store.is_whole(address)
    address = store.keep_long(UID, "3", BytesIO(content))
    path = store.root / address[:2] / address
    sealed, step = path.read_bytes(), LENGTH + PIECE + 33  # key id, nonce and tag take 33 bytes
    first, second, last = sealed[:step], sealed[step : 2 * step], sealed[2 * step :]
    for changed in (first + second, second + first + last, first + last, sealed[:-1], sealed + first):
        path.write_bytes(changed)
        with pytest.raises(SealBroken):
            list(store.pieces(UID, "3", address))
    store.discard(address)
    with pytest.raises(FileGone):
        list(store.pieces(UID, "3", address))
