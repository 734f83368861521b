"""Receipts, reminders, follow-ups and reopening through their pages, without JavaScript."""

from datetime import date

from sqlalchemy import select

from models.closing import close
from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.follow_up import FollowUp, FollowUpReason
from models.follow_up_call import CallOutcome, Satisfaction, Sign
from models.lifecycle import ClosingType, DisputeStatus
from models.reopening import Reopening, ReopeningKind
from tests.models.test_performance import DUE, TODAY, agreed, pay
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def row(dispute: Dispute, reason: FollowUpReason, due_on: date | None = None) -> FollowUp:
    """The first follow-up of this reason as it stands in the database."""
    db.session.expire_all()
    found = select(FollowUp).where(FollowUp.dispute_id == dispute.id, FollowUp.reason == reason)
    return db.session.scalars(found.order_by(FollowUp.id)).first()


def test_a_part_payment_is_noted_and_struck_out_again(cast: Cast) -> None:
    agreement = agreed(cast)
    term = agreement.terms[0]
    page = visit(cast.signed_in(MEDIATOR), f"/terms/{term.id}/performance/new")
    assert dict(page.form("/performance").values())["amount_fen"] == "900.00"
    page.form("/performance").submit(status=422, amount_fen="901").soup.select_one("#amount_fen-error")
    page = page.form("/performance").submit(amount_fen="300", paid_by="cash", evidence="收条一张")
    assert "收条一张" in page.text
    assert "尚欠 600" in page.text
    page = page.follow("/strike/new")
    page.form("/strike").submit(status=422, reason="")
    page = page.form("/strike").submit(reason="金额登错")
    assert "金额登错" in page.text
    assert page.soup.find("s")
    db.session.expire_all()
    assert term.rest_fen == 900_00


def test_an_overdue_term_is_reminded_and_shows_the_way_on(cast: Cast, clock: Clock) -> None:
    agreement = agreed(cast)
    reference = agreement.mediation.dispute.reference
    pay(cast, agreement.terms[0], 300_00)
    clock.advance(days=10)
    client = cast.signed_in(MEDIATOR)
    assert "/breach" in visit(client, "/").html
    page = visit(client, f"/disputes/{reference}").follow("/breach")
    assert "1,200" in page.text
    assert "人民调解法第三十二条" in page.text
    page = page.form("/reminders", "已电话告知").submit(press="telephone")
    assert [one.channel for one in agreement.terms[0].reminders] == ["telephone"]
    page.form("/ruling").submit(status=422, ruled_on="2027-01-01")
    page = page.form("/ruling").submit(ruled_on="2026-12-02", number="(2026)甘0702民特12号")
    assert "申请强制执行" in page.text
    assert "民特12号" in page.text
    file = visit(client, f"/disputes/{reference}").soup.find(id="sessions").get_text()
    assert "民特12号" in file
    assert "共同申请" not in file


def test_terms_and_entries_of_another_house_do_not_exist(cast: Cast) -> None:
    agreement = agreed(cast)
    pay(cast, agreement.terms[0], 1)
    dispute, client = agreement.mediation.dispute, cast.signed_in("zhangyaru")
    entry = agreement.terms[0].performances[0]
    for path in (
        f"/terms/{agreement.terms[0].id}/breach",
        f"/performances/{entry.id}/strike/new",
        f"/follow-ups/{row(dispute, FollowUpReason.AGREEMENT).id}",
    ):
        assert client.get(path).status_code in (403, 404)


def test_the_list_stands_by_days_and_one_tap_is_the_result(cast: Cast, clock: Clock) -> None:
    dispute = agreed(cast).mediation.dispute
    clock.advance(days=8)  # 1 December: a week and a day after the agreement, the first payment is due
    page = visit(cast.signed_in(CLERK), "/follow-ups")
    assert [tag["id"] for tag in page.soup.select(".phone__act[id]")] == ["late", "today", "week"]
    assert "19000000032" not in page.html
    follow_up = row(dispute, FollowUpReason.AGREEMENT)
    page = page.form(f"/follow-ups/{follow_up.id}/taps").submit(press="no_answer")
    assert "1次打不通" in page.text.replace(" ", "")
    page = page.form(f"/follow-ups/{follow_up.id}/taps").submit(press="performed")
    assert row(dispute, FollowUpReason.AGREEMENT).done_at is not None
    assert f"/follow-ups/{follow_up.id}/" not in page.html
    kinds = list(db.session.scalars(select(Event.kind).where(Event.kind == EventKind.FOLLOW_UP_CALL)))
    assert len(kinds) == 2


