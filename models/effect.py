"""生效: from which day an agreement binds (人民调解法 art. 29, 30), and the periods that are counted from it."""

from datetime import date
from typing import TYPE_CHECKING

from models import due_course
from models.agreement import Agreement
from models.change import Change
from models.clock import local_day
from models.deadline import start
from models.event_kinds import EventKind
from models.final_paper import FinalPaper, PaperKind

if TYPE_CHECKING:
    from models.mediation import MediationSession

COUNTED_FROM_EFFECT = ("judicial_confirmation", "arbitration_review")
MOVED = "协议自签名、盖章之日起生效，期限自该日起重新计算"


def agreement_papers(mediation: "MediationSession") -> list[FinalPaper]:
    """The versions of the agreement that were made final, the first one first."""
    found = [paper for paper in mediation.final_papers if paper.kind is PaperKind.AGREEMENT]
    return sorted(found, key=lambda paper: paper.version)


def effective_on(agreement: Agreement) -> date | None:
    """The day of effect; nothing while a final text waits for signatures.

    An agreement whose text was never made final here counts from the day it was concluded.
    """
    papers = agreement_papers(agreement.mediation)
    if not papers:
        return local_day(agreement.concluded_at)
    return next((completed_on(paper) for paper in papers if paper.is_complete), None)


def counted_from(agreement: Agreement) -> date:
    """Where periods begin: while signatures are missing the earliest day there can be, so that nobody is late."""
    return effective_on(agreement) or local_day(agreement.concluded_at)


def completed_on(paper: FinalPaper) -> date:
    """The day of the last signature that was needed."""
    return max(one.standing.signed_on for one in paper.needed if one.standing is not None)


def take_effect(change: Change, paper: FinalPaper) -> None:
    """All have signed. The first version that is complete gives the agreement its day; the periods follow it."""
    agreement = paper.mediation.agreement
    if paper.kind is not PaperKind.AGREEMENT or agreement is None:
        return
    done = [one for one in agreement_papers(paper.mediation) if one.is_complete]
    if done != [paper]:
        return
    on, dispute = completed_on(paper), paper.mediation.dispute
    paper.record(change, EventKind.AGREEMENT_TAKE_EFFECT, on=on.isoformat())
    # Those of an earlier agreement of the dispute, and what somebody started by hand, stay as they are.
    own = {local_day(agreement.concluded_at), *(entry.signed_on for one in paper.signers for entry in one.signatures)}
    for one in due_course.running(change, dispute, *COUNTED_FROM_EFFECT):
        if one.started_on != on and one.started_on in own:
            one.drop(change, MOVED)
            change.session.flush()
            start(change, dispute, one.code, on)
