"""Lines typed by an ID card reader and pasted lists of people."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bulk_entry import RosterRow, roster, wedge_card

TODAY = date(2026, 11, 23)
CARD = {
    "name": "马成龙",
    "sex": "male",
    "ethnic_group": "回族",
    "birth": "1979-03-12",
    "address": "甘肃省张掖市甘州区三闸镇高寨村三社",
    "id_number": "620702197903120037",
}
FIELDS = ["马成龙", "男", "回", "1979年3月12日", CARD["address"], CARD["id_number"]]


def only(text: str) -> RosterRow:
    rows, problems = roster(text, TODAY)
    assert not problems
    assert len(rows) == 1
    return rows[0]


@given(st.permutations(FIELDS), st.sampled_from(["\t", ",", "，", "|", "\n", "\r\n", " "]))
def test_a_card_is_read_in_any_order(fields: list[str], separator: str) -> None:
    assert wedge_card(separator.join(fields)) == CARD


def test_a_card_with_labels_office_and_validity() -> None:
    typed = f"姓名:马成龙|性别:男|民族:回族|出生:19790312|住址:{CARD['address']}|公民身份号码:{CARD['id_number']}"
    assert wedge_card(f"{typed}|张掖市公安局甘州分局|2015.03.12-2035.03.12") == CARD
    assert wedge_card(f"{typed}|张掖市公安局甘州分局|20150312|长期") == CARD


def test_names_that_look_like_something_else() -> None:
    assert wedge_card("高山\t女\t高山族\t民族路12号\t620702198605220069")["name"] == "高山"
    assert wedge_card("高山\t女\t高山族\t民族路12号\t620702198605220069")["address"] == "民族路12号"
    assert wedge_card("张建社,男,汉")["name"] == "张建社"
    assert wedge_card("阿依古丽•买买提,女,维吾尔族")["name"] == "阿依古丽·买买提"
    assert wedge_card("JOHN SMITH\t男\t810000199003070011")["name"] == "JOHN SMITH"
    assert wedge_card("马 俊\t男\t620702197903120037")["name"] == "马俊"


def test_the_number_wins_over_the_fields_beside_it() -> None:
    card = wedge_card("马成龙,女,1980-01-01,620702197903120037")
    assert (card["sex"], card["birth"]) == ("male", "1979-03-12")
    assert wedge_card("马成龙,女,1980-1-1") == {"name": "马成龙", "sex": "female", "birth": "1980-01-01"}
    assert wedge_card("") == {}


@given(
    st.permutations(["马成龙", "620702197903120037", "190-0000-0001", "15500.50"]),
    st.sampled_from(["\t", ",", "，", "、", " ", "\u3000", "  "]),
)
def test_a_line_is_read_in_any_order(parts: list[str], separator: str) -> None:
    row = only(separator.join(parts))
    assert row == {
        "line": 1,
        "name": "马成龙",
        "id_number": "620702197903120037",
        "phone": "19000000001",
        "address": "",
        "amount": Decimal("15500.50"),
    }


def test_a_pasted_table_with_heading_and_running_numbers() -> None:
    rows, problems = roster(
        "序号\t姓名\t身份证号\t电话\t金额\n"
        "1\t马成龙\t620702197903120037\t19000000001\t15,500.00\n"
        "2、李\u3000国、190 0000 0002、1.2万\n"
        "\n"
        "(3)王秀兰 620702198605220069 0936-8251234转801 3000元\n"
        "4. 康 玉 珍 ¥800\n",
        TODAY,
    )
    assert not problems
    assert [(row["line"], row["name"], row["amount"]) for row in rows] == [
        (2, "马成龙", Decimal(15500)),
        (3, "李国", Decimal(12000)),
        (5, "王秀兰", Decimal(3000)),
        (6, "康玉珍", Decimal(800)),
    ]
    assert rows[2]["phone"] == "0936-8251234-801"


@pytest.mark.parametrize("born", ["1979-03-12", "19790312", "1979年3月12日"])
def test_cards_read_one_after_another_make_a_roster(born: str) -> None:
    row = only(f"马成龙\t男\t回\t{born}\t三闸镇高寨村三社\t620702197903120037\t张掖市公安局甘州分局")
    assert (row["name"], row["address"], row["amount"]) == ("马成龙", "三闸镇高寨村三社", None)


def test_a_number_in_front_is_money_unless_it_counts_the_lines() -> None:
    assert only("100、马成龙")["amount"] == Decimal(100)
    assert only("1 马成龙")["amount"] is None
    assert only("17 马成龙 600")["amount"] == Decimal(600)
    assert only("John Smith, 500")["name"] == "John Smith"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("19000000001 600", "no name"),
        ("马成龙 李守国", "two names"),
        ("马成龙 620702197903120037 620702198310010056", "two ID numbers"),
        ("马成龙 500 600", "two amounts"),
        ("马成龙 ???", "not understood"),
        ("马成龙 19000000001 19000000002", "not understood"),
        ("马成龙 620702197903120038", "mistake"),
        ("马成龙 12000000001", "11 digits"),
    ],
)
def test_what_is_wrong_is_said_and_the_row_is_kept(line: str, word: str) -> None:
    rows, problems = roster(f"\n{line}", TODAY)
    assert len(rows) == 1
    assert [(problem.line, word in problem.msgid) for problem in problems] == [(2, True)]


def test_one_person_twice() -> None:
    rows, problems = roster("马成龙 620702197903120037\n马成龙 620702197903120037", TODAY)
    assert len(rows) == 2
    assert [problem.line for problem in problems] == [2]
    assert not roster("马成龙\n李守国", TODAY)[1]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("马成龙12.,、 \t\n|万元-")), max_size=60))
def test_any_text_is_read_without_a_fall(text: str) -> None:
    assert isinstance(wedge_card(text), dict)
    rows, problems = roster(text, TODAY)
    assert {problem.line for problem in problems} <= {row["line"] for row in rows}
