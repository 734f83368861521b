"""What this person can do next with a dispute: one thing first, the rarer ones behind it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from models.dispute import Dispute
from models.hand_over import current_hand_over
from models.lifecycle import DisputeStatus, Move
from models.natures import closed_natures
from models.whistle import CAN_WHISTLE
from models.words import _
from security.identity import Identity
from security.permissions import Permission
from transaction import db

P, S = Permission, DisputeStatus


@dataclass(frozen=True)
class Step:
    """A sentence that says how things stand, the way on for this person, why no committee may mediate."""

    words: str
    label: str = ""
    url: str = ""
    closed: str = ""


WORDS: dict[DisputeStatus, str] = {
    S.REGISTERED: _("Registered, not yet taken up: blow the whistle, open a session, or decline."),
    S.ACCEPTED: _("Accepted: call the units concerned, or open the session when everybody is here."),
    S.IN_MEDIATION: _("A session is open."),
    S.SUSPENDED: _("The mediation is suspended. Resume it with a new session."),
    S.AGREED: _("An agreement stands. Tell the parties, note what is performed, then close."),
    S.NOT_AGREED: _("No agreement was reached. Close, or hand over to a unit."),
    S.HANDED_OVER: _("A unit deals with it. Record its reply."),
    S.DECLINED: _("Declined. Tell the applicant, then close."),
    S.WITHDRAWN: _("Withdrawn. Tell the parties, then close."),
    S.CLOSED: _("Closed."),
    S.ARCHIVED: _("Closed and filed."),
}
# 自行调解: an agreement to be confirmed, or a matter that was not settled.
FOR_THE_COURT = (S.AGREED, S.NOT_AGREED)
WAITING = _("%(arrived)s of %(called)s units are here. Open the session as soon as enough have come.")


def next_step(dispute: Dispute, who: Identity) -> Step:
    """The first thing to do now."""
    label, url, permission = _next(dispute)
    words = gettext(WORDS[dispute.status])
    called = [callout for callout in dispute.callouts if callout.is_open]
    if dispute.status is S.ACCEPTED and called:
        words = gettext(WAITING, arrived=sum(one.arrived_at is not None for one in called), called=len(called))
    before = dispute.status in (S.REGISTERED, S.ACCEPTED)
    closed = next(iter(closed_natures(db.session(), dispute).values()), "") if before else ""
    if permission is None or not who.may(permission):
        label = url = ""
    return Step(words, gettext(label) if label else "", url, gettext(closed) if closed else "")


def _next(dispute: Dispute) -> tuple[str, str, Permission | None]:
    reference = dispute.reference
    whistle = (_("Blow the whistle"), url_for("dispatch.new_whistle", reference=reference), P.WHISTLE_SOUND)
    session = (_("Open a session"), url_for("mediation.new_session", reference=reference), P.MEDIATION_CONDUCT)
    close = (_("Close the dispute"), url_for("disputes.new_closing", reference=reference), P.DISPUTE_CLOSE)
    if dispute.status is S.REGISTERED:
        return whistle
    if dispute.status is S.ACCEPTED:
        return session if any(callout.is_open for callout in dispute.callouts) else whistle
    if dispute.status is S.SUSPENDED:
        return session
    if dispute.status is S.IN_MEDIATION:
        url = url_for("mediation.show_session", session_id=dispute.sessions[-1].id)
        return (_("Go on with the session"), url, P.DISPUTE_READ)
    standing = current_hand_over(dispute)
    if standing is not None and standing.replied_at is None:
        return (_("Record the reply"), url_for("mediation.new_reply", hand_over_id=standing.id), P.DISPUTE_EDIT)
    return close if dispute.can_do(Move.CLOSE) else ("", "", None)


def further_steps(dispute: Dispute, who: Identity) -> list[tuple[str, str]]:
    """The rarer steps that are possible now, each with a page of its own."""
    first, reference = _next(dispute)[1], dispute.reference
    is_sitting = any(session.ended_at is None for session in dispute.sessions)
    open_for_session = not is_sitting and dispute.status in (S.REGISTERED, S.ACCEPTED)
    wanted = [
        (_("Blow the whistle"), "dispatch.new_whistle", P.WHISTLE_SOUND, dispute.status in CAN_WHISTLE),
        (_("Open a session"), "mediation.new_session", P.MEDIATION_CONDUCT, open_for_session),
        (_("Preparation sheet"), "preparation.show_sheet", P.DISPUTE_READ, dispute.is_open),
        (_("Ask by telephone first"), "dispatch.new_inquiry", P.WHISTLE_SOUND, dispute.status in CAN_WHISTLE),
        (_("Enter a whistle by telephone"), "intake.new_late_whistle", P.BACK_ENTRY_MAKE,
         dispute.status in CAN_WHISTLE),
        (_("Hand over to a unit"), "mediation.new_hand_over", P.DISPUTE_DECIDE,
         dispute.can_do(Move.HAND_OVER) and not is_sitting),
        (_("Take back"), "disputes.new_return", P.DISPUTE_DECIDE, dispute.can_do(Move.TAKE_BACK)),
        (_("Close the dispute"), "disputes.new_closing", P.DISPUTE_CLOSE, dispute.can_do(Move.CLOSE)),
        (_("Take it to the court"), "court.new_own_referral", P.REFERRAL_HANDLE,
         not dispute.referrals and dispute.status in FOR_THE_COURT and who.settings["mode_own"]),
        (_("Decline"), "disputes.new_refusal", P.DISPUTE_DECIDE, dispute.can_do(Move.DECLINE)),
        (_("Note a withdrawal"), "disputes.new_withdrawal", P.DISPUTE_DECIDE,
         dispute.can_do(Move.WITHDRAW) and not is_sitting),
        (_("Reopen"), "disputes.new_reopening", P.DISPUTE_REOPEN, dispute.can_do(Move.REOPEN)),
    ]  # fmt: skip
    found = [
        (gettext(label), url_for(endpoint, reference=reference))
        for label, endpoint, permission, possible in wanted
        if possible and who.may(permission)
    ]
    return [(label, url) for label, url in found if url != first]
