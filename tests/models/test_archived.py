"""After 归档 the file stays as it was archived: each verb is refused or changes nothing, but for the few that may."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from models.agreement_draft import save_draft
from models.answer import AnswerResult
from models.archiving import Shelf, archive
from models.assignment import Duty, assign, assignment_version, reassign, relieve
from models.attachment import Attachment, AttachmentKind, KeptFile
from models.callout import CalloutOrder
from models.change import Change
from models.closing import close
from models.completion import Particulars, complete, enrol
from models.conclusion import Conclusion, Outcome
from models.consent import Consent, Telling, tell_rights
from models.correction import Tap, take_back
from models.dispute import Dispute
from models.draft import keep_statement
from models.ending import decline, withdraw
from models.enforcement import CourtRuling
from models.errors import RuleBroken
from models.event import Event
from models.follow_up import FollowUp
from models.follow_up_call import CallOutcome, CallReport, note_follow_up
from models.hand_over import HandOverOrder, hand_over
from models.hand_over import take_back as lead_again
from models.inquiry import InquiryResult, note_inquiry
from models.investigation import Investigation, Questioning
from models.invitation import Invitation
from models.legal_hold import hold, release
from models.lifecycle import ClosingType
from models.mandate import MandatePaper, note_mandates
from models.mediation import MediationSession
from models.natures import Nature
from models.participant import Participant, join_session, leave_session
from models.party import Party, Side
from models.pause import PauseReason, pause
from models.performance import PaidBy, note_performance
from models.record_reading import ReadingWay, confirm_reading
from models.record_supplement import supplement
from models.recusal import Recusal, RecusalGround
from models.register_number import enter_in_register
from models.registration import join
from models.reopening import reopen
from models.retention import Retention
from models.visit import VisitPurpose
from models.whistle import WhistleOrder, sound
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.morning import tell
from transaction import db

DAY, HOUR = date(2026, 11, 23), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Verb = Callable[[Change], object]
FILE = KeptFile("f" * 32, "a.txt", "text/plain", 1, "0" * 64, "1" * 64)


def archived(cast: Cast) -> Dispute:
    tell(cast)
    [dispute] = db.session.query(Dispute).filter(Dispute.closed_at.is_not(None)).all()
    with cast.acting() as change:
        archive(change, dispute, Shelf(Retention.TEN_YEARS, "何敏"), lacking=0)
    return dispute


def of_the_matter(cast: Cast, dispute: Dispute) -> dict[str, Verb]:
    party, unit, clerk = dispute.parties[0], cast.unit("住建局"), cast.person(CLERK)
    order = HandOverOrder(unit.id, "屈文涛", DAY, "科长", "核实备案")
    called = [clerk]
    return {
        "accept": dispute.accept,
        "decline": lambda change: decline(change, dispute, "理由"),
        "withdraw": lambda change: withdraw(change, dispute, "理由"),
        "close": lambda change: close(change, dispute, ClosingType.SETTLED_WRITTEN, DAY, DAY),
        "take back": lambda change: lead_again(change, dispute, "理由"),
        "edit": lambda change: dispute.edit(change, dispute.version, demand="退款"),
        "complete": lambda change: complete(change, dispute, dispute.version, Particulars.of(dispute)),
        "enrol": lambda change: enrol(change, dispute, [{"name": "何晓梅"}]),
        "add party": lambda change: Party.add(change, dispute, Side.THIRD, "何晓梅"),
        "edit party": lambda change: party.edit(change, party.version, contact="何晓梅"),
        "remove party": lambda change: party.remove(change, party.version),
        "join": lambda change: join(change, dispute, VisitPurpose.URGE, 1, "催问"),
        "inquire": lambda change: note_inquiry(change, dispute, unit, InquiryResult.ANSWERED, "已答", "贺强"),
        "assign": lambda change: assign(change, dispute, clerk, Duty.RECORDER),
        "reassign": lambda change: reassign(change, dispute, assignment_version(dispute), clerk, None),
        "relieve": lambda change: relieve(change, dispute, Duty.MEDIATOR),
        "whistle": lambda change: sound(change, dispute, WhistleOrder([CalloutOrder(unit.id)])),
        "invite": lambda change: Invitation.make(change, dispute, None, "社区"),
        "hand over": lambda change: hand_over(change, dispute, order),
        "tell rights": lambda change: tell_rights(change, party, next(iter(Telling)), next(iter(Consent))),
        "mandates": lambda change: note_mandates(change, dispute, dispute.version, [], next(iter(MandatePaper)), DAY),
        "recuse": lambda change: Recusal.ask(change, party, Duty.MEDIATOR, RecusalGround.KIN),
        "investigate": lambda change: Investigation.begin(
            change, dispute, Questioning(HOUR, "甘泉社区", party, party.name, "当事人", called, text="问：……")),
        "upload": lambda change: Attachment.upload(change, dispute, [FILE], AttachmentKind.OTHER),
    }  # fmt: skip


def of_the_session(cast: Cast, dispute: Dispute) -> dict[str, Verb]:
    session, mediator = dispute.sessions[0], cast.person(MEDIATOR)
    person, term, body = session.participants[0], session.agreement.terms[0], session.body
    visit = db.session.query(FollowUp).filter_by(dispute_id=dispute.id).first()
    return {
        "open": lambda change: MediationSession.open(change, dispute, Nature.PEOPLES, body, mediator, None, None, []),
        "state": lambda change: session.state(change, "宋佳", "补充"),
        "conclude": lambda change: session.conclude(change, session.version, Conclusion(Outcome.WITHDRAWN)),
        "draft": lambda change: keep_statement(change, session, "0" * 32, "宋佳", "补充"),
        "draft agreement": lambda change: save_draft(change, session, 1, {}),
        "come": lambda change: join_session(change, session, Participant(name="何晓梅")),
        "leave": lambda change: leave_session(change, session, person),
        "read": lambda change: confirm_reading(change, session, person, next(iter(ReadingWay))),
        "perform": lambda change: note_performance(change, term, DAY, 100, PaidBy.CASH, "收条"),
        "strike": lambda change: term.performances[0].strike(change, "登错"),
        "ruling": lambda change: CourtRuling.note(change, session.agreement, DAY),
        "follow up": lambda change: note_follow_up(change, visit, CallReport(CallOutcome.ANOTHER_DAY)),
        "register": lambda change: enter_in_register(change, dispute, body),
    }


def of_the_unit(cast: Cast, dispute: Dispute) -> dict[str, Verb]:
    [callout] = dispute.callouts
    return {
        "answer": lambda change: callout.give_answer(change, callout.version, AnswerResult.ANSWERED, "已答", None),
        "reply": lambda change: callout.reply(change, DAY),
        "no reply": callout.miss_reply,
        "tap back": lambda change: take_back(change, callout, Tap.ANSWER, "点错"),
        "set out": callout.set_out,
        "release": callout.release,
        "stand down": lambda change: callout.stand_down(change, "结束"),
        "miss": callout.miss,
        "pause": lambda change: pause(change, callout, PauseReason.OTHER, "换房间"),
    }


def written(cast: Cast, verb: Verb) -> int:
    """How many events the verb wrote; 0 when it was refused."""
    before = db.session.query(Event).count()
    try:
        with cast.acting() as change:
            verb(change)
    except RuleBroken:
        pass
    return db.session.query(Event).count() - before


@only_sqlite
def test_no_verb_changes_an_archived_file(cast: Cast) -> None:
    dispute = archived(cast)
    verbs = {**of_the_matter(cast, dispute), **of_the_session(cast, dispute), **of_the_unit(cast, dispute)}
    assert {name: count for name, verb in verbs.items() if (count := written(cast, verb))} == {}


@only_sqlite
def test_a_record_is_added_to_and_the_file_held_without_reopening(cast: Cast) -> None:
    dispute = archived(cast)
    session = dispute.sessions[0]
    ways: tuple[Verb, ...] = (
        lambda change: supplement(change, session, "数字写错", "应为九个月"),
        lambda change: hold(change, dispute, "法院调阅"),
        lambda change: release(change, dispute, "已归还"),
        lambda change: dispute.parties[0].reveal(change, "phone"),
    )
    assert [written(cast, verb) for verb in ways] == [1, 1, 1, 1]
    with cast.acting(LEADER) as change:
        reopen(change, dispute, "又起纠纷")
    assert written(cast, lambda change: Party.add(change, dispute, Side.THIRD, "何晓梅")) == 1
