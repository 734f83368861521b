"""A session 调解: in whose name, who sat there, what was said, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement import Agreement, AgreementForm, TermDraft, next_due
from models.assignment import Duty, assign
from models.base import Base, Key, one_of
from models.change import Change
from models.clock import iso
from models.confirmation import why_not
from models.consent import refusing
from models.dispute import Dispute
from models.draft import drop_statement
from models.due_course import appraise, conclude, sit
from models.ending import send_home, withdraw
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.final_paper import FinalPaper
from models.follow_up import plan
from models.frozen import frozen_hash
from models.hand_over import HandOver, HandOverOrder, current_hand_over
from models.lifecycle import DisputeStatus, Move
from models.natures import NOT_AT_COURT, OF_COMMITTEES, closed_natures, is_of_court, why_not_preside
from models.natures import Nature as Nature
from models.participant import Participant as Participant
from models.person import Person
from models.presiding_body import PresidingBody
from models.record_reading import RecordReading
from models.record_supplement import RecordSupplement
from models.register_number import enter_in_register
from models.remark import keep_reason
from models.room import Room
from models.words import _


class Outcome(StrEnum):
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    NOT_AGREED = "not_agreed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why no agreement was reached (在线调解规则 art. 25, 特邀调解规定 art. 26)."""

    REFUSED = "refused"
    GAP = "gap"
    UNREACHABLE = "unreachable"
    TIME_OUT = "time_out"
    UNSIGNED = "unsigned"
    OTHER = "other"


@dataclass(frozen=True)
class Conclusion:
    """Everything the outcome form says; which parts are needed depends on the outcome."""

    outcome: Outcome
    on_site: bool = False
    reason: str = ""
    ground: Ground | None = None
    routes_told: bool = False
    for_appraisal: bool = False
    form: AgreementForm = AgreementForm.WRITTEN
    is_partial: bool = False
    performed_at_once: bool = False
    default_clause: str = ""
    total_fen: int | None = None
    copies: int | None = None
    terms: Sequence[TermDraft] = ()
    hand_over: HandOverOrder | None = None


# Main kinds of disputes whose agreement must be written; petition matters are so by their nature.
WRITTEN = {"劳动争议": "劳动争议调解仲裁法第十四条", "医疗": "医疗纠纷预防和处理条例第三十九条"}
WRITTEN_PETITION = "信访工作条例第三十三条"
OPEN_SESSION = text("ended_at IS NULL")


