"""Who sits in a session: parties, officers of units, and whom the mediator invites with the parties' consent."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


class Invitee(StrEnum):
    """邀请参与调解的人: whom a mediator may invite once the parties consent (人民调解法 art. 20)."""

    KIN = "kin"
    NEIGHBOUR = "neighbour"
    COLLEAGUE = "colleague"
    EXPERT = "expert"
    ORGANISATION = "organisation"


class Participant(Base):
    """Somebody who sat in the session: a party, a unit's officer, or an invited person by name.

    Without `joined_at` somebody sat there from the opening, without `left_at` until the end.
    """

    __tablename__ = "participants"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    callout_id: Mapped[int | None] = mapped_column(ForeignKey("callouts.id"))
    name: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[str] = mapped_column(String(60), default="")
    invitee: Mapped[Invitee | None] = mapped_column(one_of(Invitee))
    parties_consent: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


def join_session(change: Change, mediation: "MediationSession", person: Participant) -> None:
    """Somebody comes into the open session. Whoever sits there already is not written down twice."""
    if not person.name.strip():
        raise RuleBroken(_("Enter the name"), field="name")
    if person.invitee is not None and not person.parties_consent:
        raise RuleBroken(_("Ask the parties first and tick that they consent (人民调解法 art. 20)"),
                         field="parties_consent")  # fmt: skip
    _lock_open(change, mediation)
    if any(_is_same(one, person) for one in mediation.participants if one.left_at is None):
        raise RuleBroken(_("This person sits there already"), field="name")
    person.name, person.joined_at = person.name.strip(), change.at
    mediation.participants.append(person)
    change.session.flush()  # the event speaks of its id
    _record(change, mediation, EventKind.PARTICIPANT_JOIN, person)


def leave_session(change: Change, mediation: "MediationSession", person: Participant) -> None:
    """Somebody goes before the end; noted twice it stays as first noted."""
    change.lock(mediation.dispute.stream, person)
    if person.left_at is not None:
        return
    _lock_open(change, mediation)
    person.left_at = change.at
    _record(change, mediation, EventKind.PARTICIPANT_LEAVE, person)


def _is_same(one: Participant, other: Participant) -> bool:
    named = (one.party_id, one.callout_id, one.invitee, one.name)
    return named == (other.party_id, other.callout_id, other.invitee, other.name.strip())


def _lock_open(change: Change, mediation: "MediationSession") -> None:
    change.lock(mediation.dispute.stream, mediation)
    if mediation.ended_at is not None:
        raise TransitionNotAllowed(_("This session has ended"))


def _record(change: Change, mediation: "MediationSession", kind: EventKind, person: Participant) -> None:
    change.record(mediation.dispute.stream, kind, ("participant", person.id), mediation=mediation.id)
    mediation.dispute.touch(change)
