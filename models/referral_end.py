"""How a referral ends: what the record proposes, and what somebody decides. Nothing is sent back by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.agreement import Agreement
from models.case_type import CaseType
from models.change import Change
from models.clock import local_day
from models.conclusion import Conclusion, Ground, Outcome
from models.confirmation import why_not
from models.contact_attempt import is_unreachable
from models.deadline import RUNNING, Deadline, start
from models.dismissal import dismissal_of, dissolve
from models.dispute import Dispute
from models.dispute_unit import Part, give_part
from models.due_course import MEDIATION, ORDINARY, running
from models.ending import end_without, require_no_session
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.filing_handover import pack_up
from models.lifecycle import DisputeStatus, Move
from models.outbox import LEADER, SHAM, post
from models.referral import CourtReferral
from models.referral_course import (
    AT_WORK,
    COURT_CLOCKS,
    MODE_SETTINGS,
    WAYS,
    CourtMode,
    EndGround,
    ReferralStatus,
    ReferralStep,
    SuccessWay,
)
from models.unit import Unit
from models.words import _

STOPPED = "涉嫌虚假调解，停止调解"
BACK_TO_COURT = "调解不成，退回法院"
NEVER_CONFIRMED = "委托调解案件由法院出具调解书或者准许撤诉，不适用司法确认"
GROUNDS: dict[Ground, EndGround] = {
    Ground.REFUSED: EndGround.WITHDRAWN, Ground.GAP: EndGround.GAP, Ground.UNREACHABLE: EndGround.UNREACHABLE,
    Ground.TIME_OUT: EndGround.TIME_OUT, Ground.UNSIGNED: EndGround.UNSIGNED, Ground.OTHER: EndGround.OTHER,
}  # fmt: skip
AGREED = (DisputeStatus.AGREED, DisputeStatus.CLOSED, DisputeStatus.ARCHIVED)
CLOCKS = (*COURT_CLOCKS, ORDINARY, *MEDIATION.values())


@dataclass(frozen=True)
class Proposal:
    """What the record says should be done now."""

    step: ReferralStep
    ground: EndGround | None = None


@dataclass(frozen=True)
class Report:
    """What the court reads of a matter that comes back (在线调解规则 art. 21)."""

    ground: EndGround
    reason: str
    conduct: str = ""


def clocks_of(session: Session, referral: CourtReferral) -> list[Deadline]:
    """The periods of mediation that run for it."""
    if referral.dispute_id is None:
        return []
    found = session.query(Deadline).filter(
        Deadline.dispute_id == referral.dispute_id, Deadline.code.in_(CLOCKS), RUNNING
    )
    return list(found.order_by(Deadline.due_on))


def agreement_of(referral: CourtReferral) -> Agreement | None:
    """The newest agreement of its dispute."""
    sessions = referral.dispute.sessions if referral.dispute is not None else []
    return next((one.agreement for one in reversed(sessions) if one.agreement is not None), None)


def proposal(session: Session, referral: CourtReferral, at: datetime) -> Proposal | None:
    """Reported as agreed, or returned with its ground: proposed by the record, decided by somebody."""
    dispute = referral.dispute
    if dispute is not None and dismissal_of(session, referral) is not None:
        return Proposal(ReferralStep.RESUME)
    if dispute is None or referral.status not in AT_WORK:
        return None
    if dispute.status in AGREED and agreement_of(referral) is not None:
        return Proposal(ReferralStep.SUCCEED) if referral.status is ReferralStatus.IN_MEDIATION else None
    if dispute.status is DisputeStatus.NOT_AGREED:
        ground = dispute.sessions[-1].ground if dispute.sessions else None
        return Proposal(ReferralStep.FAIL, GROUNDS[ground] if ground else EndGround.OTHER)
    if dispute.status is DisputeStatus.WITHDRAWN:
        return Proposal(ReferralStep.FAIL, EndGround.WITHDRAWN)
    late = [one.code for one in clocks_of(session, referral) if one.is_late(at)]
    if late:
        return Proposal(ReferralStep.FAIL, EndGround.NO_CONSENT if late == ["asking_consent"] else EndGround.TIME_OUT)
    return Proposal(ReferralStep.FAIL, EndGround.UNREACHABLE) if is_unreachable(session, referral) else None


def succeed(change: Change, referral: CourtReferral, version: int, way: SuccessWay) -> None:
    """Report the agreement, and put its pack together.

    Of a suit nothing is ever confirmed; else the thirty days run (民诉法 art. 205).
    """
    referral.open(change, version)
    agreement = agreement_of(referral)
    if agreement is None or referral.dispute is None or referral.dispute.status not in AGREED:
        raise RuleBroken(_("There is no agreement yet"))
    if way not in WAYS[referral.mode]:
        raise RuleBroken(_("This does not follow an agreement in this mode"), field="way")
    if way is SuccessWay.CONFIRM and (reason := why_not(agreement)):
        raise RuleBroken(reason, field="way")
    referral.advance(change, ReferralStep.SUCCEED, way=way, ended_on=local_day(change.at))
    if referral.mode is CourtMode.ENTRUSTED:
        for one in running(change, referral.dispute, "judicial_confirmation"):
            one.drop(change, NEVER_CONFIRMED)
    elif not why_not(agreement) and not agreement.performed_at_once:
        start(change, referral.dispute, "judicial_confirmation", local_day(agreement.concluded_at))
    referral.record(change, EventKind.REFERRAL_SUCCEED, way=way.value)
    pack_up(change, referral)


def fail(change: Change, referral: CourtReferral, version: int, report: Report) -> None:
    """End it without agreement; the pack for the court is put together from here on.

    Suspicion of sham mediation is reported to the duty leader (特邀调解规定 art. 18). Raises RuleBroken when the ground
    is not what the record shows.
    """
    referral.open(change, version)
    dispute, dismissed = referral.dispute, dismissal_of(change.session, referral)
    if dispute is None or ((dispute.status in AGREED or referral.status is ReferralStatus.SUCCEEDED) and not dismissed):
        raise RuleBroken(_("This step is not possible in the present state of the referral"))
    if report.ground is EndGround.DISMISSED and dismissed is None:
        raise RuleBroken(_("The court has not dismissed an application of this matter"), field="ground")
    if report.ground is EndGround.UNREACHABLE and not is_unreachable(change.session, referral):
        raise RuleBroken(_("A party counts as not reachable after three failed attempts"), field="ground")
    late = any(one.is_late(change.at) for one in clocks_of(change.session, referral))
    if report.ground is EndGround.TIME_OUT and dispute.status is not DisputeStatus.NOT_AGREED and not late:
        raise RuleBroken(_("The time is not over yet"), field="ground")
    if not report.reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    if report.ground is EndGround.SHAM:
        _stop(change, dispute)
    require_no_session(dispute)
    if dismissed is not None:
        dissolve(change, referral)
    referral.advance(change, ReferralStep.FAIL, ground=report.ground, reason=report.reason.strip(), way=None,
                     conduct=report.conduct.strip(), ended_on=local_day(change.at))  # fmt: skip
    for one in running(change, dispute, *CLOCKS):
        one.end(change, local_day(change.at), BACK_TO_COURT)
    if dispute.can_do(Move.END_WITHOUT):
        end_without(change, dispute, f"{BACK_TO_COURT}：{report.reason.strip()}")
    referral.record(change, EventKind.REFERRAL_FAIL, end=report.ground.value)
    if report.ground is EndGround.SHAM:
        post(change, referral.stream, SHAM, [(LEADER, referral.centre_id)])


def _stop(change: Change, dispute: Dispute) -> None:
    """Whatever session is open ends at once; nobody is asked to go on with it."""
    for session in dispute.sessions:
        if session.ended_at is None:
            session.conclude(change, session.version, Conclusion(Outcome.SUSPENDED, reason=STOPPED))


def state_facts(change: Change, referral: CourtReferral, version: int, words: str, confirmed_on: date) -> None:
    """无争议事实: what both parties have confirmed in writing stands whatever comes (在线调解规则 art. 18, 22)."""
    referral.open(change, version)
    if not words.strip():
        raise RuleBroken(_("Enter the facts that are not disputed"), field="undisputed")
    signed = referral.signed_on or local_day(referral.sent_at)
    if not signed <= confirmed_on <= local_day(change.at):
        raise RuleBroken(_("Enter a day between %(first)s and today"), field="undisputed_on", first=signed.isoformat())
    referral.undisputed, referral.undisputed_on = words.strip(), confirmed_on
    referral.version += 1
    referral.record(change, EventKind.REFERRAL_STATE_FACTS, on=confirmed_on.isoformat())


def take_to_court(change: Change, dispute: Dispute, court: Unit, case_type: CaseType) -> CourtReferral:
    """自行调解: a matter the parties brought themselves goes to the court, to be confirmed or filed. Once is enough."""
    dispute.lock(change)
    standing = next((one for one in dispute.referrals if one.status in AT_WORK), None)
    if standing is not None:
        return standing
    if not dispute.centre.setting(change.session, MODE_SETTINGS[CourtMode.OWN]):
        raise RuleBroken(_("Matters in this mode are not taken here"), field="mode")
    today = local_day(change.at)
    referral = CourtReferral(centre=dispute.centre, court=court, dispute=dispute, case_type=case_type,
                             mode=CourtMode.OWN, claim=dispute.demand, amount_fen=dispute.amount_fen,
                             both_agreed=True, status=ReferralStatus.IN_MEDIATION, sent_at=change.at,
                             sent_by_id=change.by.id, signed_on=today, signed_by_id=change.by.id,
                             numbers=[])  # fmt: skip
    change.session.add(referral)
    give_part(change, dispute, court.id, Part.COURT)
    change.session.flush()  # the event speaks of its id
    referral.record(change, EventKind.REFERRAL_TAKE)
    return referral
