"""Applications to court and commission write themselves when they can be made, and are not offered before or after."""

from dataclasses import replace
from datetime import date

import pytest

from models.agreement import TermDraft
from models.conclusion import Outcome
from models.court_application import why_no_enforcement, why_no_payment_order, why_no_review
from models.enforcement import CourtRuling
from models.natures import Nature
from papers.elements import elements
from tests.models.test_mediation import conclude, opened
from tests.papers.test_index import codes
from tests.papers.test_recorded import paper
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.pages import visit

DUE = TermDraft(date(2026, 12, 1), payer="甘州某健身馆", payee="宋佳", amount_fen=900_00)
APPLICATIONS = {"review", "payment-order", "enforcement", "confirmation"}


def test_wages_are_reviewed_within_fifteen_days_and_asked_for_by_an_order_once_overdue(
    cast: Cast, clock: Clock
) -> None:
    session = opened(cast, "拖欠工资", Nature.INDUSTRY, "甘州区劳动争议人民调解委员会")
    conclude(cast, session, Outcome.AGREED, terms=[DUE, replace(DUE, due_on=date(2026, 12, 20))])
    assert codes(cast, session.dispute) & APPLICATIONS == {"review", "confirmation"}
    review = paper(cast, session, "review")
    for part in ("仲裁审查申请书", "至2026年12月8日", "劳动人事争议仲裁委员会", "人民币900元"):
        assert part in review, part
    assert "被申请人" not in review
    clock.advance(days=17)
    assert session.agreement is not None
    assert "overdue" in why_no_payment_order(session.agreement, None, date(2026, 12, 1))
    assert "fifteen" in why_no_review(session.agreement, date(2026, 12, 8), date(2026, 12, 9))
    assert codes(cast, session.dispute) & APPLICATIONS == {"payment-order", "confirmation"}
    order = paper(cast, session, "payment-order")
    for part in ("支付令申请书", "给付人民币900元", "被申请人", "未支付，尚欠人民币900元", "第十六条"):
        assert part in order, part
    assert "1,800" not in order


def test_what_the_court_confirmed_is_enforced_when_it_is_not_kept(cast: Cast, clock: Clock) -> None:
    session = opened(cast)
    act = TermDraft(date(2026, 12, 1), payer="甘州某健身馆", act="注销会员卡")
    conclude(cast, session, Outcome.AGREED, terms=[DUE, act])
    clock.advance(days=9)
    assert session.agreement is not None
    assert "confirmed" in why_no_enforcement(session.agreement, None, date(2026, 12, 2))
    assert "wages" in why_no_payment_order(session.agreement, None, date(2026, 12, 2))
    assert codes(cast, session.dispute) & APPLICATIONS == {"confirmation"}
    suit = paper(cast, session, "suit")
    for part in ("原告", "被告", "判令甘州某健身馆支付人民币900元", "被告未按约定履行"):
        assert part in suit, part
    with cast.acting() as change:
        CourtRuling.note(change, session.agreement, date(2026, 11, 25), "(2026)甘0702民特12号")
    assert "suit" not in codes(cast, session.dispute)
    assert "enforcement" in codes(cast, session.dispute)
    page = visit(cast.signed_in(MEDIATOR), f"/terms/{session.agreement.terms[0].id}/breach")
    assert page.soup.find("a", href=f"/disputes/{session.dispute.reference}/papers/enforcement")
    words = paper(cast, session, "enforcement")
    for part in ("被执行人", "(2026)甘0702民特12号民事裁定书", "支付人民币900元", "履行：注销会员卡", "2026年11月25日"):
        assert part in words, part


@pytest.mark.parametrize(
    ("kind", "main", "cause"),
    [("离婚", "婚姻家庭", "离婚纠纷"), ("民间借贷", "合同", "民间借贷纠纷"), ("拖欠工资", "劳动争议", "劳动争议"),
     ("房屋买卖", "房屋宅基地", "买卖合同纠纷"), ("收费争议", "物业", "物业服务合同纠纷"),
     ("事故赔偿", "道路交通", "机动车交通事故责任纠纷"), ("噪声油烟", "邻里", "噪声油烟纠纷")],
)  # fmt: skip
def test_each_kind_of_dispute_has_the_elements_the_courts_ask(kind: str, main: str, cause: str) -> None:
    form = elements(kind, main)
    assert form.cause == cause
    assert len(form.asked) > 1
    assert len(form.told) > 3
