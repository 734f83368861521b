"""Computed codes: the same every time, nothing anybody could guess or bend."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import (
    arrival_code,
    arrival_step,
    arrival_value,
    check_arrival_code,
    check_arrival_value,
    link_token,
    read_link_token,
    resident_code,
    spaced_code,
    tidy_code,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = datetime(2026, 11, 23, 2, 20, 10, tzinfo=UTC)
IDS = st.integers(1, 2**40)
NUMBERS = st.integers(1, 2**16)


@given(IDS, NUMBERS)
def test_a_residents_code_can_be_copied_by_hand(visit_id: int, print_number: int) -> None:
    code = resident_code(KEY, visit_id, print_number)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", code)
    assert code == resident_code(KEY, visit_id, print_number)
    assert code != resident_code(OTHER_KEY, visit_id, print_number)
    sloppy = f" {spaced_code(code)} ".lower().replace("0", "o").replace("1", "l")
    assert tidy_code(sloppy) == code
    assert tidy_code(tidy_code(sloppy)) == code


def test_residents_codes_differ_and_use_every_letter() -> None:
    codes = {resident_code(KEY, visit_id, number) for visit_id in range(1, 2001) for number in (1, 2)}
    assert len(codes) == 4000
    # 80 bits spread evenly: every place takes all 32 letters.
    assert all(len({code[place] for code in codes}) == 32 for place in range(16))
    assert resident_code(KEY, 1, 12) != resident_code(KEY, 11, 2)


def test_codes_are_printed_in_fours() -> None:
    assert spaced_code("7Q4M0ZK2ABCD1234") == "7Q4M-0ZK2-ABCD-1234"
    assert tidy_code("７ｑ4m–0zk2 abcd 1234") == "7Q4M0ZK2ABCD1234"


def test_a_step_lasts_thirty_seconds() -> None:
    start = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
    assert arrival_step(start) == arrival_step(start + timedelta(seconds=29.999))
    assert arrival_step(start + timedelta(seconds=30)) == arrival_step(start) + 1
    with pytest.raises(ValueError, match="time zone"):
        arrival_step(datetime(2026, 11, 23, 2, 20))  # noqa: DTZ001 - the naive moment is the point


def test_a_screen_without_network_computes_the_same_digits() -> None:
    step = arrival_step(NOW)
    digest = hmac.new(KEY, f"arrival-code:{step}".encode(), hashlib.sha256).digest()
    assert arrival_code(KEY, step) == f"{int.from_bytes(digest[:4], 'big') % 10_000:04d}"


@given(st.integers(-60, 60))
def test_codes_of_this_and_the_previous_step_count(offset: int) -> None:
    step = arrival_step(NOW)
    shown = arrival_step(NOW + timedelta(seconds=offset))
    expected = shown if shown in (step, step - 1) else None
    assert check_arrival_value(KEY, arrival_value(KEY, shown), NOW) == expected
    assert check_arrival_code(KEY, arrival_code(KEY, shown), NOW) == expected


def test_a_tap_kept_without_signal_counts_for_ten_minutes() -> None:
    step = arrival_step(NOW)
    assert check_arrival_value(KEY, arrival_value(KEY, step - 20), NOW, steps_back=20) == step - 20
    assert check_arrival_value(KEY, arrival_value(KEY, step - 21), NOW, steps_back=20) is None
    assert check_arrival_value(KEY, arrival_value(KEY, step + 1), NOW, steps_back=20) is None


def test_codes_are_read_as_people_type_them() -> None:
    step = arrival_step(NOW)
    code, value = arrival_code(KEY, step), arrival_value(KEY, step)
    assert check_arrival_code(KEY, f" {code[:2]} {code[2:]} ", NOW) == step
    assert check_arrival_code(KEY, code.translate(str.maketrans("0123456789", "０１２３４５６７８９")), NOW) == step
    assert check_arrival_value(KEY, value.upper(), NOW) == step
    assert check_arrival_code(OTHER_KEY, code, NOW) is None
    assert re.fullmatch(r"[0-9a-z]{26}", value)


@given(st.text(max_size=30))
def test_any_text_is_no_value_and_no_link(text: str) -> None:
    assert check_arrival_code(KEY, text + "?", NOW) is None
    assert check_arrival_value(KEY, text, NOW) is None
    assert read_link_token(KEY, text) is None


@given(IDS, NUMBERS)
def test_a_link_says_which_callout_it_is_for(callout_id: int, link_number: int) -> None:
    token = link_token(KEY, callout_id, link_number)
    assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]+-[0-9a-z]{26}", token)
    assert read_link_token(KEY, token) == (callout_id, link_number)
    assert read_link_token(OTHER_KEY, token) is None
    assert token != link_token(KEY, callout_id, link_number + 1)


@given(IDS, NUMBERS, st.data())
def test_a_bent_link_opens_nothing(callout_id: int, link_number: int, data: st.DataObject) -> None:
    token = link_token(KEY, callout_id, link_number)
    at = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.sampled_from([sign for sign in "0123456789abcdefghjkmnpqrstvwxyz-" if sign != token[at]]))
    assert read_link_token(KEY, token[:at] + sign + token[at + 1 :]) is None
    assert read_link_token(KEY, f"0{token}") is None
    assert read_link_token(KEY, token[:-1]) is None
    assert read_link_token(KEY, f"{token}\n") is None


def test_a_link_fits_a_message() -> None:
    assert len(link_token(KEY, 40_000, 3)) <= 33


def test_nothing_made_for_one_purpose_serves_another() -> None:
    made = {resident_code(KEY, 7, 1).lower(), arrival_value(KEY, 7)[:16], link_token(KEY, 7, 1)[4:20]}
    assert len(made) == 3
