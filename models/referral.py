"""A court's referral 委派、委托: what a court passes to the centre, from its sending to its way back.

Branching life: the status is stored, and only `advance` writes it. Until it is taken on, its parties stand at its
visit; from then on it is a dispute of the house. What the parties brought themselves (自行调解) is one already.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from models.base import Base, Key, one_of
from models.case_type import CaseType
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.court_import import CourtImport
from models.court_number import CourtNumber, court_number_key, court_number_problem
from models.dispute import Dispute
from models.due_day import due_day
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.party import Party
from models.referral_course import (
    STEPS,
    CourtMode,
    EndGround,
    MediatorChoice,
    Procedure,
    ReferralStatus,
    ReferralStep,
    SuccessWay,
)
from models.unit import Unit
from models.visit import Visit
from models.words import _


class CourtReferral(Base):
    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("(mode = 'entrusted') = (procedure IS NOT NULL)", name="procedure_of_a_suit"),
        CheckConstraint("visit_id IS NOT NULL OR dispute_id IS NOT NULL", name="belongs"),
        Index("ix_referrals_centre_id_status", "centre_id", "status"),
        Index("ix_referrals_dispute_id", "dispute_id"),
        Index("ix_referrals_import_id", "import_id"),
        Index("ix_referrals_centre_id_parties_key", "centre_id", "parties_key"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    court_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), unique=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"))
    case_type_id: Mapped[int] = mapped_column(ForeignKey("case_types.id"))
    mode: Mapped[CourtMode] = mapped_column(one_of(CourtMode))
    procedure: Mapped[Procedure | None] = mapped_column(one_of(Procedure))
    claim: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    materials: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    both_agreed: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ReferralStatus] = mapped_column(one_of(ReferralStatus))
    version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(Key)
    # The day of the signature on the hand-over list: every clock of the court begins with it.
    signed_on: Mapped[date | None] = mapped_column(Date)
    signed_by_id: Mapped[int | None] = mapped_column(Key)
    answer_due_on: Mapped[date | None] = mapped_column(Date)
    choice: Mapped[MediatorChoice | None] = mapped_column(one_of(MediatorChoice))
    undisputed: Mapped[str] = mapped_column(Text, default="")
    undisputed_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    way: Mapped[SuccessWay | None] = mapped_column(one_of(SuccessWay))
    ground: Mapped[EndGround | None] = mapped_column(one_of(EndGround))
    reason: Mapped[str] = mapped_column(Text, default="")
    conduct: Mapped[str] = mapped_column(Text, default="")
    # Under which import it came; before that is released nobody sees it.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("court_imports.id"))
    parties_key: Mapped[str] = mapped_column(String(32), default="")

    centre: Mapped[Centre] = relationship()
    court: Mapped[Unit] = relationship()
    visit: Mapped[Visit | None] = relationship()
    dispute: Mapped[Dispute | None] = relationship(back_populates="referrals")
    case_type: Mapped[CaseType] = relationship()
    numbers: Mapped[list[CourtNumber]] = relationship(order_by=CourtNumber.id)

    # -- signing and numbers -------------------------------------------------------------------------------------

    def receive(self, change: Change, signed_on: date) -> None:
        """Sign for it: the clocks of the court begin on this day. Signing twice changes nothing."""
        self.open(change)
        if self.signed_on is not None:
            return
        if not local_day(self.sent_at) <= signed_on <= local_day(change.at):
            raise RuleBroken(_("It was signed for between its sending and today"), field="signed_on")
        due = due_day(change.session, self.centre_id, "court_answer", signed_on)
        self.advance(change, ReferralStep.RECEIVE, signed_on=signed_on, signed_by_id=change.by.id, answer_due_on=due)
        self.record(change, EventKind.REFERRAL_RECEIVE)

    def renumber(self, change: Change, number: str) -> None:
        """The court has given the matter another number; the old one is still found."""
        self.open(change)
        if problem := court_number_problem(number):
            raise RuleBroken(problem, field="number")
        if court_number_key(number) in {one.key for one in self.numbers}:
            return
        self.numbers.append(CourtNumber.noted(change, number))
        self.record(change, EventKind.REFERRAL_RENUMBER)

    # -- questions -----------------------------------------------------------------------------------------------

    @classmethod
    def visible_to(cls, paths: Sequence[str]) -> Select[tuple["CourtReferral"]]:
        """Those sent by a court, or to a house, at or below one of these paths. No path, no referral."""
        court, house = aliased(Unit), aliased(Unit)
        below = [unit.path.startswith(path, autoescape=True) for path in paths for unit in (court, house)]
        return (
            select(cls).join(court, court.id == cls.court_id).join(Centre, Centre.id == cls.centre_id)
            .join(house, house.id == Centre.unit_id).where(or_(*below) if below else text("1 = 0"), cls.is_released())
        )  # fmt: skip

    @classmethod
    def is_released(cls) -> ColumnElement[bool]:
        """Not one of an import that is still being written, or never was released."""
        released = exists().where(CourtImport.id == cls.import_id, CourtImport.released_at.is_not(None))
        return or_(cls.import_id.is_(None), released)

    @property
    def stream(self) -> str:
        return self.dispute.stream if self.dispute is not None else f"visit:{self.visit_id}"

    @property
    def number(self) -> str:
        return self.numbers[-1].text if self.numbers else ""

    @property
    def parties(self) -> list[Party]:
        owner = self.dispute or self.visit
        return owner.parties if owner is not None else []

    def can_do(self, step: ReferralStep) -> bool:
        return self.status in STEPS[step][0]

    # -- what the verbs of this and other records share ----------------------------------------------------------

    def open(self, change: Change, version: int | None = None) -> None:
        """Lock it. Raises Stale when somebody was faster."""
        change.lock(self.stream, self)
        if version is not None and self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))

    def advance(self, change: Change, step: ReferralStep, **columns: Any) -> None:
        """The one writer of the status: one conditional UPDATE."""
        sources, target = STEPS[step]
        change.session.flush()
        moved = change.session.execute(
            update(CourtReferral)
            .where(CourtReferral.id == self.id, CourtReferral.status.in_(sources),
                   CourtReferral.version == self.version)
            .values(status=target, version=CourtReferral.version + 1, **columns)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
        if moved.rowcount != 1:  # type: ignore[attr-defined]
            raise TransitionNotAllowed(_("This step is not possible in the present state of the referral"))
        for name, value in {"status": target, "version": self.version + 1, **columns}.items():
            set_committed_value(self, name, value)

    def record(self, change: Change, kind: EventKind, **facts: Any) -> None:
        change.record(self.stream, kind, ("referral", self.id), **facts)
        if self.dispute is not None:
            self.dispute.touch(change)


def unreleased_visits() -> Select[tuple[int | None]]:
    """Visits that stand for matters of an import nobody may see yet."""
    rows = select(CourtReferral.visit_id).join(CourtImport, CourtImport.id == CourtReferral.import_id)
    return rows.where(CourtImport.released_at.is_(None), CourtReferral.visit_id.is_not(None))
