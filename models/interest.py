"""Interest as people write it, in percent a year.

Private loans bear at most four times the one-year LPR (民间借贷规定 art. 25, 28, 29 of 2020); courts measure default
interest by the same rule.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

TIMES = 4
DAYS, MONTHS = 365, 12
PERIODS = {"日": DAYS, "天": DAYS, "月": MONTHS, "年": 1}
SIGNS = {
    "%": Decimal(1),
    "‰": Decimal("0.1"),
    "百分之": Decimal(1),
    "千分之": Decimal("0.1"),
    "万分之": Decimal("0.01"),
}
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"(\d+(?:\.\d+)?|[一二两三四五六七八九])"
_PERIOD = r"(?:[每按]([日天月年])[^,日天月年]{0,12}?|([日天月年])(?:利率|利息|息)?[为按]?)"
_PERCENT = re.compile(rf"{_PERIOD}\s*(?:{_NUMBER}\s*([%‰])|(百分之|千分之|万分之){_NUMBER})")
_OF_INTEREST = re.compile(r"利|息|违约|滞纳|加付")
_PARTS = re.compile(rf"(?:月息|月利){_NUMBER}分|{_NUMBER}分(?:利|息)")


def four_times(basis_points: int) -> Decimal:
    """The dearest rate, in percent a year, for an LPR in hundredths of a percent."""
    return Decimal(TIMES * basis_points) / 100


def yearly_rates(words: str) -> Iterator[Decimal]:
    """Every rate these words state. 月息2分 is two percent a month; a share of a sum is no rate."""
    plain = words.replace("％", "%").replace("，", ",")
    for part in re.split(r"[。；;\n]", plain):
        if _OF_INTEREST.search(part):
            yield from _rates(part)


def _rates(words: str) -> Iterator[Decimal]:
    for each, period, number, sign, fraction, part in _PERCENT.findall(words):
        yield _value(number or part) * SIGNS[sign or fraction] * PERIODS[each or period]
    for number, other in _PARTS.findall(words):
        yield _value(number or other) * MONTHS


def _value(number: str) -> Decimal:
    return Decimal(DIGITS[number]) if number in DIGITS else Decimal(number)
