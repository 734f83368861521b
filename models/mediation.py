"""A session 调解: in whose name, who sat there, what was said, and how it ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement import Agreement
from models.assignment import Duty, assign
from models.base import Base, Key, one_of
from models.change import Change
from models.clock import iso
from models.conclusion import Conclusion, Ground, Outcome
from models.dispute import Dispute
from models.draft import drop_statement
from models.due_course import sit
from models.ending import send_home
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.final_paper import FinalPaper
from models.frozen import frozen_hash
from models.hand_over import HandOver
from models.lifecycle import DisputeStatus, Move
from models.natures import NOT_AT_COURT, OF_COMMITTEES, Nature, closed_natures, is_of_court, why_not_preside
from models.participant import Participant
from models.person import Person
from models.presiding_body import PresidingBody
from models.record_reading import RecordReading
from models.record_supplement import RecordSupplement
from models.room import Room
from models.statement import Statement
from models.words import _

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
    participants: Mapped[list[Participant]] = relationship(order_by="Participant.id")
    statements: Mapped[list[Statement]] = relationship(order_by="Statement.id")
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
        present: Sequence[Participant],
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
        end.carry_out(change, self)
        send_home(change, self.dispute)
        self._record(change, EventKind.MEDIATION_CONCLUDE, outcome=end.outcome.value, on_site=end.on_site)

    def _lock_open(self, change: Change) -> None:
        change.lock(self.dispute.stream, self)
        if self.ended_at is not None:
            raise TransitionNotAllowed(_("This session has ended"))

    def _record(self, change: Change, kind: EventKind, **facts: object) -> None:
        change.record(self.dispute.stream, kind, ("mediation", self.id), **facts)
        self.dispute.touch(change)
