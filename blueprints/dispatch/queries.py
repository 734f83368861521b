"""What the desk needs to know before it whistles: whom, where, and who is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask_babel import gettext
from sqlalchemy import case, exists, func, select

from models.assignment import Assignment, Duty
from models.callout import Callout
from models.callout_facts import counted_rows, effective_rows
from models.centre import Centre
from models.clock import day_bounds, local_day
from models.conclusion import Outcome
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.invitation import Invitation
from models.mediation import MediationSession
from models.objection import Objection
from models.person import Person, Role, holders
from models.room import Room, RoomUse
from models.unit import Unit, UnitAlias, UnitKind, units_to_call
from models.whistle import Level, Whistle
from models.words import _
from security.identity import current
from security.permissions import Permission
from transaction import db, now

MOST_KNOWN = 6
_NAMES = units_to_call().with_only_columns(Unit.id, Unit.name)
_ALIASES = select(UnitAlias.name, UnitAlias.unit_id)


@dataclass(frozen=True)
class Proposal:
    """A unit that may be called for this dispute, and why it is proposed."""

    unit: Unit
    question: str
    limit: int
    is_ticked: bool
    before: "Experience"
    is_called: bool


@dataclass(frozen=True)
class Experience:
    """What came of calling a unit in such matters before: counts of this house, no judgement."""

    called: int = 0
    effective: int = 0
    settled: int = 0


class Directory:
    """Every unit in use, found by name or alias, with today's duty officers.

    A form that was sent needs the numbers of the units alone; a page reads the rest when it shows it.
    """

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def units(self) -> list[Unit]:
        return list(db.session.scalars(units_to_call()))

    @cached_property
    def ids(self) -> dict[str, int]:
        """Every name and alias with the number of its unit."""
        named = {name: unit_id for unit_id, name in db.session.execute(_NAMES).tuples()}
        in_use = set(named.values())
        aliases = db.session.execute(_ALIASES).tuples()
        return {name: unit_id for name, unit_id in aliases if unit_id in in_use} | named

    @cached_property
    def duty(self) -> dict[int, str]:
        turns = db.session.execute(
            select(DutyTurn.unit_id, DutyTurn.name, DutyTurn.deputy_name, DutyTurn.is_deputised)
            .where(DutyTurn.day == self.day)
        )  # fmt: skip
        return {unit_id: _duty_words(*names) for unit_id, *names in turns.tuples()}

    def find(self, name: str) -> Unit | None:
        unit_id = self.ids.get(name.strip())
        return db.session.get(Unit, unit_id) if unit_id is not None else None

    def named_in(self, text: str) -> list[Unit]:
        """Units the demand speaks of; names of two signs occur by chance."""
        spoken_of = {unit_id for name, unit_id in self.ids.items() if len(name) > 2 and name in text}
        return [unit for unit in self.units if unit.id in spoken_of]


def _duty_words(name: str, deputy: str, is_deputised: bool) -> str:
    """Officer and deputy, whoever is told now first."""
    if not name or not deputy:
        return name or gettext("%(name)s (deputy)", name=deputy)
    words = _("%(deputy)s for %(name)s") if is_deputised else _("%(name)s, deputy %(deputy)s")
    return str(gettext(words, name=name, deputy=deputy))


def proposals(dispute: Dispute, directory: Directory) -> list[Proposal]:
    """The category's own units first, then those the people named, then those called before in such matters."""
    settings, today = current().settings_of(dispute.centre), local_day(now())
    counts = experience(dispute)
    called = {callout.unit_id for callout in dispute.callouts if callout.is_open}
    usual = {row.unit: row.question for row in dispute.category.suggested_units() if row.unit.is_active}
    parties = [unit for party in dispute.parties if (unit := directory.find(party.name))]
    known = sorted((unit for unit in directory.units if unit.id in counts), key=lambda unit: (
        -counts[unit.id].effective, -counts[unit.id].called
    ))  # fmt: skip
    every = dict.fromkeys([*usual, *parties, *directory.named_in(dispute.demand), *known[:MOST_KNOWN]])
    every.pop(dispute.centre.unit, None)
    # A far unit is better asked by video or for another day, a committee presides: neither is called unasked.
    needed = [unit for unit in usual if unit.kind is not UnitKind.COMMITTEE and not unit.is_far] or list(usual)[:1]
    return [
        Proposal(unit, usual.get(unit) or settings["default_question"],
                 unit.arrival_limit(settings, today), (unit in needed or unit in parties) and unit.id not in called,
                 counts.get(unit.id, Experience()),
                 unit.id in called)
        for unit in every
    ]  # fmt: skip


