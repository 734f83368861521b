"""Where a matter stands, as the resident is told: the step, who leads it, and the next date. Nothing about anybody."""

from dataclasses import dataclass
from datetime import date

from models.dispute import Dispute
from models.dispute_unit import Part, units_with
from models.hand_over import HandOver
from models.lifecycle import DisputeStatus
from models.unit import Unit
from models.visit import Visit
from models.words import _

STEPS: dict[DisputeStatus, str] = {
    DisputeStatus.REGISTERED: _("Registered. The centre is finding out who has to deal with it."),
    DisputeStatus.DECLINED: _("Not accepted. The desk tells you where to turn instead."),
    DisputeStatus.ACCEPTED: _("Accepted. The centre arranges mediation."),
    DisputeStatus.IN_MEDIATION: _("Mediation is under way."),
    DisputeStatus.SUSPENDED: _("The mediation is suspended; the centre will tell you when it goes on."),
    DisputeStatus.AGREED: _("An agreement was reached and is being performed."),
    DisputeStatus.NOT_AGREED: _(
        "The mediation ended without agreement; the desk tells you the other ways open to you."
    ),
    DisputeStatus.HANDED_OVER: _("Handed over: the unit named here deals with it and answers you."),
    DisputeStatus.WITHDRAWN: _("Withdrawn at the applicant's request."),
    DisputeStatus.CLOSED: _("Closed."),
    DisputeStatus.ARCHIVED: _("Closed and filed."),
}
WAITING_FOR_UNITS = _("Accepted. The units concerned have been called and are on their way; please wait to be called.")
ANSWERED = _("Your question was answered.")
ASKED = _("Your question was taken down and will be answered.")


@dataclass(frozen=True)
class Progress:
    """`step` is a msgid. `person` and `post` are the official named in a hand-over; they belong on the slip only."""

    step: str
    lead: Unit
    telephone: str
    next_on: date | None = None
    person: str = ""
    post: str = ""


def of_visit(visit: Visit, hand_over: HandOver | None) -> Progress:
    """A consultation is the centre's own; a dispute stands where it stands now, not where it stood at the visit."""
    if visit.dispute is None:
        step = ANSWERED if visit.answered_at else ASKED
        return Progress(step, visit.centre.unit, visit.centre.telephone)
    return of_dispute(visit.dispute, hand_over)


def of_dispute(dispute: Dispute, hand_over: HandOver | None) -> Progress:
    """`hand_over` is the newest one; it names who leads while the dispute is handed over."""
    telephone = dispute.centre.telephone
    if dispute.status is DisputeStatus.HANDED_OVER and hand_over is not None:
        return Progress(STEPS[dispute.status], hand_over.unit, hand_over.unit.telephone or telephone,
                        hand_over.reply_by, hand_over.person, hand_over.post)  # fmt: skip
    called = any(callout.is_open for callout in dispute.callouts)
    step = WAITING_FOR_UNITS if called and dispute.status is DisputeStatus.ACCEPTED else STEPS[dispute.status]
    leading = units_with(dispute, Part.LEAD) or [dispute.centre.unit]
    return Progress(step, leading[-1], leading[-1].telephone or telephone, dispute.next_on)
