"""ID numbers, credit codes and telephones: what is refused, tidied and hidden."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.identity import (
    birth_of,
    clean_id_number,
    clean_phone,
    credit_code_problem,
    id_number_problem,
    mask_id_number,
    mask_name,
    mask_phone,
    phone_problem,
    sex_of,
)

TODAY = date(2026, 11, 23)
SCENARIOS = json.loads((Path(__file__).parent.parent / "data" / "scenarios.json").read_text("utf-8"))
GOOD = "620702197903120037"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def holders(part: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every party of the scenarios, however deep, that has this kind of number."""
    if isinstance(part, dict) and key in part:
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from holders(inner, key)


PEOPLE = list(holders(SCENARIOS, "id_number"))
ORGANISATIONS = list(holders(SCENARIOS, "credit_code"))


def numbered(county: str, birth: date, order: int) -> str:
    body = f"{county}{birth:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


ID_NUMBERS = st.builds(
    numbered,
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def test_the_scenarios_hold_people_and_organisations() -> None:
    assert len(SCENARIOS) == 13
    assert len(PEOPLE) >= 21
    assert len(ORGANISATIONS) >= 8


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["id_number"])
def test_people_of_the_scenarios_have_valid_numbers(person: dict[str, Any]) -> None:
    number = person["id_number"]
    assert id_number_problem(number, TODAY) is None
    assert birth_of(number) == date.fromisoformat(person["birth"])
    assert sex_of(number) == {"男": "male", "女": "female"}[person["sex"]]


@pytest.mark.parametrize("code", [party["credit_code"] for party in ORGANISATIONS])
def test_organisations_of_the_scenarios_have_valid_codes(code: str) -> None:
    assert credit_code_problem(code) is None
    assert credit_code_problem(code.lower().replace("MA", "ma ")) is None
    assert "mistake" in (credit_code_problem(code[:-1] + ("0" if code[-1] != "0" else "1")) or "")


@pytest.mark.parametrize("code", ["", "91620702MA7XK1P2J", "91620702MA7XK1P2I5", "９１６２０７０２MA7XK1P2J6"])
def test_codes_that_cannot_be(code: str) -> None:
    assert credit_code_problem(code)


@given(ID_NUMBERS)
def test_every_well_made_number_is_taken_and_one_wrong_digit_is_noticed(number: str) -> None:
    assert id_number_problem(number, TODAY) is None
    for at in range(17):
        other = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert id_number_problem(other, TODAY)


@pytest.mark.parametrize("county", ["810000", "820000", "830000", "620701", "622201", "999999"])
def test_permits_and_abolished_counties_are_taken(county: str) -> None:
    assert id_number_problem(numbered(county, date(1980, 5, 1), 17), TODAY) is None


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("", "18 characters"),
        (GOOD[:-1], "18 characters"),
        (GOOD + "0", "18 characters"),
        ("62070219790312003²", "mistake"),
        ("X20702197903120037", "18 characters"),
        ("620702197902300037", "not a real date"),
        ("620702100001010037", "not a real date"),
        ("620702000000000037", "not a real date"),
        ("620702197903120038", "mistake"),
    ],
)
def test_numbers_that_cannot_be(number: str, word: str) -> None:
    assert word in (id_number_problem(number, TODAY) or "")


def test_nobody_is_born_tomorrow() -> None:
    assert id_number_problem(numbered("620702", TODAY, 1), TODAY) is None
    assert "future" in (id_number_problem(numbered("620702", TODAY + timedelta(days=1), 1), TODAY) or "")


def test_numbers_are_tidied() -> None:
    assert clean_id_number(" 62070219660707 035x ") == "62070219660707035X"
    assert clean_id_number("６２０７０２－１９６６０７０７－０３５Ｘ") == "62070219660707035X"
    assert id_number_problem("62070219660707035ｘ", TODAY) is None
    assert birth_of("nothing") is None
    assert sex_of("nothing") is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("19000000001", "19000000001"),
        ("190 0000 0001", "19000000001"),
        ("190-0000-0001", "19000000001"),
        ("+86 190 0000 0001", "19000000001"),
        ("8619000000001", "19000000001"),
        ("１９０００００００１０", "19000000010"),
        ("0936-8251234", "0936-8251234"),
        ("09368251234", "0936-8251234"),
        ("（0936）8251234", "0936-8251234"),
        ("0936—8251234", "0936-8251234"),
        ("+86 936 8251234", "0936-8251234"),
        ("010-62345678转801", "010-62345678-801"),
        ("0936-8251234-6", "0936-8251234-6"),
        ("02988651234", "029-88651234"),
        ("400-810-1234", "4008101234"),
    ],
)
def test_telephones_become_one_form(typed: str, stored: str) -> None:
    assert phone_problem(typed) is None
    assert clean_phone(typed) == stored
    assert clean_phone(stored) == stored


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "mobile number"),
        ("没有", "mobile number"),
        ("12000000001", "11 digits"),
        ("1900000000", "11 digits"),
        ("190000000011", "11 digits"),
        ("8251234", "area code"),
        ("0936-825123", "mobile number"),
        ("0936-1251234", "mobile number"),
    ],
)
def test_telephones_that_cannot_be(typed: str, word: str) -> None:
    assert word in (phone_problem(typed) or "")


@given(st.text(max_size=30))
def test_any_text_is_judged_and_hidden(text: str) -> None:
    assert phone_problem(text) or clean_phone(clean_phone(text)) == clean_phone(text)
    assert id_number_problem(text, TODAY)
    assert credit_code_problem(text)
    for mask in (mask_id_number, mask_phone, mask_name):
        assert isinstance(mask(text), str)


def test_masks_show_no_more_than_they_must() -> None:
    assert mask_id_number(GOOD) == "620702********0037"
    assert mask_id_number("62070279031203") == "*" * 14
    assert mask_phone("190 0000 0001") == "190****0001"
    assert mask_phone("09368251234") == "0936-*****34"
    assert mask_phone("4008101234") == "400***1234"
    assert mask_phone("12345") == "*****"
    assert mask_name("张三丰") == "张**"
    assert mask_name("阿依古丽·买买提") == "阿***·***"
    assert mask_name("John Smith") == "J*** *****"
    assert mask_name("张") == "*"
    assert mask_name("") == ""
