"""The keyring: what is sealed opens only in its place, and the keys are made once and kept close."""

import base64
import multiprocessing
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sealed import SealBroken, Sealer
from security.sealing import FILE_NAME, Keyring, KeysMissing

TEXT = "620702197903120037"
PLACE = ("parties", "id_number", "owner-a")
PARTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys"))


def add_key(keyring: Keyring, kind: str, key_id: str) -> Keyring:
    """The same keyring after one more key of this kind was put at its end."""
    with keyring.path.open("a") as file:
        file.write(f"{kind} {key_id} {base64.b64encode(key_id.encode() * 4).decode()}\n")
    return Keyring(keyring.path.parent, create=False)


@given(text=st.text(st.characters(codec="utf-8")), table=PARTS, column=PARTS, owner=PARTS)
def test_what_is_sealed_can_be_opened(keyring: Keyring, text: str, table: str, column: str, owner: str) -> None:
    sealed = keyring.seal(table, column, owner, text)
    assert keyring.open(table, column, owner, sealed) == text
    assert keyring.seal(table, column, owner, text) != sealed


@given(data=st.data(), text=st.text("马成龙0123456789", max_size=20))
def test_one_changed_bit_is_noticed(keyring: Keyring, data: st.DataObject, text: str) -> None:
    sealed = bytearray(keyring.seal(*PLACE, text))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        keyring.open(*PLACE, bytes(sealed))


@pytest.mark.parametrize(
    "place",
    [
        ("parties", "id_number", "owner-b"),
        ("parties", "phone", "owner-a"),
        ("visits", "id_number", "owner-a"),
        ("counselling_notes", "id_number", "owner-a"),
    ],
)
def test_a_sealed_value_cannot_be_moved(keyring: Keyring, place: tuple[str, str, str]) -> None:
    with pytest.raises(SealBroken):
        keyring.open(*place, keyring.seal(*PLACE, TEXT))


@given(st.binary(max_size=60))
def test_what_was_never_sealed_is_refused(keyring: Keyring, sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        keyring.open(*PLACE, sealed)


def test_a_cut_value_is_refused(keyring: Keyring) -> None:
    sealed = keyring.seal(*PLACE, TEXT)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            keyring.open(*PLACE, sealed[:length])


def test_nothing_is_sealed_for_nobody(keyring: Keyring) -> None:
    for place in [("parties", "phone", ""), ("parties", "ph\0one", "a")]:
        with pytest.raises(ValueError, match="owner"):
            keyring.seal(*place, TEXT)


def test_the_text_does_not_stand_in_the_seal(keyring: Keyring) -> None:
    assert TEXT.encode() not in keyring.seal(*PLACE, TEXT)


def test_the_newest_key_seals_and_all_open(tmp_path: Path) -> None:
    first = Keyring(tmp_path)
    old, note = first.seal(*PLACE, TEXT), first.seal("counselling_notes", "text", "n", TEXT)
    turned = add_key(first, "data", "00c0ffee")
    new = turned.seal(*PLACE, TEXT)
    assert new[1:5].hex() == "00c0ffee"
    assert turned.open(*PLACE, old) == turned.open(*PLACE, new) == TEXT
    assert turned.open("counselling_notes", "text", "n", note) == TEXT
    assert turned.index("phone", TEXT) == first.index("phone", TEXT)
    with pytest.raises(SealBroken):
        first.open(*PLACE, new)


def test_counselling_notes_have_their_own_key(tmp_path: Path) -> None:
    keyring = add_key(Keyring(tmp_path), "counselling", "0badcafe")
    assert keyring.seal("counselling_notes", "text", "n", TEXT)[1:5].hex() == "0badcafe"
    assert keyring.seal(*PLACE, TEXT)[1:5].hex() != "0badcafe"


def test_equal_texts_meet_under_the_blind_index(keyring: Keyring) -> None:
    assert keyring.index("id_number", TEXT) == keyring.index("id_number", TEXT)
    assert len({keyring.index("id_number", TEXT), keyring.index("phone", TEXT), keyring.index("id_number", "1")}) == 3
    assert len(keyring.index("phone", TEXT)) == 32


def test_purposes_share_nothing(keyring: Keyring) -> None:
    assert len(keyring.key("session")) == 32
    assert keyring.key("session") == keyring.key("session")
    assert len({keyring.key(name) for name in ("session", "links", "events", "residents")}) == 4
    assert keyring.key("events") == keyring.event_key
    macs = {keyring.mac("a", "1", 2), keyring.mac("a", 1, "2"), keyring.mac("a", "12"), keyring.mac("b", "1", 2)}
    assert len(macs) == 4
    assert keyring.mac("a", "马", 2) == keyring.mac("a", "马", 2)


def test_keys_are_made_once_and_close_to_the_chest(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "keys"
    first = Keyring(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [FILE_NAME]
    again: Sealer = Keyring(home, create=False)
    assert again.key("session") == first.key("session")
    assert again.open(*PLACE, first.seal(*PLACE, TEXT)) == TEXT
    assert first.readable_by_others() == []
    (home / FILE_NAME).chmod(0o640)
    assert first.readable_by_others() == [home / FILE_NAME]
    home.chmod(0o755)
    assert first.readable_by_others() == [home, home / FILE_NAME]


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    assert Keyring(tmp_path / "a").event_key != Keyring(tmp_path / "b").event_key


def test_missing_or_broken_keys_are_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match="no keyring"):
        Keyring(tmp_path, create=False)
    whole = Keyring(tmp_path).path.read_text()
    for broken, why in [
        (whole.replace("\nevents ", "\n# events "), "no key for: events"),
        (whole[:-8], "not a key"),
        (whole + "data zz short\n", "not a key"),
        ("", "no key for"),
    ]:
        (tmp_path / FILE_NAME).write_text(broken)
        with pytest.raises(KeysMissing, match=why):
            Keyring(tmp_path)
        assert (tmp_path / FILE_NAME).read_text() == broken


def _event_key(keys_dir: Path) -> bytes:
    return Keyring(keys_dir).event_key


def test_processes_starting_together_hold_the_same_keys(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert len(set(pool.map(_event_key, [tmp_path / "keys"] * 6))) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE_NAME]
