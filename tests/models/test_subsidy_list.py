"""Who may list what, and who may not approve it: the way of a list from drawing up to its correction."""

from collections.abc import Mapping
from datetime import date

import pytest

from models.agreement import AgreementForm
from models.change import Change
from models.closing import close
from models.conclusion import Outcome
from models.dispute import Dispute
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event import Event
from models.lifecycle import ClosingType
from models.natures import Nature
from models.reopening import reopen
from models.subsidy_decision import correct, regrade, take_out
from models.subsidy_grade import PAID, Grade, GradeGround
from models.subsidy_line import Evidence, SubsidyLine
from models.subsidy_list import ListState, SubsidyList
from models.subsidy_matter import unsettled
from models.subsidy_rate import SubsidyRateTable
from tests.models.test_mediation import conclude, open_session, opened, pay
from tests.support.cast import LEADER, MANAGER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from transaction import db

FIRST, DAY = date(2026, 11, 1), date(2026, 11, 23)
WHOLE = Evidence(papers=8, lacking=0)
BODY = "甘州区人民调解委员会"
OTHER_CLERK = "gaoxiaoyan"
RATES = dict(zip(PAID, (50_00, 100_00, 200_00, 300_00, 500_00), strict=True))


def settled(cast: Cast, heads: int = 3, *, closes: bool = True) -> Dispute:
    """Agreed in writing before the district's committee, to be performed later, and closed."""
    session = opened(cast, "消费")
    session.dispute.visits[0].head_count = heads
    db.session.commit()
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    if closes:
        with cast.acting() as change:
            close(change, session.dispute, ClosingType.SETTLED_WRITTEN, DAY, DAY)
    return session.dispute


def drawn(cast: Cast, evidence: Mapping[int, Evidence] | None = None, last: date = DAY) -> SubsidyList:
    with cast.acting() as change:
        return SubsidyList.draw_up(change, cast.body(BODY), FIRST, last, Everything() if evidence is None else evidence)


class Everything(dict[int, Evidence]):
    """Every file is whole."""

    def __contains__(self, _key: object) -> bool:
        return True

    def __missing__(self, _key: int) -> Evidence:
        return WHOLE


def approved(cast: Cast, row: SubsidyList, by: str = MANAGER) -> SubsidyList:
    with cast.acting() as change:
        row.submit(change, row.version)
    with cast.acting(by) as change:
        row.approve(change, row.version)
    return row


def test_a_list_goes_its_way_once_and_the_next_holds_what_is_left(cast: Cast) -> None:
    """Drawn up → refused to whoever drew it up and to the mediator → approved → not listed again → corrected."""
    small, large = settled(cast), settled(cast, 6)
    first = drawn(cast)
    assert [(line.dispute_id, line.grade, line.amount_fen) for line in first.lines] == [
        (small.id, Grade.ORDINARY, 200_00), (large.id, Grade.DIFFICULT, 300_00)]  # fmt: skip
    assert first.total_fen == 500_00
    with cast.acting() as change:
        first.submit(change, first.version)
    for who, sentence in (("xuwenjing", "drew the list up"), (MEDIATOR, "mediated a dispute")):
        with pytest.raises(RuleBroken, match=sentence), cast.acting(who) as change:
            first.approve(change, first.version)
    with pytest.raises(Stale), cast.acting(MANAGER) as change:
        first.approve(change, first.version - 1)
    with cast.acting(MANAGER) as change:
        first.approve(change, first.version)
    assert (first.state, first.number) == (ListState.APPROVED, "(2026)甘州人调补字第0001号")
    with cast.acting(LEADER) as change:
        first.approve(change, 1)  # pressed twice
    for verb in (first.submit, first.discard):
        with pytest.raises(TransitionNotAllowed), cast.acting(LEADER) as change:
            verb(change, first.version)

    later = settled(cast)
    second = drawn(cast)
    assert [line.dispute_id for line in second.lines] == [later.id]
    one, other = first.lines
    with cast.acting(OTHER_CLERK) as change:
        correct(change, one, Grade.SIMPLE, "履行已当场完成")
        correct(change, other, Grade.NOTHING, "调解员系财政供养人员")
    assert [line.amount_fen for line in second.lines] == [-100_00, -300_00, 200_00]
    approved(cast, second)
    assert second.number == "(2026)甘州人调补字第0002号"
    assert (first.approved_by.username, first.version) == (MANAGER, 3)
    assert (one.amount_fen, one.successor.grade) == (200_00, Grade.SIMPLE)

    third = drawn(cast)
    assert third.lines == []
    with pytest.raises(RuleBroken, match="Nothing would change"), cast.acting(OTHER_CLERK) as change:
        correct(change, second.lines[0], Grade.SIMPLE, "再核")
    with cast.acting(OTHER_CLERK) as change:
        back = correct(change, one.successor, Grade.DIFFICULT, "漏记到场单位")
    assert (back.corrects_id, back.amount_fen) == (one.id, 200_00)
    with cast.acting() as change:
        take_out(change, back, third.version)
    assert third.lines == []
    kinds = [
        event.kind for event in db.session.query(Event).filter_by(subject_kind="subsidy-list", subject_id=first.id)
    ]
    assert kinds == ["subsidy:draw-up", "subsidy:submit", "subsidy:approve"]


