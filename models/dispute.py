"""A dispute 纠纷: one matter between its parties, from the first visit to the archived file."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Select, String, Text, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from models.base import Base, Key, key_of, one_of
from models.category import Category
from models.centre import Centre
from models.change import Change
from models.clock import local_day
from models.counter import next_number
from models.dispute_unit import DisputeUnit, Part, give_part, has_part
from models.due_course import follow
from models.errors import Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.lifecycle import MOVE_EVENTS, MOVES, OPEN, ClosingType, DisputeStatus, Move
from models.remark import Remark
from models.words import _

if TYPE_CHECKING:
    from models.assignment import Assignment
    from models.callout import Callout
    from models.claim import Claim
    from models.hand_over import HandOver
    from models.investigation import Investigation
    from models.invitation import Invitation
    from models.mediation import MediationSession
    from models.party import Party
    from models.recusal import Recusal
    from models.referral import CourtReferral
    from models.risk import RiskTick
    from models.visit import Visit
    from models.whistle import Whistle

ON_BOARD = text("on_board_since IS NOT NULL")
CLOSED, DATED = text("closed_at IS NOT NULL"), text("next_on IS NOT NULL")
OPEN_ONES = text("status IN ({})".format(", ".join(f"'{status.value}'" for status in sorted(OPEN))))


class Dispute(Base):
    """Branching life: the status is stored, and only `advance` writes it."""

    __tablename__ = "disputes"
    __table_args__ = (
        Index("ix_disputes_board", "centre_id", "on_board_since", sqlite_where=ON_BOARD, postgresql_where=ON_BOARD),
        Index("ix_disputes_open", "centre_id", "registered_at", sqlite_where=OPEN_ONES, postgresql_where=OPEN_ONES),
        Index("ix_disputes_centre_id_registered_at", "centre_id", "registered_at"),
        Index("ix_disputes_centre_id_category_id", "centre_id", "category_id"),
        Index("ix_disputes_closed", "centre_id", "closed_at", sqlite_where=CLOSED, postgresql_where=CLOSED),
        Index("ix_disputes_next_on", "next_on", sqlite_where=DATED, postgresql_where=DATED),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    # "620702-20261123-007" in addresses, "甘综-20261123-007" on papers.
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    status: Mapped[DisputeStatus] = mapped_column(one_of(DisputeStatus))
    version: Mapped[int] = mapped_column(default=1)
    demand: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text, default="")
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    non_public: Mapped[bool] = mapped_column(default=False)
    happened_on: Mapped[date | None] = mapped_column(Date)
    registered_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing_type: Mapped[ClosingType | None] = mapped_column(one_of(ClosingType))
    # 结案 needs the parties' notice and, where something is still to be performed or visited, the next date.
    notice_given_on: Mapped[date | None] = mapped_column(Date)
    next_on: Mapped[date | None] = mapped_column(Date)
    on_board_since: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship()
    category: Mapped[Category] = relationship()
    visits: Mapped[list["Visit"]] = relationship(back_populates="dispute", order_by="Visit.id")
    parties: Mapped[list["Party"]] = relationship(back_populates="dispute", order_by="Party.position, Party.id")
    claims: Mapped[list["Claim"]] = relationship(order_by="Claim.position", cascade="all, delete-orphan")
    risks: Mapped[list["RiskTick"]] = relationship(order_by="RiskTick.risk", cascade="all, delete-orphan")
    units: Mapped[list["DisputeUnit"]] = relationship(back_populates="dispute", order_by="DisputeUnit.id")
    whistles: Mapped[list["Whistle"]] = relationship(back_populates="dispute", order_by="Whistle.round")
    callouts: Mapped[list["Callout"]] = relationship(back_populates="dispute", order_by="Callout.id")
    invitations: Mapped[list["Invitation"]] = relationship(back_populates="dispute", order_by="Invitation.id")
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="dispute", order_by="Assignment.id")
    sessions: Mapped[list["MediationSession"]] = relationship(back_populates="dispute", order_by="MediationSession.id")
    hand_overs: Mapped[list["HandOver"]] = relationship(back_populates="dispute", order_by="HandOver.id")
    investigations: Mapped[list["Investigation"]] = relationship(back_populates="dispute", order_by="Investigation.id")
    recusals: Mapped[list["Recusal"]] = relationship(back_populates="dispute", order_by="Recusal.id")
    referrals: Mapped[list["CourtReferral"]] = relationship(back_populates="dispute", order_by="CourtReferral.id")
    remarks: Mapped[list["Remark"]] = relationship(order_by="Remark.id")

    @classmethod
    def register(cls, change: Change, centre: Centre, category: Category, demand: str, **facts: Any) -> "Dispute":
        """Open the dispute under the centre's next number of the day; the centre holds it."""
        day = local_day(change.at)
        running = next_number(change, f"dispute:{centre.id}:{day:%Y%m%d}")
        tail = f"{day:%Y%m%d}-{running:03d}"
        dispute = cls(**facts, centre_id=centre.id, reference=f"{centre.code}-{tail}", number=f"{centre.prefix}-{tail}",
                      category=category, demand=demand, status=DisputeStatus.REGISTERED, registered_at=change.at,
                      non_public=category.non_public, on_board_since=change.at, units=[], parties=[])  # fmt: skip
        change.session.add(dispute)
        change.session.flush()  # its id names the stream
        give_part(change, dispute, centre.unit_id, Part.HOLDER)
        change.record(dispute.stream, EventKind.DISPUTE_REGISTER, ("dispute", dispute.id), category=category.id)
        dispute.touch(change)
        return dispute

    @classmethod
    def visible_to(cls, paths: Sequence[str], parts: Collection[Part] = tuple(Part)) -> Select[tuple["Dispute"]]:
        """Disputes in which a unit at or below one of these paths has one of the parts. No path, no dispute."""
        return select(cls).where(has_part(cls.id, paths, parts))

    @property
    def stream(self) -> str:
        return f"dispute:{key_of(self)}"

    @property
    def short_number(self) -> str:
        """甘综 1123-007: how boards call it."""
        prefix, day, running = self.number.rsplit("-", 2)
        return f"{prefix} {day[4:]}-{running}"

    @property
    def head_count(self) -> int:
        """People of the latest visit."""
        return self.visits[-1].head_count if self.visits else 0

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_drill(self) -> bool:
        """演练: its whistles are drills; no figure counts it."""
        return any(whistle.is_drill for whistle in self.whistles)

    def can_do(self, move: Move) -> bool:
        return self.status in MOVES[move][0]

    def lock(self, change: Change) -> None:
        """Stand in line for this dispute and read it as it is now."""
        change.lock(self.stream, self)

    def lock_file(self, change: Change) -> None:
        """The same, to change what lies in its file. Raises TransitionNotAllowed once that is archived."""
        self.lock(change)
        if self.status is DisputeStatus.ARCHIVED:
            raise TransitionNotAllowed(_("An archived file is not changed; reopen it first"))

    def accept(self, change: Change) -> None:
        self.advance(change, Move.ACCEPT, accepted_at=change.at)

    def edit(self, change: Change, version: int, *, also: Sequence[str] = (), **facts: Any) -> None:
        """补全; `also` names what the caller changed in rows of their own. Raises Stale when somebody was faster."""
        self.lock_file(change)
        self.require_version(version)
        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, facts[name])
        if fields := sorted([*changed, *also]):
            self.version += 1
            change.record(self.stream, EventKind.DISPUTE_EDIT, ("dispute", self.id), fields=fields)
            self.touch(change)

    def require_version(self, version: int) -> None:
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))

    def touch(self, change: Change) -> None:
        """Everybody who sees this dispute on a board shall see the change."""
        change.touch(f"centre:{self.centre_id}", self.id)
        change.touch(f"dispute:{self.id}", self.id)
        for held in self.units:
            if held.part in (Part.CALLED, Part.LEAD, Part.HELPER) and held.until is None:
                change.touch(f"unit:{held.unit_id}", self.id)

    def advance(self, change: Change, move: Move, facts: dict[str, Any] | None = None, **columns: Any) -> None:
        """The one writer of the status: one conditional UPDATE, its event, and the boards."""
        self.lock(change)
        sources, target = MOVES[move]
        moved = change.session.execute(
            update(Dispute)
            .where(Dispute.id == self.id, Dispute.status.in_(sources), Dispute.version == self.version)
            .values(status=target, version=Dispute.version + 1, **columns)
            .execution_options(synchronize_session=False)
        )
        if moved.rowcount != 1:  # type: ignore[attr-defined]
            raise TransitionNotAllowed(_("This step is not possible in the present state of the dispute"))
        # What the UPDATE has just written is known; reading it again would be one more statement under the lock.
        for name, value in {"status": target, "version": self.version + 1, **columns}.items():
            set_committed_value(self, name, value)
        change.record(self.stream, MOVE_EVENTS[move], ("dispute", self.id), **(facts or {}))
        follow(change, self, move)
        self.touch(change)
        if move in (Move.CLOSE, Move.ARCHIVE, Move.REOPEN):
            from models.follow_up import plan  # late: follow-ups stand above what they follow

            plan(change, self)
