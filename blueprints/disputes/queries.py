"""What the pages of disputes read: one dispute with everything around it, and lists of few statements."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext
from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import Agreement
from models.assignment import Assignment, Duty, assigned
from models.callout import Callout
from models.category import Category
from models.clock import day_bounds
from models.coordination import arrangements
from models.deadline import Deadline
from models.dispute import Dispute
from models.dispute_unit import DisputeUnit, Part, units_with
from models.event import Event
from models.event_kinds import UNTOLD, EventKind
from models.lack import Lack, lacking
from models.lateness import Late, late, late_marks
from models.lifecycle import OPEN, DisputeStatus
from models.mediation import MediationSession
from models.party import Party, Side
from models.person import Person
from models.referral import CourtReferral
from models.remark import Remark
from models.unit import Unit
from models.visit import Visit
from papers.index import Standing, shelf
from papers.reading import matter_of
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.language import named
from web.sentences import Line, timeline

PAGE = 50
SHOWN = 30
MOST_EVENTS = 1000


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    dispute: Dispute
    applicant: str
    respondent: str
    mediator: Person | None
    late: list[Late]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; addresses hold codes, days and states only."""

    tab: str = "open"
    status: DisputeStatus | None = None
    category: int | None = None
    unit: int | None = None
    since: date | None = None
    until: date | None = None
    lack: Lack | None = None
    centre: int | None = None


def whole(reference: str) -> Select[tuple[Dispute]]:
    """One dispute in scope with what its page shows."""
    return current().disputes(Permission.DISPUTE_READ).where(Dispute.reference == reference).options(
        joinedload(Dispute.category).joinedload(Category.parent),
        joinedload(Dispute.centre),
        selectinload(Dispute.parties).options(
            selectinload(Party.representatives), selectinload(Party.rights_notices)
        ),
        selectinload(Dispute.claims),
        selectinload(Dispute.visits).joinedload(Visit.taken_by),
        selectinload(Dispute.units).joinedload(DisputeUnit.unit),
        selectinload(Dispute.callouts).options(
            joinedload(Callout.unit),
            selectinload(Callout.objections),
            selectinload(Callout.pauses),
        ),
        selectinload(Dispute.assignments).joinedload(Assignment.person),
        selectinload(Dispute.invitations),
        selectinload(Dispute.hand_overs),
        selectinload(Dispute.remarks),
        selectinload(Dispute.referrals).selectinload(CourtReferral.numbers),
        selectinload(Dispute.sessions).options(
            joinedload(MediationSession.body),
            joinedload(MediationSession.agreement).selectinload(Agreement.terms),
        ),
    )  # fmt: skip


def story(dispute: Dispute) -> list[Line]:
    """What happened, newest first."""
    rows = select(Event).where(Event.stream == dispute.stream, Event.kind.not_in(UNTOLD))
    events = list(db.session().scalars(rows.order_by(Event.seq.desc()).limit(MOST_EVENTS)))
    lines = timeline(events)
    if not any(line.kind == EventKind.CALLOUT_ARRANGE for line in lines):
        return lines
    arranged = {key: one.arranged for key, one in arrangements(db.session(), dispute).items()}
    return [
        replace(line, words=gettext("%(sentence)s: %(words)s", sentence=line.words, words=arranged[event.subject_id]))
        if line.kind == EventKind.CALLOUT_ARRANGE and event.subject_id in arranged else line
        for line, event in zip(lines, events, strict=True)
    ]  # fmt: skip


def reasons(dispute: Dispute) -> list[tuple[Remark, str]]:
    """The reasons given in words, newest first, each with who gave it."""
    ids = {remark.by_id for remark in dispute.remarks}
    names = {person.id: named(person) for person in db.session().scalars(select(Person).where(Person.id.in_(ids)))}
    return [(remark, names.get(remark.by_id or 0, "")) for remark in reversed(dispute.remarks)]


def deadlines_of(dispute: Dispute) -> list[Deadline]:
    """Everything that runs or ran in one dispute."""
    found = select(Deadline).where(Deadline.dispute_id == dispute.id).options(selectinload(Deadline.pauses))
    return list(db.session().scalars(found.order_by(Deadline.due_on, Deadline.id)))


