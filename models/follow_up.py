"""A follow-up 回访: when somebody is to ask how things went, planned by the record itself and kept in step with it.

Seven days after an agreement, on each day on which something falls due, thirty days after the closing; at red risk
after one, three, seven and thirty days. The days are settings of the centre (人民调解法 art. 31).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement import Agreement, Term
from models.assignment import Duty, assigned
from models.base import Base, Key, one_of
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.follow_up_call import FollowUpCall
from models.lifecycle import DisputeStatus
from models.person import Person
from models.risk import Risk

# What makes a dispute red: somebody may come to harm.
RED = frozenset({Risk.VIOLENCE, Risk.WEAPON, Risk.THREAT, Risk.DOMESTIC})
RED_STEPS = ("first", "second", "third", "fourth")
FOLLOWED = (DisputeStatus.AGREED, DisputeStatus.CLOSED)
WAITING = text("done_at IS NULL AND voided_at IS NULL")


class FollowUpReason(StrEnum):
    AGREEMENT = "agreement"
    TERM = "term"
    CLOSING = "closing"
    RISK = "risk"


# Why it is made, the day it is reckoned from, how many days after it, the term it asks about.
Occasion = tuple[FollowUpReason, date, int, int | None]


class FollowUp(Base):
    """Nobody owns the one after the closing: whoever is not the mediator asks then how satisfied people are."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        Index("ix_follow_ups_dispute_id", "dispute_id"),
        Index("ix_follow_ups_waiting", "due_on", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    reason: Mapped[FollowUpReason] = mapped_column(one_of(FollowUpReason))
    since: Mapped[date] = mapped_column(Date)
    days: Mapped[int] = mapped_column(default=0)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id"))
    due_on: Mapped[date] = mapped_column(Date)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    planned_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    dispute: Mapped[Dispute] = relationship()
    term: Mapped[Term | None] = relationship()
    owner: Mapped[Person | None] = relationship()
    calls: Mapped[list[FollowUpCall]] = relationship(back_populates="follow_up", order_by="FollowUpCall.id")

    @property
    def occasion(self) -> Occasion:
        return self.reason, self.since, self.days, self.term_id

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.voided_at is None


def is_red(dispute: Dispute) -> bool:
    return any(tick.risk in RED for tick in dispute.risks)


def plan(change: Change, dispute: Dispute) -> None:
    """Make the follow-ups that are lacking and void those that have no occasion any more.

    What was done or put off stays as it is; what would have been due before today is not made up for, except a term.
    """
    change.session.flush()
    rows = change.session.scalars(
        select(FollowUp).where(FollowUp.dispute_id == dispute.id, FollowUp.voided_at.is_(None))
    ).all()
    wanted = set(_occasions(change, dispute))
    mediator, today = assigned(dispute, Duty.MEDIATOR), local_day(change.at)
    voided = [row for row in rows if row.is_open and row.occasion not in wanted]
    for row in voided:
        row.voided_at = change.at
    made = [
        FollowUp(dispute_id=dispute.id, reason=reason, since=since, days=days, term_id=term_id,
                 due_on=since + timedelta(days=days), planned_at=change.at,
                 owner=None if reason is FollowUpReason.CLOSING else mediator)
        for reason, since, days, term_id in sorted(wanted - {row.occasion for row in rows},
                                                   key=lambda one: (one[1], one[2], one[0], one[3] or 0))
        if reason is FollowUpReason.TERM or since + timedelta(days=days) >= today
    ]  # fmt: skip
    if made or voided:
        change.session.add_all(made)
        change.record(dispute.stream, EventKind.FOLLOW_UP_PLAN, ("dispute", dispute.id), planned=len(made),
                      voided=len(voided))  # fmt: skip


def _occasions(change: Change, dispute: Dispute) -> Iterator[Occasion]:
    if dispute.status not in FOLLOWED or dispute.is_drill:
        return
    settings = dispute.centre.settings(change.session)
    agreements = [found for session in dispute.sessions if (found := session.standing_agreement)]
    yield from _of_terms(agreements)
    closed_on = local_day(dispute.closed_at) if dispute.closed_at is not None else None
    if closed_on is not None:
        yield from _after(FollowUpReason.CLOSING, closed_on, [settings["follow_up_closing"]])
    agreed_on = local_day(agreements[-1].concluded_at) if agreements else None
    if is_red(dispute) and (ended_on := agreed_on or closed_on):
        yield from _after(FollowUpReason.RISK, ended_on, [settings[f"follow_up_red_{step}"] for step in RED_STEPS])
    elif agreed_on is not None:
        yield from _after(FollowUpReason.AGREEMENT, agreed_on, [settings["follow_up_agreement"]])


def _after(reason: FollowUpReason, since: date, days: list[int]) -> Iterator[Occasion]:
    for count in sorted(set(days)):
        yield reason, since, count, None


def _of_terms(agreements: list[Agreement]) -> Iterator[Occasion]:
    for agreement in agreements:
        for term in agreement.terms:
            if term.performed_on is None:
                yield FollowUpReason.TERM, term.due_on, 0, term.id