@only_sqlite
def test_a_second_person_approves_also_what_was_graded_by_hand(cast: Cast) -> None:
    settled(cast)
    row = drawn(cast)
    line = row.lines[0]
    with pytest.raises(RuleBroken, match="Enter the reason"), cast.acting(LEADER) as change:
        regrade(change, line, row.version, Grade.MAJOR, " ")
    with pytest.raises(RuleBroken, match="mediated himself"), cast.acting(MEDIATOR) as change:
        regrade(change, line, row.version, Grade.MAJOR, "涉及面广")
    with cast.acting(LEADER) as change:
        regrade(change, line, row.version, Grade.MAJOR, "涉及面广")
    assert (line.is_changed, line.amount_fen, line.ground) == (True, 500_00, GradeGround.LATER)
    with cast.acting() as change:
        row.draw_anew(change, row.version, Everything())
    assert line.grade is Grade.MAJOR
    with cast.acting() as change:
        row.submit(change, row.version)
    with pytest.raises(RuleBroken, match="decided a grade"), cast.acting(LEADER) as change:
        row.approve(change, row.version)
    with cast.acting(LEADER) as change:
        row.send_back(change, row.version, "等次依据不足")
    with cast.acting() as change:
        regrade(change, line, row.version, Grade.ORDINARY, "")
    assert (line.is_changed, line.graded_by_id) == (False, None)
    approved(cast, row, LEADER)


def test_what_is_not_complete_waits_for_a_later_list(cast: Cast) -> None:
    whole, lacking, unknown = settled(cast), settled(cast), settled(cast)
    row = drawn(cast, {whole.id: WHOLE, lacking.id: Evidence(8, 2)})
    assert [line.is_ready for line in row.lines] == [True, False]
    assert row.total_fen == 200_00
    with pytest.raises(RuleBroken, match="not approved yet"):
        drawn(cast)
    approved(cast, row)
    assert [line.dispute_id for line in row.lines] == [whole.id]
    assert [line.dispute_id for line in drawn(cast).lines] == [lacking.id, unknown.id]


@only_sqlite
def test_without_a_rate_on_the_closing_day_nothing_is_listed(cast: Cast) -> None:
    settled(cast)
    [table] = db.session.query(SubsidyRateTable).filter_by(centre_id=cast.centre.id)
    with cast.acting(MANAGER) as change:
        table.edit(change, table.version, date(2026, 12, 1), table.basis, RATES)
    row = drawn(cast)
    with pytest.raises(RuleBroken, match="No line is ready"), cast.acting() as change:
        row.submit(change, row.version)
    with cast.acting(MANAGER) as change:
        SubsidyRateTable.enter(change, cast.centre, DAY, "区司法局文件", {**RATES, Grade.ORDINARY: 80_00})
    with cast.acting() as change:
        row.draw_anew(change, row.version, Everything())
    approved(cast, row, LEADER)
    assert row.total_fen == 80_00
    used = db.session.get(SubsidyRateTable, row.lines[0].rate_table_id)
    with pytest.raises(RuleBroken, match="approved by these rates"), cast.acting(MANAGER) as change:
        used.edit(change, used.version, DAY, used.basis, RATES)
    with pytest.raises(RuleBroken, match="begin on this day"), cast.acting(MANAGER) as change:
        SubsidyRateTable.enter(change, cast.centre, DAY, "又一份文件", RATES)


