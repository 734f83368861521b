"""How sums, days and numbers of terms are written on papers."""

from datetime import UTC, date, datetime

import pytest

from papers.wording import capitals, day, moment, numeral, span, sum_of


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"), (150, "壹元伍角整"), (1_001, "壹拾元零壹分"),
     (120_000, "壹仟贰佰元整"), (100_500, "壹仟零伍元整"), (1_000_000, "壹万元整"), (1_000_300, "壹万零叁元整"),
     (10_500_000, "壹拾万伍仟元整"), (10_050_000, "壹拾万零伍佰元整"), (18_640_000, "壹拾捌万陆仟肆佰元整"),
     (100_000_000, "壹佰万元整"), (1_002_000_003, "壹仟零贰万元零叁分"), (10_000_000_000, "壹亿元整"),
     (10_000_010_000, "壹亿零壹佰元整"), (123_456_789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分")],
)  # fmt: skip
def test_a_sum_in_numerals_nobody_can_alter(fen: int, words: str) -> None:
    assert capitals(fen) == words


def test_a_sum_names_both_ways_of_writing() -> None:
    assert sum_of(123_450) == "人民币1,234.50元\uff08大写\uff1a壹仟贰佰叁拾肆元伍角整\uff09"


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_the_number_of_a_term(number: int, words: str) -> None:
    assert numeral(number) == words


def test_days_and_times_are_those_of_shanghai() -> None:
    late = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)
    assert (day(date(2026, 2, 3)), day(late), moment(late)) == ("2026年2月3日", "2027年1月1日", "2027年1月1日0时05分")
    assert span(late, late.replace(hour=17)) == "2027年1月1日0时05分至1时05分"
    assert span(datetime(2026, 12, 31, 2, 0, tzinfo=UTC), late) == "2026年12月31日10时00分至2027年1月1日0时05分"
    assert (day(None), span(None, None)) == ("", "")
