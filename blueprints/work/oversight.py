"""What waits for the duty leader, for an officer of a unit, and for whoever plans the rosters."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext
from sqlalchemy import exists, false, or_, select
from sqlalchemy.orm import joinedload

from blueprints.work.items import SHOWN, SOON, Item, beside, called, of_callout, page_of, reach, some
from models.callout import Callout
from models.clock import local_day
from models.dispute import Dispute
from models.hand_over import HandOver
from models.lateness import awaited, unanswered, without_mediator
from models.objection import Objection
from models.time_request import TimeRequest
from models.unit import DutyTurn, Unit, UnitKind
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import clock_time, day
from web.language import named

P = Permission

# Who answers whistles and therefore needs a duty officer every day.
CALLED = (UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)


def objections() -> list[Item]:
    found = some(
        select(Objection).join(Callout)
        .where(Objection.decided_at.is_(None), Callout.still_open(),
               Callout.dispute_id.in_(reach(P.OBJECTION_DECIDE)))
        .options(joinedload(Objection.callout).options(joinedload(Callout.unit), joinedload(Callout.dispute)))
        .order_by(Objection.id.desc())
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}",
             url_for("dispatch.show_callout", callout_id=one.callout_id), clock_time(one.raised_at))
        for one in found
    ]  # fmt: skip


def time_requests() -> list[Item]:
    """Units that asked for more time; what waits longer than the deputy's minutes is late."""
    centre = current().centre
    limit = timedelta(minutes=int(centre.setting(db.session(), "deputy_minutes")) if centre else 3)
    found = some(
        select(TimeRequest).join(Callout)
        .where(TimeRequest.decided_at.is_(None), Callout.still_awaited(),
               Callout.dispute_id.in_(reach(P.OBJECTION_DECIDE)))
        .options(joinedload(TimeRequest.callout).options(joinedload(Callout.unit), joinedload(Callout.dispute)))
        .order_by(TimeRequest.id.desc())
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}", url_for("decisions.list_decisions"),
             clock_time(one.asked_at), now() - one.asked_at >= limit)
        for one in found
    ]  # fmt: skip


def late_callouts() -> list[Item]:
    found = some(
        select(Callout).where(awaited(now()), Callout.dispute_id.in_(reach(P.OBJECTION_DECIDE)))
        .options(joinedload(Callout.dispute), joinedload(Callout.unit), *beside())
        .order_by(Callout.due_at)
    )  # fmt: skip
    return [of_callout(callout, url_for("dispatch.show_callout", callout_id=callout.id)) for callout in found]


def lacking_mediator() -> list[Item]:
    centre = current().centre
    limit = int(centre.setting(db.session(), "mediator_limit")) if centre else 10
    found = some(
        current().disputes(P.OBJECTION_DECIDE).where(without_mediator(now(), limit))
        .options(joinedload(Dispute.category)).order_by(Dispute.id)
    )  # fmt: skip
    return [
        Item(called(dispute), url_for("dispatch.edit_assignments", reference=dispute.reference), is_late=True)
        for dispute in found
    ]


def replies(permission: P) -> list[Item]:
    """Hand-overs whose reply is overdue or due within a week."""
    today = local_day(now())
    found = some(
        select(HandOver).join(Dispute)
        .where(unanswered(), HandOver.reply_by <= today + SOON, HandOver.dispute_id.in_(reach(permission)))
        .options(joinedload(HandOver.dispute), joinedload(HandOver.unit)).order_by(HandOver.reply_by, HandOver.id)
    )  # fmt: skip
    return [
        Item(f"{named(one.unit)} {one.dispute.short_number}", page_of(one.dispute), day(one.reply_by),
             one.reply_by < today)
        for one in found
    ]  # fmt: skip


def own_callouts() -> list[Item]:
    """Open callouts of the units this person answers for."""
    found = some(
        current().callouts(P.CALLOUT_RESPOND)
        .where(Callout.still_open())
        .options(joinedload(Callout.dispute), joinedload(Callout.unit), *beside())
        .order_by(Callout.due_at)
    )  # fmt: skip
    return [of_callout(callout, url_for("callouts.show_callout", callout_id=callout.id)) for callout in found]


def unplanned() -> list[Item]:
    """Units in reach that have nobody on duty tomorrow."""
    tomorrow = local_day(now()) + timedelta(days=1)
    within = [Unit.path.startswith(path, autoescape=True) for path in current().served_paths(P.ROSTER_EDIT)]
    found = db.session().scalars(
        select(Unit)
        .where(or_(false(), *within), Unit.is_active, Unit.kind.in_(CALLED),
               ~exists().where(DutyTurn.unit_id == Unit.id, DutyTurn.day == tomorrow))
        .order_by(Unit.sort_key).limit(SHOWN + 1)
    )  # fmt: skip
    return [
        Item(named(unit), url_for("duty.edit_duty", unit_id=unit.id), gettext("nobody on duty tomorrow"))
        for unit in found
    ]