def shelved(dispute: Dispute) -> list[Standing]:
    """The papers of the dispute, for those who may make them; nothing for everybody else."""
    reached = current().disputes(Permission.PAPER_MAKE).where(Dispute.id == dispute.id).with_only_columns(Dispute.id)
    if db.session().scalar(reached) is None:
        return []
    return shelf(matter_of(db.session(), dispute, current_app.extensions["sealer"], now()))


def leading(dispute: Dispute) -> Unit:
    """Who leads: the unit it was handed to, else the house that holds it."""
    return (units_with(dispute, Part.LEAD) or units_with(dispute, Part.HOLDER) or [dispute.centre.unit])[-1]


def listed(filters: Filters) -> Select[tuple[Dispute]]:
    """The disputes of a tab, narrowed by the filters."""
    statement = current().disputes(Permission.DISPUTE_READ)
    if filters.tab == "mine":
        statement = statement.where(mine(), Dispute.status.in_(OPEN))
    elif filters.tab == "open":
        statement = statement.where(Dispute.status.in_(OPEN))
    elif filters.tab == "late":
        statement = statement.where(late(now(), mediator_limit()))
    if filters.status is not None:
        statement = statement.where(Dispute.status == filters.status)
    if filters.category is not None:
        below = select(Category.id).where(or_(Category.id == filters.category, Category.parent_id == filters.category))
        statement = statement.where(Dispute.category_id.in_(below))
    if filters.unit is not None:
        statement = statement.where(
            exists().where(DisputeUnit.dispute_id == Dispute.id, DisputeUnit.unit_id == filters.unit)
        )
    if filters.since is not None:
        statement = statement.where(Dispute.registered_at >= day_bounds(filters.since)[0])
    if filters.until is not None:
        statement = statement.where(Dispute.registered_at < day_bounds(filters.until)[1])
    if filters.lack is not None:
        statement = statement.where(lacking(filters.lack))
    if filters.centre is not None:
        statement = statement.where(Dispute.centre_id == filters.centre)
    return statement


def mine() -> Any:
    """Disputes this person mediates, records or took in."""
    person = current().person
    me = person.id if person is not None else 0
    return or_(
        exists().where(Assignment.dispute_id == Dispute.id, Assignment.person_id == me, Assignment.until.is_(None)),
        exists().where(Visit.dispute_id == Dispute.id, Visit.taken_by_id == me),
    )


def page_of(statement: Select[tuple[Dispute]], before: int | None, after: int | None) -> tuple[list[Row], bool, bool]:
    """Up to fifty lines, newest first, and whether there are newer and older ones; by id, never by counting."""
    ordered = statement.order_by(Dispute.id.desc())
    if before is not None:
        ordered = statement.where(Dispute.id < before).order_by(Dispute.id.desc())
    elif after is not None:
        ordered = statement.where(Dispute.id > after).order_by(Dispute.id)
    found = list(db.session().scalars(ordered.limit(PAGE + 1).options(*_for_rows())))
    more, found = len(found) > PAGE, found[:PAGE]
    if after is not None and before is None:
        found.reverse()
        return rows(found), more, True
    return rows(found), before is not None, more


def _for_rows() -> tuple[Any, ...]:
    return (
        joinedload(Dispute.category).joinedload(Category.parent),
        selectinload(Dispute.parties).load_only(Party.side, Party.name, Party.position, Party.dispute_id),
        selectinload(Dispute.assignments).joinedload(Assignment.person),
    )


def rows(disputes: list[Dispute]) -> list[Row]:
    marks = late_marks(db.session(), [dispute.id for dispute in disputes], now(), mediator_limit())
    return [
        Row(dispute, _first(dispute, Side.APPLICANT), _first(dispute, Side.RESPONDENT),
            assigned(dispute, Duty.MEDIATOR), marks.get(dispute.id, []))
        for dispute in disputes
    ]  # fmt: skip


def _first(dispute: Dispute, side: Side) -> str:
    return next((party.name for party in dispute.parties if party.side is side), "")


def mediator_limit() -> int:
    centre = current().centre
    return int(centre.setting(db.session(), "mediator_limit")) if centre else 10


def found_by(statement: Select[tuple[Dispute]]) -> list[Row]:
    return rows(list(db.session().scalars(statement.order_by(Dispute.id.desc()).limit(PAGE).options(*_for_rows()))))
