"""An agreement nobody will sign: it lapses, and the mediation ends without agreement (在线调解规则 art. 25)."""

from models import due_course
from models.change import Change
from models.conclusion import Ground
from models.effect import COUNTED_FROM_EFFECT, effective_on
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.final_paper import PaperKind, newest_final
from models.follow_up import plan
from models.lifecycle import Move
from models.mediation import MediationSession
from models.next_date import next_date
from models.words import _

WITHOUT_EFFECT = "当事人拒绝签名，协议未生效"


def end_unsigned(change: Change, mediation: MediationSession, *, routes_told: bool) -> None:
    """End what was agreed but is not signed: its periods fall away, the dispute counts as not agreed. Twice is once.

    Raises RuleBroken while nobody has refused, once the agreement is in effect, or before the other ways were told.
    """
    dispute, agreement = mediation.dispute, mediation.agreement
    change.lock(dispute.stream, dispute, mediation)
    paper = newest_final(mediation, PaperKind.AGREEMENT)
    if agreement is None or paper is None:
        raise RuleBroken(_("There is no final agreement"))
    if agreement.lapsed_at is not None:
        return
    if effective_on(agreement) is not None:
        raise RuleBroken(_("The agreement is in effect: it is performed or supplemented"))
    if not any(one.is_party for one in paper.refusals):
        raise RuleBroken(_("No party has refused to sign"))
    if not routes_told:
        raise RuleBroken(_("Tell the parties the other routes and tick that it was done (人民调解法 art. 26)"),
                         field="routes_told")  # fmt: skip
    mediation.ground, mediation.routes_told = Ground.UNSIGNED, True
    paper.record(change, EventKind.AGREEMENT_LAPSE)
    if not lapse(change, mediation, WITHOUT_EFFECT):
        dispute.advance(change, Move.END_WITHOUT)
    dispute.next_on = next_date(dispute)
    plan(change, dispute)


def lapse(change: Change, mediation: MediationSession, why: str) -> bool:
    """What was agreed does not stand: its periods fall away. Whether another agreement of the dispute stands."""
    dispute, agreement = mediation.dispute, mediation.agreement
    if agreement is None:
        raise LookupError("a session without an agreement has none that lapses")
    agreement.lapsed_at = change.at
    terms = [due_course.about(agreement, term) for term in agreement.terms]
    standing = any(one.standing_agreement is not None for one in dispute.sessions)
    for one in due_course.running(change, dispute, "term_due", *(() if standing else COUNTED_FROM_EFFECT)):
        if one.code != "term_due" or one.about in terms:
            one.drop(change, why)
    return standing
