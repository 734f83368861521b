"""What starts and ends deadlines by itself: acceptance, session, agreement, hand-over, performance, reply."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.change import Change
from models.clock import local_day
from models.deadline import RUNNING, Deadline, start
from models.lifecycle import Move

if TYPE_CHECKING:
    from models.agreement import Agreement, Term
    from models.dispute import Dispute
    from models.hand_over import HandOver

# Main kinds of disputes with a period of their own; every other one has that of people's mediation.
MEDIATION = {"劳动争议": "labour_mediation", "医疗": "medical_mediation"}
ORDINARY = "people_mediation"
OF_MEDIATION = (ORDINARY, *MEDIATION.values(), "court_assigned", "court_ordinary", "court_summary", "asking_consent")
PROMISES = ("simple_matter", "ordinary_matter", "complex_matter", "any_matter")
BEGINS = (Move.ACCEPT, Move.TAKE_BACK, Move.REOPEN)
ENDS = (Move.AGREE, Move.END_WITHOUT, Move.HAND_OVER, Move.WITHDRAW)
# What the file says; it is kept in Chinese like every other paper.
WITH = {Move.AGREE: "达成调解协议", Move.END_WITHOUT: "调解终止，已告知其他途径", Move.HAND_OVER: "已转办理",
        Move.WITHDRAW: "申请人撤回", Move.CLOSE: "已结案"}  # fmt: skip
TOLD = {Move.ACCEPT: "已告知受理", Move.DECLINE: "已告知不予受理"}
OTHER_NATURE = "调解性质变更，不适用人民调解期限"
TAKEN_BACK = "已收回，不再等候答复"
PERFORMED, REPLIED = "已履行", "已答复"


def follow(change: Change, dispute: "Dispute", move: Move) -> None:
    """After a step of the dispute: the mediation's own clock begins or ends with it."""
    today = local_day(change.at)
    if move is Move.TAKE_BACK:
        for one in running(change, dispute, "hand_over_reply"):
            one.drop(change, TAKEN_BACK)
    if move in TOLD:
        for one in running(change, dispute, "petition_notice"):
            one.end(change, today, TOLD[move])
    if move in BEGINS:
        start(change, dispute, MEDIATION.get(dispute.category.main.name, ORDINARY), today)
    elif move in ENDS:
        for one in running(change, dispute, *OF_MEDIATION):
            one.end(change, today, WITH[move])
    elif move is Move.RESUME:
        for one in running(change, dispute, *OF_MEDIATION):
            if one.open_pause is not None:
                one.resume(change, one.version, today)
    elif move is Move.CLOSE:
        for one in running(change, dispute, "petition_settlement", *PROMISES):
            one.end(change, today, WITH[move])


def appraise(change: Change, dispute: "Dispute", reason: str) -> None:
    """Suspended for an appraisal 鉴定、评估: where the law says so, its days do not count until it goes on."""
    today = local_day(change.at)
    for one in running(change, dispute, *OF_MEDIATION):
        if one.clock.may_pause and one.open_pause is None and one.due_on >= today:
            one.pause(change, one.version, today, reason)


def sit(change: Change, dispute: "Dispute", *, by_committee: bool, is_petition: bool) -> None:
    """A session was opened: in another name than a committee's the period of people's mediation says nothing.

    A petition matter has sixty days from its acceptance; a court's matter has its days from the signature on the
    hand-over list, which somebody enters.
    """
    if not by_committee:
        for one in running(change, dispute, ORDINARY):
            one.drop(change, OTHER_NATURE)
    if is_petition:
        accepted = local_day(dispute.accepted_at or change.at)
        start(change, dispute, "petition_settlement", accepted)


def arrive(change: Change, dispute: "Dispute", *, is_petition: bool) -> None:
    """A matter the petition office sent: the petitioner hears within fifteen days where it went."""
    if is_petition:
        start(change, dispute, "petition_notice", local_day(change.at))


def conclude(change: Change, agreement: "Agreement", *, is_confirmed: bool, is_reviewed: bool) -> None:
    """Each term has its day; the agreement may be one that courts confirm, one about labour is also reviewed."""
    dispute = agreement.mediation.dispute
    today = local_day(agreement.concluded_at)
    for term in agreement.terms:
        if term.performed_on is None:
            start(change, dispute, "term_due", today, until=max(term.due_on, today), about=about(agreement, term))
    if agreement.performed_at_once:
        return
    if is_confirmed:
        start(change, dispute, "judicial_confirmation", today)
    if is_reviewed and MEDIATION.get(dispute.category.main.name) == "labour_mediation":
        start(change, dispute, "arbitration_review", today)


def about(agreement: "Agreement", term: "Term") -> str:
    """The term by its agreement and its place there: people speak of the second term."""
    return f"term:{agreement.id}:{term.position}"


def perform(change: Change, dispute: "Dispute", term: "Term", on: date) -> None:
    for one in running(change, dispute, "term_due", about=about(term.agreement, term)):
        one.end(change, on, PERFORMED)


def due_again(change: Change, dispute: "Dispute", term: "Term") -> None:
    """What had covered the term was struck out: its day stands as before, or is today."""
    today = local_day(change.at)
    start(change, dispute, "term_due", today, until=max(term.due_on, today), about=about(term.agreement, term))


def hand_over(change: Change, row: "HandOver") -> None:
    """The unit's reply is promised for a day; the unit owns the clock."""
    start(change, row.dispute, "hand_over_reply", local_day(change.at), until=row.reply_by, unit_id=row.unit_id,
          about=f"hand-over:{row.id}")  # fmt: skip


def reply(change: Change, row: "HandOver") -> None:
    for one in running(change, row.dispute, "hand_over_reply", about=f"hand-over:{row.id}"):
        one.end(change, local_day(change.at), REPLIED)


def running(change: Change, dispute: "Dispute", *codes: str, about: str | None = None) -> list[Deadline]:
    """The deadlines of these clocks that run in the dispute, in the order in which they were started."""
    found = select(Deadline).where(Deadline.dispute_id == dispute.id, Deadline.code.in_(codes), RUNNING)
    if about is not None:
        found = found.where(Deadline.about == about)
    return list(change.session.scalars(found.order_by(Deadline.id)))
