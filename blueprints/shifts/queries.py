"""What the next shift has to know, in lists of few statements each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import Term
from models.assignment import Assignment
from models.callout import Callout
from models.clock import local_day
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.hand_over import HandOver
from models.lateness import promised, unanswered, unperformed
from models.lifecycle import OPEN
from models.room import Room, RoomUse
from models.takeover import signed_in
from models.visit import Channel, Visit, VisitPrint
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import clock_time, day
from web.labels import label
from web.language import named
from web.standing import standing

P = Permission
MOST = 60


@dataclass(frozen=True)
class Open:
    """One thing that is open: what, where it is done, and how it stands."""

    words: str
    url: str
    end: str = ""
    is_late: bool = False


def reached(dispute_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return current().reaches(dispute_id, P.BOARD_READ)


def left_behind() -> list[Open]:
    """Open matters led by somebody who is not signed in, and callouts of units with nobody on the roster today."""
    here, at = signed_in(db.session(), now()), now()
    held = db.session.scalars(
        select(Assignment)
        .where(reached(Assignment.dispute_id), Assignment.until.is_(None),
               exists().where(Dispute.id == Assignment.dispute_id, Dispute.status.in_(OPEN),
                              Dispute.on_board_since.is_not(None)))
        .options(joinedload(Assignment.dispute), joinedload(Assignment.person))
        .order_by(Assignment.dispute_id, Assignment.duty).limit(MOST)
    ).all()  # fmt: skip
    found = [
        Open(f"{one.dispute.short_number} {label(one.duty)} {named(one.person)}",
             url_for("dispatch.edit_assignments", reference=one.dispute.reference),
             gettext("off duty"), is_late=True)
        for one in held if one.person_id not in here
    ]  # fmt: skip
    nobody = ~exists().where(DutyTurn.unit_id == Callout.unit_id, DutyTurn.day == local_day(at))
    for callout in db.session.scalars(_awaited().where(nobody)):
        found.append(Open(f"{named(callout.unit)} {callout.dispute.short_number}", _page(callout),
                          gettext("nobody on duty"), is_late=True))  # fmt: skip
    return found


def open_callouts() -> list[Open]:
    return [
        Open(f"{named(callout.unit)} {callout.dispute.short_number}", _page(callout),
             standing(callout), callout.is_late(now()))
        for callout in db.session.scalars(_awaited())
    ]  # fmt: skip


def in_rooms() -> list[Open]:
    uses = db.session.execute(
        select(RoomUse, Dispute).join(Room).join(Dispute, Dispute.id == RoomUse.dispute_id)
        .where(RoomUse.until.is_(None), reached(Dispute.id))
        .options(joinedload(RoomUse.room)).order_by(Room.position, RoomUse.id).limit(MOST)
    ).all()  # fmt: skip
    return [
        Open(f"{named(use.room)} {dispute.short_number}", _file(dispute),
             gettext("since %(time)s", time=clock_time(use.since)))
        for use, dispute in uses
    ]  # fmt: skip


def queue() -> list[Open]:
    """候调: on the board without a room."""
    seated = exists().where(RoomUse.dispute_id == Dispute.id, RoomUse.until.is_(None))
    waiting = db.session.scalars(
        current().disputes(P.BOARD_READ)
        .where(Dispute.on_board_since.is_not(None), Dispute.status.in_(OPEN), ~seated)
        .options(joinedload(Dispute.category)).order_by(Dispute.on_board_since, Dispute.id).limit(MOST)
    )  # fmt: skip
    return [
        Open(f"{dispute.short_number} {named(dispute.category)}", _file(dispute),
             gettext("since %(time)s", time=clock_time(dispute.on_board_since)))
        for dispute in waiting
    ]  # fmt: skip


def unprinted() -> list[Open]:
    visits = db.session.scalars(
        select(Visit)
        .where(reached(Visit.dispute_id), Visit.day == local_day(now()),
               Visit.channel != Channel.COURT, ~exists().where(VisitPrint.visit_id == Visit.id))
        .order_by(Visit.id).limit(MOST)
    )  # fmt: skip
    return [
        Open(f"{visit.queue_number} {label(visit.purpose)}", url_for("intake.show_visit", visit_id=visit.id),
             clock_time(visit.arrived_at))
        for visit in visits
    ]  # fmt: skip


def promises() -> list[Open]:
    """What was promised for today and before: replies, answers taken back, terms, next dates."""
    today, session = local_day(now()), db.session
    replies = session.scalars(
        select(HandOver).where(unanswered(), HandOver.reply_by <= today, reached(HandOver.dispute_id))
        .options(joinedload(HandOver.dispute), joinedload(HandOver.unit)).order_by(HandOver.reply_by).limit(MOST)
    )  # fmt: skip
    answers = session.scalars(
        select(Callout).where(promised(), Callout.answer_due_on <= today, reached(Callout.dispute_id))
        .options(joinedload(Callout.dispute), joinedload(Callout.unit))
        .order_by(Callout.answer_due_on, Callout.id).limit(MOST)
    )  # fmt: skip
    terms = session.execute(
        select(Term, Dispute).where(unperformed(), Term.due_on <= today, reached(Dispute.id))
        .order_by(Term.due_on, Term.id).limit(MOST)
    )  # fmt: skip
    dates = session.scalars(
        current().disputes(P.BOARD_READ).where(Dispute.next_on == today)
        .options(joinedload(Dispute.category)).order_by(Dispute.id).limit(MOST)
    )  # fmt: skip
    return [
        *(_promise(one.dispute, gettext("reply of %(unit)s", unit=named(one.unit)), one.reply_by, today)
          for one in replies),
        *(_promise(one.dispute, gettext("reply of %(unit)s", unit=named(one.unit)), one.answer_due_on, today)
          for one in answers),
        *(_promise(dispute, gettext("term of the agreement"), term.due_on, today) for term, dispute in terms),
        *(_promise(dispute, gettext("next date"), today, today) for dispute in dates),
    ]  # fmt: skip


def _promise(dispute: Dispute, what: str, on: date, today: date) -> Open:
    return Open(f"{dispute.short_number} {what}", _file(dispute), day(on), on < today)


def _awaited() -> Select[tuple[Callout]]:
    return (
        select(Callout)
        .where(reached(Callout.dispute_id), Callout.still_awaited())
        .options(joinedload(Callout.dispute), joinedload(Callout.unit), selectinload(Callout.objections),
                 selectinload(Callout.pauses))
        .order_by(Callout.due_at).limit(MOST)
    )  # fmt: skip


def _page(callout: Callout) -> str:
    return url_for("dispatch.show_callout", callout_id=callout.id)


def _file(dispute: Dispute) -> str:
    return url_for("disputes.show_dispute", reference=dispute.reference)