def test_the_telephone_is_shown_by_a_post_that_is_recorded(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    page = visit(cast.signed_in(CLERK), f"/follow-ups/{row(dispute, FollowUpReason.AGREEMENT).id}")
    shown = page.form("/reveal").submit(200)
    assert shown.soup.select_one('a[href="tel:19000000032"]')
    assert db.session.scalars(select(Event).where(Event.kind == EventKind.PARTY_REVEAL)).one()


def test_the_page_takes_satisfaction_signs_and_words(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    path = f"/follow-ups/{row(dispute, FollowUpReason.AGREEMENT).id}"
    assert "satisfaction" not in visit(cast.signed_in(MEDIATOR), path).html
    page = visit(cast.signed_in(CLERK), path)
    wrong = page.form("/calls").submit(status=422, press="performed", satisfaction="dissatisfied", signs=["gathering"])
    assert wrong.soup.select_one("#advice-error")
    assert wrong.soup.select_one('input[value="gathering"]').has_attr("checked")
    wrong.form("/calls").submit(press="performed", advice="等得太久")
    call = row(dispute, FollowUpReason.AGREEMENT).calls[0]
    assert (call.outcome, call.satisfaction, call.advice) == (
        CallOutcome.PERFORMED, Satisfaction.DISSATISFIED, "等得太久",
    )  # fmt: skip
    assert [one.sign for one in call.signs] == [Sign.GATHERING]
    assert "等得太久" in visit(cast.signed_in(CLERK), path).text


def test_a_tap_sent_twice_is_one_call_and_a_wrong_one_is_none(cast: Cast) -> None:
    dispute = agreed(cast).mediation.dispute
    client, follow_up = cast.signed_in(CLERK), row(dispute, FollowUpReason.AGREEMENT)
    form = visit(client, f"/follow-ups/{follow_up.id}").form("/calls")
    form.submit(press="no_answer")
    form.submit(press="no_answer")
    assert len(row(dispute, FollowUpReason.AGREEMENT).calls) == 1
    form = visit(client, f"/follow-ups/{follow_up.id}").form("/calls")
    form.submit(status=422)


def test_from_a_kept_promise_straight_to_its_receipt(cast: Cast, clock: Clock) -> None:
    agreement = agreed(cast)
    dispute = agreement.mediation.dispute
    clock.advance(days=8)
    page = visit(cast.signed_in(MEDIATOR), f"/follow-ups/{row(dispute, FollowUpReason.TERM).id}")
    page = page.form("/calls").submit(press="performed")
    assert page.path.startswith(f"/terms/{agreement.terms[0].id}/performance/new")


def test_reopening_asks_for_kind_and_reason(cast: Cast, clock: Clock) -> None:
    dispute = agreed(cast).mediation.dispute
    with cast.acting() as change:
        close(change, dispute, ClosingType.SETTLED_WRITTEN, TODAY, DUE)
    clock.advance(days=30)
    client = cast.signed_in(LEADER)
    page = visit(client, f"/disputes/{dispute.reference}/reopening/new")
    page.form("/reopening").submit(status=422, reason="")
    page = page.form("/reopening").submit(kind="rebound", reason="又起争执")
    db.session.expire_all()
    kept = db.session.scalars(select(Reopening)).one()
    assert (kept.kind, kept.is_rebound, dispute.status) == (ReopeningKind.REBOUND, True, DisputeStatus.ACCEPTED)
    assert "又起争执" in page.text
    assert "1" in visit(client, "/follow-ups").soup.select(".phone__note")[-1].get_text()
