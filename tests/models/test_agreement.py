"""An agreement as it is recorded: what blocks, what stays as seen, drafts that survive, and the court's thirty days."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.agreement import AgreementForm, TermDraft
from models.agreement_draft import draft_of, save_draft
from models.calendar import CalendarDay, DayKind
from models.conclusion import Conclusion, Outcome
from models.confirmation import confirmation_ends, why_not
from models.deadline import Deadline
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event import Event
from models.mediation import MediationSession
from models.natures import Nature
from models.party import Party, Side
from models.wording import Manner
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from transaction import db

FIRST = TermDraft(date(2026, 12, 1), "甘州某健身馆", "宋佳", 100_00, manner=Manner.TRANSFER, account="农行尾号0032")
COMMITTEE, HOUSE = "甘州区人民调解委员会", "甘州区综治中心"


def opened(cast: Cast, nature: Nature = Nature.PEOPLES, body: str = COMMITTEE, opposite: str = "甘州某健身馆",
           category: str = "消费") -> MediationSession:  # fmt: skip
    dispute = cast.registered(opposite, category)
    with cast.acting(MEDIATOR) as change:
        return MediationSession.open(change, dispute, nature, cast.body(body), cast.person(MEDIATOR), None, None, [])


def agree(cast: Cast, session: MediationSession, *terms: TermDraft, **facts: object) -> None:
    with cast.acting(MEDIATOR) as change:
        session.conclude(change, session.version, Conclusion(Outcome.AGREED, terms=terms, **facts))  # type: ignore[arg-type]


def kinds(session: MediationSession) -> list[str]:
    return [event.kind for event in db.session.query(Event).filter_by(stream=session.dispute.stream)]


def test_terms_keep_how_where_and_by_what(cast: Cast) -> None:
    session = opened(cast)
    act = TermDraft(
        date(2026, 12, 2), "甘州某健身馆", act="注销会员卡", manner=Manner.CASH, place="店内", proof="出具注销单"
    )
    agree(cast, session, FIRST, act, default_clause="逾期加付50元", total_fen=100_00)
    agreement = session.agreement
    assert agreement is not None
    paid, done = agreement.terms
    assert (paid.manner, paid.account) == (Manner.TRANSFER, "农行尾号0032")
    assert (done.manner, done.place, done.proof) == (None, "店内", "出具注销单")
    assert (agreement.total_fen, agreement.copies, agreement.remarks) == (100_00, 3, [])


def test_what_must_be_changed_is_refused_and_nothing_is_left_behind(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken, match="cannot be enforced") as refused:
        agree(cast, session, TermDraft(date(2026, 12, 2), "甘州某健身馆", act="尽快搬走"))
    assert refused.value.values == {"word": "尽快"}
    assert (session.agreement, session.ended_at) == (None, None)
    with pytest.raises(RuleBroken, match="add up"):
        agree(cast, session, FIRST, total_fen=100_01)


def test_advice_stays_on_record_with_who_has_seen_it(cast: Cast) -> None:
    session = opened(cast)
    agree(cast, session, TermDraft(date(2026, 11, 28), "甘州某健身馆", "宋佳", 100_00, manner=Manner.CASH))
    assert session.agreement is not None
    said = [(one.code, one.position, one.seen_by_id) for one in session.agreement.remarks]
    assert said == [("day_off", 1, cast.person(MEDIATOR).id), ("no_clause", None, cast.person(MEDIATOR).id)]
    event = db.session.query(Event).filter_by(kind="agreement:conclude").one()
    assert event.particulars["remarks"] == ["day_off:1", "no_clause:0"]


def test_a_workday_in_place_of_a_holiday_is_a_working_day(cast: Cast) -> None:
    with cast.acting() as change:
        CalendarDay.enter(change, cast.centre, DayKind.WORKDAY, "", date(2026, 11, 28), None)
    session = opened(cast)
    agree(cast, session, TermDraft(date(2026, 11, 28), "甘州某健身馆", "宋佳", 100_00, manner=Manner.CASH),
          default_clause="逾期加付50元")  # fmt: skip
    assert session.agreement is not None
    assert session.agreement.remarks == []


def test_an_organ_that_becomes_the_only_respondent_closes_the_committees_way(cast: Cast) -> None:
    session = opened(cast)
    party = session.dispute.parties[1]
    with cast.acting() as change:
        party.edit(change, party.version, name="人社局")
    with pytest.raises(RuleBroken, match="Every respondent is an organ"):
        agree(cast, session, TermDraft(date(2026, 12, 2), "人社局", act="出具决定书1份"))


@pytest.mark.parametrize(("nature", "body", "category", "waiver"), [
    (Nature.PEOPLES, COMMITTEE, "拖欠工资", True), (Nature.PEOPLES, COMMITTEE, "消费", False),
])  # fmt: skip
def test_a_waiver_is_looked_for_where_labour_law_rules(
    cast: Cast, nature: Nature, body: str, category: str, waiver: bool
) -> None:
    session = opened(cast, nature, body, category=category)
    agree(cast, session, TermDraft(date(2026, 12, 2), "宋佳", act="放弃加班费3笔"))
    assert session.agreement is not None
    assert ("waived" in [one.code for one in session.agreement.remarks]) is waiver


def test_the_court_confirms_within_thirty_days_and_a_last_day_off_moves(cast: Cast, clock: Clock) -> None:
    session = opened(cast)
    agree(cast, session, FIRST)
    assert session.agreement is not None
    assert confirmation_ends(db.session(), session.agreement) == date(2026, 12, 23)
    with cast.acting() as change:
        CalendarDay.enter(change, cast.centre, DayKind.HOLIDAY, "", date(2026, 12, 23), None)
    assert confirmation_ends(db.session(), session.agreement) == date(2026, 12, 24)


def test_the_page_and_the_deadline_name_the_same_last_day(cast: Cast, clock: Clock) -> None:
    clock.advance(days=9)  # thirty days later is New Year's Day of a year nobody has entered yet
    session = opened(cast)
    agree(cast, session, replace(FIRST, due_on=date(2026, 12, 10)))
    assert session.agreement is not None
    running = select(Deadline.due_on).where(Deadline.code == "judicial_confirmation")
    assert confirmation_ends(db.session(), session.agreement) == db.session.scalar(running) == date(2027, 1, 4)


def test_what_no_organisation_mediated_or_nobody_wrote_down_is_not_confirmed(cast: Cast) -> None:
    witnessed = opened(cast, Nature.WITNESSED, HOUSE)
    agree(cast, witnessed, FIRST)
    assert witnessed.agreement is not None
    assert confirmation_ends(db.session(), witnessed.agreement) is None
    oral = opened(cast)
    agree(cast, oral, FIRST, form=AgreementForm.ORAL, performed_at_once=True)
    assert oral.agreement is not None
    assert confirmation_ends(db.session(), oral.agreement) is None


def test_copies_are_one_for_each_party_and_one_for_the_file(cast: Cast) -> None:
    session = opened(cast)
    with cast.acting() as change:
        Party.add(change, session.dispute, Side.THIRD, "甘肃某建工集团")
    agree(cast, session, FIRST)
    assert session.agreement is not None
    assert session.agreement.copies == 4


def save(cast: Cast, session: MediationSession, version: int, **typed: str) -> int:
    with cast.acting(MEDIATOR) as change:
        return save_draft(change, session, version, {name: [value] for name, value in typed.items()}).version


def test_each_save_of_a_draft_is_kept_and_the_same_again_is_none(cast: Cast) -> None:
    session = opened(cast)
    assert draft_of(db.session(), session) is None
    assert save(cast, session, 0, act="搬") == 1
    assert save(cast, session, 1, act="搬走") == 2
    assert save(cast, session, 1, act="搬走") == 2
    draft = draft_of(db.session(), session)
    assert draft is not None
    assert [one.typed for one in draft.saves] == [{"act": ["搬"]}, {"act": ["搬走"]}]
    assert kinds(session).count("agreement:draft") == 2


def test_nobody_saves_over_a_draft_he_has_not_seen(cast: Cast) -> None:
    session = opened(cast)
    save(cast, session, 0, act="搬走")
    with pytest.raises(Stale):
        save(cast, session, 0, act="留下")
    assert save(cast, session, 1, act="留下") == 2


def test_a_draft_ends_with_its_session_and_has_a_measure(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken, match="too long"):
        save(cast, session, 0, act="搬" * 400_001)
    save(cast, session, 0, act="搬走")
    agree(cast, session, FIRST)
    with pytest.raises(TransitionNotAllowed, match="has ended"):
        save(cast, session, 1, act="留下")


@pytest.mark.parametrize(
    ("category", "act", "reason"),
    [("离婚", "搬离共同住所", "marriage"), ("消费", "双方解除婚姻关系", "marriage"),
     ("房屋宅基地", "东侧宅基地归宋佳所有", "belongs"), ("抚养探望", "每月第一个周六接走孩子", "")],
)  # fmt: skip
def test_a_court_says_why_it_does_not_confirm(cast: Cast, category: str, act: str, reason: str) -> None:
    session = opened(cast, category=category)
    agree(cast, session, TermDraft(date(2026, 12, 2), "宋佳", act=act))
    assert session.agreement is not None
    said = why_not(session.agreement)
    assert reason in said
    assert bool(said) is bool(reason)
