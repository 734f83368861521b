"""Referrals in reach: the queue with the day on which the next step is due, and one referral with what it shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy import func as sql
from sqlalchemy.orm import joinedload, selectinload

from models.assignment import Assignment, Duty, assigned
from models.clock import day_bounds, local_day
from models.court_modes import are_chosen
from models.court_number import CourtNumber, court_number_key
from models.court_waiting import due_on, is_to_report, is_unsent
from models.dispute import Dispute
from models.filing_handover import FilingHandover
from models.party import Party
from models.person import Person
from models.referral import CourtReferral
from models.referral_course import BACK, IN_HAND, MODE_SETTINGS, CourtMode, ReferralStatus
from models.search_keys import folded
from models.unit import Unit, UnitKind
from models.visit import Visit
from security.identity import current
from security.permissions import Permission
from transaction import db, now

P = Permission
MOST = 200
WEEK = timedelta(days=7)
WAITING = IN_HAND | {ReferralStatus.SUCCEEDED}


@dataclass(frozen=True)
class Narrowed:
    """What the queue is narrowed to; every part may stand in an address."""

    mode: CourtMode | None = None
    case_type: int | None = None
    mediator: int | None = None


@dataclass(frozen=True)
class Row:
    """A referral of the list, its mediator, and by when the next step is due."""

    referral: CourtReferral
    due_on: date | None

    @property
    def mediator(self) -> Person | None:
        dispute = self.referral.dispute
        return assigned(dispute, Duty.MEDIATOR) if dispute is not None else None

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < local_day(now())


def counts(narrowed: Narrowed) -> dict[str, int]:
    """How many stand in each list of what is still in the house's hands, in one statement."""
    today = local_day(now())
    rows = _narrow(current().referrals(P.REFERRAL_READ).where(CourtReferral.status.in_(WAITING)), narrowed)
    each = rows.with_only_columns(
        CourtReferral.status.label("status"), due_on().label("due"), is_to_report().label("to_report")
    ).subquery()
    wanted = {"sign": each.c.status == ReferralStatus.SENT, "today": each.c.due == today,
              "week": each.c.due.between(today, today + WEEK), "late": each.c.due < today,
              "report": each.c.to_report}  # fmt: skip
    found = db.session().execute(select(*(sql.count(case((one, 1))) for one in wanted.values()))).one()
    return dict(zip(wanted, found, strict=True))


def listed(tab: str, narrowed: Narrowed, most: int = MOST) -> list[Row]:
    """One list of the queue, the nearest day first; one more than is shown."""
    due, today = due_on(), local_day(now())
    wanted = {
        "sign": CourtReferral.status == ReferralStatus.SENT,
        "today": due == today,
        "week": due.between(today, today + WEEK),
        "late": due < today,
        "report": is_to_report(),
        "open": or_(CourtReferral.status.in_(IN_HAND), is_unsent()),
        "back": and_(CourtReferral.status.in_(BACK), ~is_unsent()),
    }[tab]
    statement = _narrow(current().referrals(P.REFERRAL_READ).where(wanted), narrowed)
    statement = statement.add_columns(due.label("due")).options(*_beside())
    newest_first = tab == "back"
    order = (CourtReferral.id.desc(),) if newest_first else (due.is_(None), due, CourtReferral.id)
    return [Row(one, day) for one, day in db.session().execute(statement.order_by(*order).limit(most + 1))]


def found(words: str) -> list[Row]:
    """By a number, old or new, or by the name of a party as it begins."""
    name, number = folded(words), court_number_key(words)
    numbered = exists().where(CourtNumber.referral_id == CourtReferral.id, CourtNumber.key == number)
    ways: list[ColumnElement[bool]] = [numbered]
    if len(name) > 1:
        party = exists().where(Party.name_key.startswith(name, autoescape=True),
                               or_(Party.dispute_id == CourtReferral.dispute_id,
                                   Party.visit_id == CourtReferral.visit_id))  # fmt: skip
        ways.append(party)
    statement = current().referrals(P.REFERRAL_READ).where(or_(*ways)).options(*_beside())
    due = due_on()
    rows = db.session().execute(statement.add_columns(due.label("due")).order_by(CourtReferral.id.desc()).limit(MOST))
    return [Row(one, day) for one, day in rows]


def signed_on(day: date) -> list[CourtReferral]:
    """Everything that was signed for on this day, in the order of the list."""
    statement = current().referrals(P.REFERRAL_READ).where(CourtReferral.signed_on == day,
                                                           CourtReferral.mode != CourtMode.OWN)  # fmt: skip
    return list(db.session().scalars(statement.options(*_beside()).order_by(CourtReferral.id)))


def released_on(day: date) -> list[FilingHandover]:
    """Every pack that left the house on this day."""
    begin, end = day_bounds(day)
    reach = current().referrals(P.REFERRAL_READ).with_only_columns(CourtReferral.id)
    statement = (
        select(FilingHandover)
        .where(FilingHandover.referral_id.in_(reach), FilingHandover.released_at >= begin,
               FilingHandover.released_at < end)
        .options(joinedload(FilingHandover.referral).options(*_beside())).order_by(FilingHandover.id)
    )  # fmt: skip
    return list(db.session().scalars(statement))


def referral(permission: Permission, referral_id: int) -> Select[tuple[CourtReferral]]:
    return current().referrals(permission).where(CourtReferral.id == referral_id).options(*_beside())


def courts() -> list[Unit]:
    """The person's own court; for whoever works in the house every court."""
    statement = select(Unit).where(Unit.kind == UnitKind.COURT, Unit.is_active).order_by(Unit.sort_key)
    known = list(db.session().scalars(statement))
    person = current().person
    own = [unit for unit in known for held in (person.roles if person else ()) if held.unit_id == unit.id]
    return own or known


def modes_until_chosen() -> list[CourtMode]:
    """What is taken while the manager of a new house has not said it; nothing once it is said."""
    centre = current().centre
    if centre is None or are_chosen(db.session(), centre):
        return []
    return [mode for mode in CourtMode if current().settings[MODE_SETTINGS[mode]]]


def _narrow(statement: Select[Any], narrowed: Narrowed) -> Select[Any]:
    if narrowed.mode is not None:
        statement = statement.where(CourtReferral.mode == narrowed.mode)
    if narrowed.case_type is not None:
        statement = statement.where(CourtReferral.case_type_id == narrowed.case_type)
    if narrowed.mediator is not None:
        statement = statement.where(
            exists().where(Assignment.dispute_id == CourtReferral.dispute_id, Assignment.until.is_(None),
                           Assignment.duty == Duty.MEDIATOR, Assignment.person_id == narrowed.mediator)
        )  # fmt: skip
    return statement


def _beside() -> list[Any]:
    return [
        joinedload(CourtReferral.case_type), joinedload(CourtReferral.court), selectinload(CourtReferral.numbers),
        joinedload(CourtReferral.visit).selectinload(Visit.parties),
        joinedload(CourtReferral.dispute).selectinload(Dispute.parties),
        joinedload(CourtReferral.dispute).selectinload(Dispute.assignments).joinedload(Assignment.person),
    ]  # fmt: skip