def test_what_changed_since_is_not_approved(cast: Cast) -> None:
    dispute = settled(cast)
    row = drawn(cast)
    with cast.acting() as change:
        row.submit(change, row.version)
    with cast.acting(LEADER) as change:
        reopen(change, dispute, "又起纠纷")
    with pytest.raises(RuleBroken, match="has changed since") as refused, cast.acting(MANAGER) as change:
        row.approve(change, row.version)
    assert refused.value.values == {"number": dispute.number}
    with cast.acting(MANAGER) as change:
        row.send_back(change, row.version, "案件已重启")
    with cast.acting() as change:
        row.draw_anew(change, row.version, Everything())
    assert row.lines == []
    with cast.acting() as change:
        row.discard(change, row.version)
    assert row.state is ListState.DISCARDED


@only_sqlite
def test_two_mediators_share_to_the_fen(cast: Cast) -> None:
    dispute = settled(cast, closes=False)
    second = cast.person("fengxiufang")
    dispute.sessions[0].mediator = second
    db.session.commit()
    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, DAY, DAY)
    with cast.acting(LEADER) as change:
        reopen(change, dispute, "补充协议")
    with cast.acting(MEDIATOR) as change:
        session = open_session(cast, change, dispute)
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, DAY, DAY)
    [line] = drawn(cast).lines
    assert [(share.person.username, share.amount_fen) for share in line.shares] == [
        ("fengxiufang", 100_00), (MEDIATOR, 100_00)]  # fmt: skip


@only_sqlite
@pytest.mark.parametrize(("first", "last", "sentence"), [
    (DAY, FIRST, "ends before it begins"), (FIRST, date(2026, 11, 24), "today at the latest"),
])  # fmt: skip
def test_a_period_has_ended(cast: Cast, first: date, last: date, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence), cast.acting() as change:
        SubsidyList.draw_up(change, cast.body(BODY), first, last, {})


@only_sqlite
def test_only_what_was_agreed_in_the_bodys_name_is_its_own(cast: Cast) -> None:
    oral = opened(cast, "消费")
    conclude(cast, oral, Outcome.AGREED, form=AgreementForm.ORAL, terms=[pay()], performed_at_once=True)
    foreign = opened(cast, "消费", Nature.INDUSTRY, "甘州区消费纠纷人民调解委员会")
    conclude(cast, foreign, Outcome.AGREED, terms=[pay()])
    failed = opened(cast, "消费")
    conclude(cast, failed, Outcome.WITHDRAWN, reason="双方自行和解")
    with cast.acting() as change:
        close(change, oral.dispute, ClosingType.SETTLED_ORAL, DAY, DAY)
        close(change, foreign.dispute, ClosingType.SETTLED_WRITTEN, DAY, DAY)
        close(change, failed.dispute, ClosingType.RECONCILED, DAY, DAY)
    settled(cast, closes=False)
    row = drawn(cast)
    assert [(line.dispute_id, line.grade) for line in row.lines] == [(oral.dispute_id, Grade.ORAL)]
    assert unsettled(db.session(), cast.body(BODY), FIRST, DAY) == [failed.dispute]


@only_sqlite
def test_the_database_itself_refuses_a_second_listing(cast: Cast) -> None:
    settled(cast)
    row = approved(cast, drawn(cast))
    other = drawn(cast)
    line = row.lines[0]

    def twice(change: Change) -> None:
        copied = ("dispute_id", "closed_on", "ground", "grade", "papers", "lacking")
        facts = {name: getattr(line, name) for name in copied}
        change.session.add(SubsidyLine(list_id=other.id, listed_at=change.at, **facts))
        change.session.flush()

    with pytest.raises(Exception, match="UNIQUE"), cast.acting() as change:
        twice(change)
