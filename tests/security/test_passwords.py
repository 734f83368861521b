"""Passwords: hashed slowly, refused when weak, generated readable."""

import re

import pytest
from argon2 import PasswordHasher, extract_parameters

from security.passwords import (
    DUMMY_HASH,
    check_password,
    generated_password,
    hash_password,
    needs_rehash,
    weak_password_problem,
)


def test_only_the_password_opens_its_hash() -> None:
    made = hash_password("Kamo-Refu-47")
    assert check_password(made, "Kamo-Refu-47")
    assert not check_password(made, "kamo-refu-47")
    assert made != hash_password("Kamo-Refu-47")
    assert not check_password("", "Kamo-Refu-47")
    assert not check_password("$argon2id$broken", "Kamo-Refu-47")


def test_long_passwords_count_to_their_last_letter() -> None:
    made = hash_password("长" * 100 + "a")
    assert check_password(made, "长" * 100 + "a")
    assert not check_password(made, "长" * 100 + "b")


def test_hashes_cost_what_was_decided() -> None:
    for made in (hash_password("x"), DUMMY_HASH):
        parameters = extract_parameters(made)
        assert made.startswith("$argon2id$")
        assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19 * 1024, 2, 1)
        assert not needs_rehash(made)
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("x"))


def test_nobody_signs_in_with_the_dummy() -> None:
    assert not check_password(DUMMY_HASH, "")
    assert not check_password(DUMMY_HASH, "password")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("Ab1!", "8 characters"),
        ("", "8 characters"),
        ("kamorefutisu", "three of"),
        ("kamorefu47", "three of"),
        ("KAMO-REFU", "three of"),
        ("Ma.Chenglong-47", "user name"),
        ("Ganzhou@739x", "user name"),
        ("ＳＨＡＯＤＡＯ-tisu4", "user name"),
        ("甘州区Tisu739", "user name"),
        ("Shuiwu-Refu-47", "user name"),
        ("Password1!", "tried first"),
        ("P@ssw0rd2026", "tried first"),
        ("Aa123456", "tried first"),
        ("Admin@123", "tried first"),
        ("Qwer1234!", "tried first"),
        ("1qaz@WSX", "tried first"),
        ("Abcd1234!@#$", "tried first"),
        ("Aa1!Aa1!Aa1!", "tried first"),
    ],
)
def test_weak_passwords_are_refused(password: str, word: str) -> None:
    assert word in (weak_password_problem(password, "ma.chenglong", ["shuiwu"]) or "")


@pytest.mark.parametrize("password", ["Kamo-Refu-47", "tisu 马Wabe 47", "q8#Vt!xn", "雪落祁连山Qi7"])
def test_good_passwords_are_taken(password: str) -> None:
    assert weak_password_problem(password, "ma.chenglong", ["甘州区综治中心", ""]) is None


def test_a_very_short_user_name_forbids_nothing() -> None:
    assert weak_password_problem("Lima-Kamo-47", "li") is None
    assert weak_password_problem("Lima-Kamo-47", "") is None


def test_generated_passwords_are_readable_strong_and_new() -> None:
    made = {generated_password() for _ in range(300)}
    assert len(made) == 300
    for password in made:
        assert re.fullmatch(r"(?:[A-Z][a-z]{3}-){4}[0-9]{2}", password)
        assert weak_password_problem(password, "clerk") is None