def proposed_level(proposed: Iterable[Proposal]) -> Level:
    """By video when everybody who would be called sits too far away to come."""
    ticked = [proposal.unit for proposal in proposed if proposal.is_ticked]
    return Level.VIDEO if ticked and all(unit.is_far for unit in ticked) else Level.ORDINARY


def experience(dispute: Dispute) -> dict[int, Experience]:
    """For each unit called in matters of the same kind at this centre: how often, how often it could speak for itself,
    and in how many of these matters the people settled in the room. One statement; stood-down calls teach nothing.
    """
    settled = exists().where(MediationSession.dispute_id == Callout.dispute_id, MediationSession.on_site,
                             MediationSession.outcome == Outcome.AGREED, Callout.arrived_at.is_not(None))  # fmt: skip
    rows = db.session.execute(
        select(Callout.unit_id, func.count(), func.sum(case((effective_rows(), 1), else_=0)),
               func.sum(case((settled, 1), else_=0)))
        .join(Dispute, Dispute.id == Callout.dispute_id)
        .where(Dispute.centre_id == dispute.centre_id, Dispute.category_id == dispute.category_id)
        .join(Whistle, Whistle.id == Callout.whistle_id)
        .where(Callout.dispute_id != dispute.id, counted_rows(), ~Whistle.is_drill)
        .group_by(Callout.unit_id)
    )  # fmt: skip
    return {unit_id: Experience(*map(int, counts)) for unit_id, *counts in rows}


@dataclass(frozen=True)
class Busy:
    """Where somebody sits at the moment."""

    room: Room
    since: datetime


def busy_people(centre: Centre) -> dict[int, Busy]:
    rows = db.session.execute(
        select(Assignment.person_id, Room, RoomUse.since)
        .join(RoomUse, RoomUse.dispute_id == Assignment.dispute_id)
        .join(Room, Room.id == RoomUse.room_id)
        .where(Assignment.until.is_(None), RoomUse.until.is_(None), Room.centre_id == centre.id)
    )
    return {person_id: Busy(room, since) for person_id, room, since in rows}


def mediators(centre: Centre) -> list[Person]:
    return holders(db.session(), Role.MEDIATOR, centre.unit)


def recorders(centre: Centre, mediators: Iterable[Person]) -> list[Person]:
    """Clerks write as well as mediators do."""
    people = [*holders(db.session(), Role.CLERK, centre.unit), *mediators]
    return sorted(set(people), key=lambda person: person.sort_key)


def next_mediator(people: Iterable[Person], busy: dict[int, Busy], day: date) -> Person | None:
    """A free one, with the fewest cards today."""
    start, end = day_bounds(day)
    today = db.session.execute(
        select(Assignment.person_id, func.count())
        .where(Assignment.duty == Duty.MEDIATOR, Assignment.since >= start, Assignment.since < end)
        .group_by(Assignment.person_id)
    )
    cards = dict(today.tuples().all())
    free = [person for person in people if person.id not in busy]
    return min(free, key=lambda person: cards.get(person.id, 0), default=None)


def callout_in_scope(callout_id: int, permission: Permission):  # type: ignore[no-untyped-def]
    return select(Callout).where(Callout.id == callout_id, current().reaches(Callout.dispute_id, permission))


def invitation_in_scope(invitation_id: int, permission: Permission):  # type: ignore[no-untyped-def]
    within = current().reaches(Invitation.dispute_id, permission)
    return select(Invitation).where(Invitation.id == invitation_id, within)


def objection_in_scope(objection_id: int, permission: Permission):  # type: ignore[no-untyped-def]
    within = current().reaches(Callout.dispute_id, permission)
    return select(Objection).join(Callout).where(Objection.id == objection_id, within)
