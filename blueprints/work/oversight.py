"""What waits for the duty leader, for an officer of a unit, and for whoever plans the rosters."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext
from sqlalchemy import Select, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.work.items import SHOWN, SOON, Item, beside, called, of_callout, page_of, some
from models.calendar import next_working_day
from models.callout import Callout
from models.clock import local_day
from models.coordination import Coordination
from models.dispute import Dispute
from models.duty import NEEDS_DUTY, somebody
from models.duty_turn import DutyTurn
from models.hand_over import HandOver
from models.ladder import for_leader, moments, waiting
from models.lateness import awaited, promised, unanswered, without_mediator
from models.objection import Objection
from models.recusal import Recusal
from models.time_request import TimeRequest
from models.unit import Unit
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import clock_time, day
from web.labels import label
from web.language import named

P = Permission


def waited_for(setting: str) -> timedelta:
    """After so long something that waits for the leader is late."""
    return timedelta(minutes=int(current().settings[setting]))


def objections() -> list[Item]:
    """Silence on an objection is late itself."""
    at, limit = now(), waited_for("objection_minutes")
    found = some(
        select(Objection).join(Callout)
        .where(Objection.decided_at.is_(None), Callout.still_open(),
               current().reaches(Callout.dispute_id, P.OBJECTION_DECIDE))
        .options(joinedload(Objection.callout).options(joinedload(Callout.unit), joinedload(Callout.dispute)))
        .order_by(Objection.id.desc())
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}",
             url_for("dispatch.show_callout", callout_id=one.callout_id), clock_time(one.raised_at),
             at - one.raised_at >= limit)
        for one in found
    ]  # fmt: skip


def time_requests() -> list[Item]:
    """Units that asked for more time; what waits longer than the deputy's minutes is late."""
    at, limit = now(), waited_for("deputy_minutes")
    found = some(
        select(TimeRequest).join(Callout)
        .where(TimeRequest.decided_at.is_(None), Callout.still_awaited(),
               current().reaches(Callout.dispute_id, P.OBJECTION_DECIDE))
        .options(joinedload(TimeRequest.callout).options(joinedload(Callout.unit), joinedload(Callout.dispute)))
        .order_by(TimeRequest.id.desc())
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}", url_for("decisions.list_decisions"),
             clock_time(one.asked_at), at - one.asked_at >= limit)
        for one in found
    ]  # fmt: skip


def unpressed_steps() -> list[Item]:
    """Second whistles and requests to the district that wait for somebody's tap."""
    at, settings, limit = now(), current().settings, waited_for("unpressed_minutes")
    found = db.session().scalars(
        waiting(at).where(current().reaches(Callout.dispute_id, P.OBJECTION_DECIDE))
        .options(joinedload(Callout.unit), joinedload(Callout.dispute), joinedload(Callout.whistle),
                 selectinload(Callout.steps), *beside())
    ).unique()  # fmt: skip
    steps = [
        (callout, step, moments(callout, settings)[step])
        for callout in found for step in for_leader(callout, at, settings)[:1]
    ]  # fmt: skip
    return [
        Item(f"{label(step)} {named(callout.unit)} {callout.dispute.short_number}",
             url_for("decisions.list_decisions"), clock_time(due), at - due >= limit)
        for callout, step, due in steps[: SHOWN + 1]
    ]  # fmt: skip


def recusals() -> list[Item]:
    """Parties that asked for another mediator or recorder and have no answer yet."""
    found = some(
        select(Recusal)
        .where(Recusal.decided_at.is_(None), current().reaches(Recusal.dispute_id, P.RECUSAL_DECIDE))
        .options(joinedload(Recusal.dispute), joinedload(Recusal.person)).order_by(Recusal.id)
    )  # fmt: skip
    return [
        Item(f"{named(one.person)} {one.dispute.short_number}",
             url_for("taking_down.show_recusal", recusal_id=one.id), clock_time(one.asked_at))
        for one in found
    ]  # fmt: skip


def late_callouts() -> list[Item]:
    found = some(
        select(Callout).where(awaited(now()), current().reaches(Callout.dispute_id, P.OBJECTION_DECIDE))
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
        .where(unanswered(), HandOver.reply_by <= today + SOON, current().reaches(HandOver.dispute_id, permission))
        .options(joinedload(HandOver.dispute), joinedload(HandOver.unit)).order_by(HandOver.reply_by, HandOver.id)
    )  # fmt: skip
    return [
        Item(f"{named(one.unit)} {one.dispute.short_number}", page_of(one.dispute), day(one.reply_by),
             one.reply_by < today)
        for one in found
    ]  # fmt: skip


def promises() -> list[Item]:
    """Questions that units took back: the reply is overdue or due within a week."""
    today = local_day(now())
    found = some(
        select(Callout)
        .where(promised(), Callout.answer_due_on <= today + SOON,
               current().reaches(Callout.dispute_id, P.CALLOUT_RECORD))
        .options(joinedload(Callout.dispute), joinedload(Callout.unit)).order_by(Callout.answer_due_on, Callout.id)
    )  # fmt: skip
    return [
        Item(f"{named(one.unit)} {one.dispute.short_number}",
             url_for("dispatch.show_callout", callout_id=one.id) + "#reply", day(one.answer_due_on),
             one.answer_due_on < today)
        for one in found
    ]  # fmt: skip


def coordinations() -> list[Item]:
    """What the district was asked to arrange; whoever asked has waited through the whole ladder already."""
    found = some(
        Coordination.asked_of(current().paths(P.COORDINATION_ARRANGE)).where(Coordination.still_waiting())
        .options(joinedload(Coordination.callout).options(joinedload(Callout.unit), joinedload(Callout.dispute)))
        .order_by(Coordination.asked_at)
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}",
             url_for("coordinations.show_coordination", coordination_id=one.id),
             gettext("since %(time)s", time=clock_time(one.asked_at)), is_late=True)
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


def own_gaps() -> list[Item]:
    """The person's own units that nobody answers for on the next working day."""
    coming = _next_working_day()
    plans = tuple(current().served_paths(P.ROSTER_EDIT))
    found = _without_duty(current().paths(P.CALLOUT_RESPOND), coming).order_by(Unit.sort_key).limit(SHOWN + 1)
    return [
        Item(named(unit), url_for("duty.edit_duty" if plans and unit.path.startswith(plans) else "record.show_record",
                                  unit_id=unit.id), gettext("nobody on duty on %(day)s", day=day(coming)))
        for unit in db.session().scalars(found)
    ]  # fmt: skip


def gaps() -> list[Item]:
    """One line for whoever watches the rosters of all units."""
    coming = _next_working_day()
    units = _without_duty(current().served_paths(P.ROSTER_READ), coming).with_only_columns(func.count(Unit.id))
    count = db.session().scalar(units)
    words = gettext("%(count)s units have nobody on duty on %(day)s", count=count, day=day(coming))
    return [Item(words, url_for("duty.list_gaps"))] if count else []


def _next_working_day() -> date:
    centre, today = current().centre, local_day(now())
    return next_working_day(db.session(), centre.id, today) if centre else today + timedelta(days=1)


def _without_duty(paths: list[str], on: date) -> Select[tuple[Unit]]:
    within = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return select(Unit).where(or_(false(), *within), Unit.is_active, Unit.kind.in_(NEEDS_DUTY),
                              ~exists().where(DutyTurn.unit_id == Unit.id, DutyTurn.day == on, somebody()))  # fmt: skip
