"""Codes and tokens that are computed, never stored: the resident's code, the arrival code and the officer's link."""

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import date, datetime

STEP_SECONDS = 30
# Crockford's letters: none that can be mistaken for another when read aloud or copied by hand.
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "=")
_LOOKALIKES = str.maketrans("OIL", "011", "-‐‑–— \t")
_LINK = re.compile(r"([0-9a-f]{1,15})-([0-9a-f]{1,8})-[0-9a-z]{26}")


def _mac(key: bytes, purpose: str, *numbers: int) -> bytes:
    return hmac.new(key, ":".join((purpose, *map(str, numbers))).encode(), hashlib.sha256).digest()


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().translate(_CROCKFORD)


def resident_code(key: bytes, visit_id: int, print_number: int) -> str:
    """The 16 letters (80 bits) on a resident's slip; printing a new slip makes a new code."""
    return _letters(_mac(key, "resident-code", visit_id, print_number)[:10])


def tidy_code(text: str) -> str:
    """A typed code in the form in which it was made: capitals, no dashes, O as 0, I and L as 1."""
    return unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES).strip()


def spaced_code(code: str) -> str:
    """A code as it is printed, four letters at a time: 7Q4M-0ZK2-…."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def arrival_step(at: datetime) -> int:
    """The number of the 30-second step that holds this moment."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no step")
    return int(at.timestamp() // STEP_SECONDS)


def arrival_code(key: bytes, step: int) -> str:
    """The four digits shown inside the centre during one step.

    Screens compute the same without network: HMAC-SHA256 of the text `arrival-code:STEP`, its first four bytes
    as a big-endian number, modulo 10000.
    """
    return f"{int.from_bytes(_mac(key, 'arrival-code', step)[:4]) % 10_000:04d}"


def arrival_value(key: bytes, step: int) -> str:
    """What the QR beside the digits carries: the same step as 128 bits (HMAC of `arrival-value:STEP`), 26 letters."""
    return _letters(_mac(key, "arrival-value", step)[:16]).lower()


def check_arrival_code(key: bytes, code: str, at: datetime) -> int | None:
    """The step whose digits these are, this one or the one before; or nothing."""
    typed = "".join(unicodedata.normalize("NFKC", code).split()).encode()
    now = arrival_step(at)
    right = [step for step in (now, now - 1) if hmac.compare_digest(arrival_code(key, step).encode(), typed)]
    return right[0] if right else None


def check_arrival_value(key: bytes, value: str, at: datetime, steps_back: int = 1) -> int | None:
    """The step this QR value was shown in, if it lies no further back than `steps_back` steps.

    A tap kept on a phone without signal is checked with more steps (20 make ten minutes).
    """
    now = arrival_step(at)
    shown = value.strip().lower().encode()
    steps = range(now, now - steps_back - 1, -1)
    right = [step for step in steps if hmac.compare_digest(arrival_value(key, step).encode(), shown)]
    return right[0] if right else None


def link_token(key: bytes, callout_id: int, link_number: int) -> str:
    """The token in the link a unit is sent; raising the link number makes every earlier link void.

    Only small letters, digits and inner dashes: message programs cut a link that ends with a sign.
    """
    return f"{callout_id:x}-{link_number:x}-{_letters(_mac(key, 'link', callout_id, link_number)[:16]).lower()}"


def leader_token(key: bytes, person_id: int, rights_epoch: int, day: date) -> str:
    """The token in the link to the page of decisions: for one person, good for one day, void when rights change."""
    made = _letters(_mac(key, "leader-link", person_id, rights_epoch, day.toordinal())[:16]).lower()
    return f"{person_id:x}-{rights_epoch:x}-{made}"


def read_leader_token(key: bytes, token: str, day: date) -> tuple[int, int] | None:
    """Person and rights epoch a token of this day was made for."""
    parts = _LINK.fullmatch(token)
    if parts is None:
        return None
    person_id, epoch = int(parts[1], 16), int(parts[2], 16)
    genuine = hmac.compare_digest(leader_token(key, person_id, epoch, day).encode(), token.encode())
    return (person_id, epoch) if genuine else None


def read_link_token(key: bytes, token: str) -> tuple[int, int] | None:
    """The callout and link number a genuine token was made for; whether the number still holds, the callout says."""
    parts = _LINK.fullmatch(token)
    if parts is None:
        return None
    callout_id, link_number = int(parts[1], 16), int(parts[2], 16)
    genuine = hmac.compare_digest(link_token(key, callout_id, link_number).encode(), token.encode())
    return (callout_id, link_number) if genuine else None