class MediationSession(Base):
    __tablename__ = "mediation_sessions"
    __table_args__ = (
        Index("uq_mediation_sessions_open", "dispute_id", unique=True,
              sqlite_where=OPEN_SESSION, postgresql_where=OPEN_SESSION),
        Index("ix_mediation_sessions_dispute_id", "dispute_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    nature: Mapped[Nature] = mapped_column(one_of(Nature))
    body_id: Mapped[int] = mapped_column(ForeignKey("presiding_bodies.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    mediator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(one_of(Outcome))
    on_site: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[Ground | None] = mapped_column(one_of(Ground))
    reason: Mapped[str] = mapped_column(Text, default="")
    routes_told: Mapped[bool] = mapped_column(default=False)
    # Of everything that was taken down, from the end on.
    record_hash: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)

    dispute: Mapped[Dispute] = relationship(back_populates="sessions")
    body: Mapped[PresidingBody] = relationship()
    room: Mapped[Room | None] = relationship()
    mediator: Mapped[Person] = relationship(foreign_keys=[mediator_id])
    recorder: Mapped[Person | None] = relationship(foreign_keys=[recorder_id])
    participants: Mapped[list["Participant"]] = relationship(order_by="Participant.id")
    statements: Mapped[list["Statement"]] = relationship(order_by="Statement.id")
    readings: Mapped[list[RecordReading]] = relationship(order_by=RecordReading.id)
    record_supplements: Mapped[list[RecordSupplement]] = relationship(order_by=RecordSupplement.id)
    agreement: Mapped[Agreement | None] = relationship(back_populates="mediation")
    final_papers: Mapped[list[FinalPaper]] = relationship(back_populates="mediation", order_by=FinalPaper.id)
    hand_over: Mapped[HandOver | None] = relationship(back_populates="mediation")

    @property
    def law_on_writing(self) -> str:
        """The article that demands a written agreement in this matter, or nothing."""
        main = self.dispute.category.main
        return WRITTEN_PETITION if self.nature is Nature.PETITION else WRITTEN.get(main.name, "")

    @property
    def standing_agreement(self) -> Agreement | None:
        """What was agreed, unless it lapsed because somebody refused to sign."""
        return self.agreement if self.agreement is not None and self.agreement.lapsed_at is None else None

    @property
    def by_committee(self) -> bool:
        """In the name of a people's-mediation committee, whose agreements a court may confirm."""
        return self.nature in OF_COMMITTEES

    @property
    def reckoned_hash(self) -> str:
        """Of what the record says now; equal to `record_hash` as long as nobody has touched a statement."""
        said = [[iso(one.at), one.speaker, one.text] for one in self.statements]
        people = [[one.name, one.capacity] for one in self.participants]
        return frozen_hash({"opened_at": iso(self.opened_at), "present": people, "statements": said})

    @classmethod
    def open(
        cls,
        change: Change,
        dispute: Dispute,
        nature: Nature,
        body: PresidingBody,
        mediator: Person,
        recorder: Person | None,
        room: Room | None,
        present: Sequence["Participant"],
    ) -> "MediationSession":
        """Open a session. Raises RuleBroken when the body cannot preside, TransitionNotAllowed while one is open."""
        if reason := why_not_preside(change.session, dispute, nature, body):
            raise RuleBroken(reason, field="body_id")
        dispute.lock(change)
        closed = closed_natures(change.session, dispute)
        if nature in closed:
            raise RuleBroken(closed[nature], field="nature")
        if nature is Nature.COURT_ENTRUSTED and not is_of_court(dispute):
            raise RuleBroken(NOT_AT_COURT, field="nature")
        if dispute.status is DisputeStatus.SUSPENDED:
            dispute.advance(change, Move.RESUME)
        elif dispute.status is not DisputeStatus.IN_MEDIATION:
            if dispute.status is DisputeStatus.REGISTERED:
                dispute.accept(change)
            dispute.advance(change, Move.OPEN_MEDIATION)
        if any(session.ended_at is None for session in dispute.sessions):
            raise TransitionNotAllowed(_("A session is open already"))
        assign(change, dispute, mediator, Duty.MEDIATOR)
        if recorder is not None:
            assign(change, dispute, recorder, Duty.RECORDER)
        if room is not None:
            room.take(change, dispute.id)
        session = cls(dispute=dispute, nature=nature, body=body, room=room, mediator=mediator, recorder=recorder,
                      opened_at=change.at, participants=list(present))  # fmt: skip
        change.session.add(session)
        change.session.flush()  # the event speaks of its id
        session._record(change, EventKind.MEDIATION_OPEN, nature=nature.value)
        sit(change, dispute, by_committee=session.by_committee, is_petition=nature is Nature.PETITION)
        return session

    def state(self, change: Change, speaker: str, words: str) -> None:
        """Take down what somebody said."""
        if not words.strip():
            raise RuleBroken(_("Enter what was said"), field="words")
        self._lock_open(change)
        self.statements.append(Statement(speaker=speaker.strip(), text=words.strip(), at=change.at, by_id=change.by.id))
        drop_statement(change, self)
        self._record(change, EventKind.MEDIATION_STATE)

    def conclude(self, change: Change, version: int, end: Conclusion) -> None:
        """End the session with its outcome; releases the room and everybody who was called."""
        self._lock_open(change)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        self.ended_at, self.outcome, self.on_site = change.at, end.outcome, end.on_site
        self.ground, self.reason, self.routes_told = end.ground, end.reason.strip(), end.routes_told
        self.record_hash = self.reckoned_hash
        self.version += 1
        getattr(self, f"_end_{end.outcome}")(change, end)
        send_home(change, self.dispute)
        self._record(change, EventKind.MEDIATION_CONCLUDE, outcome=end.outcome.value, on_site=end.on_site)

    def _end_agreed(self, change: Change, end: Conclusion) -> None:
        if refusing(change.session, self.dispute):
            raise RuleBroken(_("A party has refused mediation on record. Note first that it now agrees; "
                               "nobody is mediated against his will (人民调解法 art. 17)."))  # fmt: skip
        self.dispute.advance(change, Move.AGREE)
        agreement = Agreement.conclude(change, self, end.form, end.terms, end.default_clause,
                                       is_partial=end.is_partial, performed_at_once=end.performed_at_once,
                                       total_fen=end.total_fen, copies=end.copies)  # fmt: skip
        conclude(change, agreement, is_reviewed=self.by_committee and end.form is AgreementForm.WRITTEN,
                 is_confirmed=self.by_committee and not why_not(agreement))  # fmt: skip
        enter_in_register(change, self.dispute, self.body)
        self.dispute.next_on = next_date(self.dispute)
        plan(change, self.dispute)

    def _end_handed_over(self, change: Change, end: Conclusion) -> None:
        if end.hand_over is None:
            raise RuleBroken(_("Choose the unit that takes over"), field="hand_over_unit")
        HandOver.make(change, self.dispute, end.hand_over, mediation=self)

    def _end_not_agreed(self, change: Change, end: Conclusion) -> None:
        if end.ground is None:
            raise RuleBroken(_("Choose the ground"), field="ground")
        if end.ground is Ground.OTHER:
            self._needs_reason(end)
        if not end.routes_told:
            raise RuleBroken(_("Tell the parties the other routes and tick that it was done (人民调解法 art. 26)"),
                             field="routes_told")  # fmt: skip
        self.dispute.advance(change, Move.END_WITHOUT)
        enter_in_register(change, self.dispute, self.body)

    def _end_suspended(self, change: Change, end: Conclusion) -> None:
        self._needs_reason(end)
        self.dispute.advance(change, Move.SUSPEND)
        keep_reason(change, self.dispute, Move.SUSPEND, end.reason)
        if end.for_appraisal:
            appraise(change, self.dispute, end.reason)

    def _end_withdrawn(self, change: Change, end: Conclusion) -> None:
        self._needs_reason(end)
        withdraw(change, self.dispute, end.reason)

    def _needs_reason(self, end: Conclusion) -> None:
        if not end.reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")

    def _lock_open(self, change: Change) -> None:
        change.lock(self.dispute.stream, self)
        if self.ended_at is not None:
            raise TransitionNotAllowed(_("This session has ended"))

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        change.record(self.dispute.stream, kind, ("mediation", self.id), **facts)
        self.dispute.touch(change)


class Statement(Base):
    """What somebody said, as taken down."""

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    speaker: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)


def next_date(dispute: Dispute) -> date | None:
    """The next date the record itself knows: first term still due, or the reply of a hand-over."""
    due = next_due([found for session in dispute.sessions if (found := session.standing_agreement)])
    dates = [due] if due else []
    standing = current_hand_over(dispute)
    if standing is not None and standing.replied_at is None:
        dates.append(standing.reply_by)
    return min(dates, default=None)
