"""What a court would find unclear: each rule at the wording that breaks it, and silent at the one that does not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.clarity import RULES, findings
from models.finding import Weight, advice, blocking
from models.interest import four_times, yearly_rates
from models.wording import Manner, TermDraft, Wording

TODAY = date(2026, 11, 23)
MONDAY, SATURDAY = date(2026, 11, 30), date(2026, 12, 5)
PAYS = TermDraft(MONDAY, "甲公司", "宋佳", 100_00, manner=Manner.CASH)
DOES = TermDraft(MONDAY, "甲公司", act="拆除花台，恢复1.5米通道")
CLEAR = Wording([PAYS], TODAY, "逾期未付的，按未付金额日万分之二支付违约金。", parties=("甲公司", "宋佳", "李四"))


def codes(wording: Wording) -> list[str]:
    return [finding.key for finding in findings(wording)]


def paying(**facts: Any) -> Wording:
    return replace(CLEAR, terms=[replace(PAYS, **facts)])


def doing(**facts: Any) -> Wording:
    return replace(CLEAR, terms=[replace(DOES, **facts)])


def with_clause(words: str) -> Wording:
    return replace(CLEAR, default_clause=words)


@pytest.mark.parametrize("wording", [
    CLEAR, doing(), replace(CLEAR, terms=[PAYS, DOES]), replace(CLEAR, total_fen=100_00),
    doing(act="按违约责任条款一次性搬走"), doing(act="双方协商一致后由甲公司搬走设备"),
    doing(act="二十日内搬走2台，剩余十二日内搬走"), with_clause("未及时支付的，每日加付50元"),
    doing(act="把合约一份交还宋佳"), doing(act="把左右两间房屋腾空"), doing(act="规范排烟", proof="环保部门检测达标"),
    replace(CLEAR, terms=[replace(PAYS, manner=None)], performed_at_once=True, default_clause=""),
    paying(manner=Manner.TRANSFER, account="农行尾号0032"),
])  # fmt: skip
def test_a_clear_agreement_is_left_alone(wording: Wording) -> None:
    assert codes(wording) == []


@pytest.mark.parametrize(("wording", "said"), [
    (replace(CLEAR, terms=[]), ["none:0"]),
    (paying(amount_fen=0), ["zero:1"]),
    (paying(amount_fen=None), ["either:1"]),
    (paying(act="搬走设备"), ["either:1"]),
    (paying(payer=""), ["no_payer:1"]),
    (paying(due_on=None), ["no_day:1"]),
    (paying(payer="王五"), ["stranger:1"]),
    (doing(payer="王五"), ["stranger:1"]),
    (paying(payee="甲 公司"), ["oneself:1"]),
    (doing(act="支付____次"), ["blank:1"]),
    (replace(CLEAR, organs_only=True), ["organ:0"]),
    (replace(CLEAR, total_fen=100_01), ["sum:0"]),
    *[(doing(act=words), ["vague:1"]) for words in (
        "尽快拆除2个花台", "酌情补助300元", "损失由双方另行商定", "归还工具若干", "付款3万元左右", "归还约三十把椅子",
        "由双方协商拆除1处", "原则上拆除2处", "大概拆除2处", "支付相关费用3笔",
        "及时拆除2处", "尽可能拆除2处", "近日拆除2处", "过几天拆除2处", "三五天内拆除2处", "一段时间内拆除2处",
        "归还一定数额的押金", "合理期限内拆除2处", "按实际情况补足3笔")],
    (doing(place="另议"), ["vague:1"]),
    (doing(proof="差不多就行"), ["vague:1"]),
    *[(doing(act=words), ["undecidable:1"]) for words in (
        "待资金到位后付清3笔", "视经营情况拆除2处", "等有条件允许时拆除2处", "如有钱即付清3笔", "有条件时拆除2处",
        "手头宽裕时付清3笔", "方便后拆除2处")],
    (with_clause("逾期的，双方协商解决"), ["clause_vague:0"]),
    (with_clause("逾期的，每日加付____元"), ["clause_blank:0"]),
    (with_clause("逾期的，视情况加付"), ["clause_undecidable:0"]),
])  # fmt: skip
def test_what_must_be_changed_blocks(wording: Wording, said: list[str]) -> None:
    found = findings(wording)
    assert [finding.key for finding in blocking(found)] == said
    assert advice(found) == []


@pytest.mark.parametrize(("wording", "said"), [
    (paying(payee=""), ["no_payee:1"]),
    (paying(payee="某医院"), ["payee_stranger:1"]),
    (replace(CLEAR, parties=("甲公司", "宋佳", "宋佳")), ["namesake:1"]),
    (paying(manner=None), ["no_manner:1"]),
    (paying(manner=Manner.TRANSFER), ["no_account:1"]),
    (doing(payer=""), ["no_doer:1"]),
    (doing(act="妥善处理排烟问题"), ["unmeasured:1"]),
    (doing(act="恢复原状"), ["unmeasured:1"]),
    (doing(act="保持通道畅通"), ["unmeasured:1"]),
    (paying(due_on=date(2026, 11, 22)), ["past:1"]),
    (replace(paying(due_on=SATURDAY), days_off=frozenset({SATURDAY})), ["day_off:1"]),
    (replace(CLEAR, unbound=("宋佳", "李四")), ["share_unbound:1", "unbound:0"]),
    (with_clause(""), ["no_clause:0"]),
    (with_clause("逾期的，按月息2分支付利息"), ["interest:0"]),
    (with_clause("逾期的，按每日千分之一支付违约金"), ["interest:0"]),
    (replace(doing(act="宋佳放弃工伤待遇1项"), field_of_law="劳动争议"), ["waived:0"]),
    (doing(act="宋佳不得再信访，1次也不行"), ["barred:0"]),
    (doing(act="双方于3日内离婚"), ["status:0"]),
    (doing(act="房屋1套归宋佳所有"), ["title:0"]),
])  # fmt: skip
def test_advice_does_not_block(wording: Wording, said: list[str]) -> None:
    found = findings(wording)
    assert blocking(found) == []
    assert [finding.key for finding in advice(found)] == said


def test_a_waiver_is_a_matter_of_labour_law_alone() -> None:
    assert codes(doing(act="宋佳放弃医疗费1项")) == []


def test_every_row_is_found_at_its_own_place() -> None:
    wording = replace(CLEAR, terms=[PAYS, replace(PAYS, due_on=None), DOES, replace(DOES, act="尽快搬走")])
    assert codes(wording) == ["no_day:2", "vague:4"]
    assert findings(wording)[1].facts == {"word": "尽快"}


def test_the_sum_is_held_against_the_terms_to_the_fen() -> None:
    terms = [replace(PAYS, amount_fen=333_33), replace(PAYS, amount_fen=333_33), replace(PAYS, amount_fen=333_34)]
    assert codes(replace(CLEAR, terms=terms, total_fen=1000_00)) == []
    found = findings(replace(CLEAR, terms=terms, total_fen=1000_01))
    assert found[0].facts == {"stated": "1,000.01", "sum": "1,000"}


@pytest.mark.parametrize(("words", "rates"), [
    ("年利率12%", ["12"]), ("按年利率 15.4 % 计息", ["15.4"]), ("月息2分", ["24"]), ("2分利", ["24"]),
    ("月利率1.5%", ["18"]),
    ("每日加付万分之五", ["18.25"]), ("按日千分之一计违约金", ["36.5"]), ("违约金日0.5‰", ["18.25"]),
    ("每月支付利息百分之二", ["24"]),
    ("12月5日前付3000元", []), ("付30%", []),
    ("每年支付余款的30%", []), ("12月31日前付30%，逾期加付利息", []), ("自逾期之日起，以未付金额为基数", []),
])  # fmt: skip
def test_interest_is_read_as_people_write_it(words: str, rates: list[str]) -> None:
    assert list(yearly_rates(words)) == [Decimal(rate) for rate in rates]


def test_the_dearest_interest_is_four_times_the_lpr() -> None:
    assert four_times(300) == 12
    assert codes(with_clause("逾期的，按年利率12%支付")) == []
    assert codes(with_clause("逾期的，按年利率12.01%支付")) == ["interest:0"]


def test_every_rule_has_a_code_and_what_must_be_changed_comes_first() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    weights = [rule.weight for rule in RULES]
    assert weights == sorted(weights, key=lambda weight: weight is Weight.ADVICE)
