"""A mandate 推选书/授权委托书: a person of a group signed that a representative may speak for him.

Representatives bind only those who gave one (民事诉讼法 art. 56, 62).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key, one_of
from models.change import Change
from models.clock import local_day
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.party import Party
from models.words import _

Pair = tuple[int, int]


class MandatePaper(StrEnum):
    ELECTION = "election"
    POWER = "power"


class Mandate(Base):
    """From a person (`principal`) to a representative of the same side (`agent`), by a paper signed on a day."""

    __tablename__ = "mandates"
    __table_args__ = (UniqueConstraint("principal_id", "agent_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), index=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("parties.id", ondelete="CASCADE"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("parties.id", ondelete="CASCADE"), index=True)
    paper: Mapped[MandatePaper] = mapped_column(one_of(MandatePaper))
    signed_on: Mapped[date] = mapped_column(Date)
    noted_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)


@dataclass(frozen=True)
class Group:
    """The people of one side who are represented, and who represents them."""

    represented: list[Party]
    agents: list[Party]

    @property
    def pairs(self) -> set[Pair]:
        return {(person.id, agent.id) for person in self.represented for agent in self.agents}


def groups(dispute: Dispute) -> list[Group]:
    """One group for each side that has representatives and somebody else."""
    found = []
    for side in dict.fromkeys(party.side for party in dispute.parties):
        people = [party for party in dispute.parties if party.side is side]
        agents = [party for party in people if party.represents_others]
        represented = [party for party in people if not party.represents_others]
        if agents and represented:
            found.append(Group(represented, agents))
    return found


def mandates_of(session: Session, dispute: Dispute) -> dict[Pair, Mandate]:
    rows = session.scalars(select(Mandate).where(Mandate.dispute_id == dispute.id))
    return {(row.principal_id, row.agent_id): row for row in rows}


def unauthorised(session: Session, dispute: Dispute) -> list[Party]:
    """The people of groups who have given nobody of their representatives a mandate."""
    known = groups(dispute)
    if not known:
        return []
    given = mandates_of(session, dispute)
    return [
        person
        for group in known
        for person in group.represented
        if not any((person.id, agent.id) in given for agent in group.agents)
    ]


def note_mandates(change: Change, dispute: Dispute, version: int, wanted: Collection[Pair], paper: MandatePaper,
                  signed_on: date | None) -> None:  # fmt: skip
    """Note who has signed for whom. New ones get this day and paper, those no longer wanted are taken back.

    Raises Stale when somebody else has saved meanwhile.
    """
    dispute.lock(change)
    dispute.require_version(version)
    if dispute.status is DisputeStatus.ARCHIVED:
        raise RuleBroken(_("An archived file is not changed; reopen it first"))
    possible = {pair for group in groups(dispute) for pair in group.pairs}
    if not set(wanted) <= possible:
        raise RuleBroken(_("Only a representative of the same side can be authorised"), field="pairs")
    given = mandates_of(change.session, dispute)
    added, gone = sorted(set(wanted) - given.keys()), sorted(given.keys() - set(wanted))
    if not added and not gone:
        return
    if added:
        _require_day(change, signed_on)
    for pair in gone:
        change.session.delete(given[pair])
    for principal, agent in added:
        change.session.add(Mandate(dispute_id=dispute.id, principal_id=principal, agent_id=agent, paper=paper,
                                   signed_on=signed_on, noted_at=change.at, by_id=change.by.id))  # fmt: skip
    dispute.version += 1
    change.record(dispute.stream, EventKind.MANDATE_NOTE, ("dispute", dispute.id), added=len(added), gone=len(gone),
                  added_pairs=_codes(added), gone_pairs=_codes(gone),
                  signed_on=signed_on.isoformat() if added and signed_on else None)  # fmt: skip
    dispute.touch(change)


def _codes(pairs: Collection[Pair]) -> list[str]:
    return [f"{principal}-{agent}" for principal, agent in pairs]


def _require_day(change: Change, signed_on: date | None) -> None:
    if signed_on is None:
        raise RuleBroken(_("Enter the day on which the paper was signed"), field="signed_on")
    if signed_on > local_day(change.at):
        raise RuleBroken(_("This day has not come yet"), field="signed_on")
