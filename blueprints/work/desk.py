"""What waits at the window. Each list takes a constant number of statements."""

from flask import url_for
from flask_babel import gettext
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.work.items import SHOWN, Item, beside, called, me, of_callout, page_of, some
from models.callout import Callout
from models.clock import local_day
from models.completeness import missing
from models.dispute import Dispute
from models.invitation import Invitation
from models.lifecycle import OPEN, DisputeStatus
from models.objection import Objection
from models.outage import outages
from models.sending import in_trouble, needs_telephone
from models.visit import Channel, Visit, VisitPrint
from models.whistle import Whistle
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import clock_time, moment
from web.labels import label
from web.language import named

P = Permission


def outages_open() -> list[Item]:
    """One line per silence until a person has gone through its list."""
    centre = current().centre
    found = outages(db.session(), centre, now()) if centre is not None else []
    return [
        Item(gettext("Outage from %(since)s to %(until)s", since=moment(one.silence.began),
                     until=moment(one.silence.ended)),
             url_for("outages.list_outages"), gettext("%(n)s to be asked", n=len(one.callouts) + len(one.invitations)),
             is_late=True)
        for one in found[: SHOWN + 1]
    ]  # fmt: skip


def without_whistle() -> list[Item]:
    """Visits whose dispute nobody has taken up: no whistle, no session."""
    waiting = some(
        current().disputes(P.WHISTLE_SOUND)
        .where(Dispute.on_board_since.is_not(None),
               Dispute.status.in_([DisputeStatus.REGISTERED, DisputeStatus.ACCEPTED]),
               ~exists().where(Whistle.dispute_id == Dispute.id))
        .options(joinedload(Dispute.category), selectinload(Dispute.visits)).order_by(Dispute.id)
    )  # fmt: skip
    return [
        Item(called(dispute), url_for("dispatch.new_whistle", reference=dispute.reference),
             gettext("%(queue)s since %(time)s", queue=dispute.visits[-1].queue_number,
                     time=clock_time(dispute.visits[-1].arrived_at)))
        for dispute in waiting
    ]  # fmt: skip


def incomplete() -> list[Item]:
    """Files this person took in that still lack something."""
    taken = exists().where(Visit.dispute_id == Dispute.id, Visit.taken_by_id == me())
    found = db.session().scalars(
        current().disputes(P.DISPUTE_EDIT).where(Dispute.status.in_(OPEN), taken)
        .options(joinedload(Dispute.category), selectinload(Dispute.parties), selectinload(Dispute.claims),
                 selectinload(Dispute.visits))
        .order_by(Dispute.id.desc()).limit(SHOWN * 3)
    )  # fmt: skip
    lacking = [(dispute, len(missing(dispute))) for dispute in found]
    return [
        Item(called(dispute), url_for("parties.edit_completion", reference=dispute.reference),
             gettext("%(n)s items still missing", n=count))
        for dispute, count in lacking if count
    ][: SHOWN + 1]  # fmt: skip


def uncalled() -> list[Item]:
    """Invited people nobody has reached on the telephone yet."""
    found = some(
        select(Invitation).join(Dispute)
        .where(current().reaches(Invitation.dispute_id, P.CALLOUT_RECORD), Invitation.phone_result.is_(None),
               Invitation.arrived_at.is_(None), Dispute.on_board_since.is_not(None))
        .options(joinedload(Invitation.dispute), joinedload(Invitation.party)).order_by(Invitation.id)
    )  # fmt: skip
    return [Item(one.name, page_of(one.dispute), one.dispute.short_number) for one in found]


def objected() -> list[Item]:
    """Objections by link: they count once somebody has rung the unit."""
    found = some(
        select(Objection).join(Callout)
        .where(current().reaches(Callout.dispute_id, P.CALLOUT_RECORD), Callout.still_awaited(),
               Objection.decided_at.is_(None), Objection.confirmed_at.is_(None))
        .options(joinedload(Objection.callout).options(joinedload(Callout.dispute), joinedload(Callout.unit)))
        .order_by(Objection.id)
    )  # fmt: skip
    return [
        Item(f"{named(one.callout.unit)} {one.callout.dispute.short_number}",
             url_for("dispatch.show_callout", callout_id=one.callout_id) + "#decision", clock_time(one.raised_at))
        for one in found
    ]  # fmt: skip


def expected() -> list[Item]:
    """Units on their way; who is late comes first by itself."""
    found = some(
        select(Callout)
        .where(current().reaches(Callout.dispute_id, P.CALLOUT_RECORD), Callout.still_awaited())
        .options(joinedload(Callout.dispute), joinedload(Callout.unit), *beside())
        .order_by(Callout.due_at)
    )  # fmt: skip
    return [of_callout(callout, url_for("dispatch.show_callout", callout_id=callout.id)) for callout in found]


def unreached() -> list[Item]:
    """Units a message did not reach, or may not have: somebody rings them. Over once they acknowledge."""
    found = some(
        select(Callout)
        .where(current().reaches(Callout.dispute_id, P.CALLOUT_RECORD), Callout.still_open(), needs_telephone())
        .options(joinedload(Callout.dispute), joinedload(Callout.unit), selectinload(Callout.objections))
        .order_by(Callout.due_at)
    )  # fmt: skip
    ways = in_trouble(db.session(), [one.id for one in found])
    return [
        Item(f"{named(one.unit)} {one.dispute.short_number}",
             url_for("dispatch.show_callout", callout_id=one.id) + "#telephone",
             gettext(", ").join(f"{name} {label(state)}" for name, state in ways[one.id]), one.is_late(now()))
        for one in found
    ]  # fmt: skip


def unconfirmed() -> list[Item]:
    """Arrivals that still need the desk's word."""
    found = some(
        select(Callout)
        .where(current().reaches(Callout.dispute_id, P.CALLOUT_RECORD), Callout.still_open(),
               Callout.arrived_at.is_not(None), Callout.arrival_confirmed_at.is_(None))
        .options(joinedload(Callout.dispute), joinedload(Callout.unit)).order_by(Callout.arrived_at)
    )  # fmt: skip
    return [
        Item(named(callout.unit), url_for("dispatch.show_callout", callout_id=callout.id), callout.dispute.short_number)
        for callout in found
    ]


def unprinted() -> list[Item]:
    """Visits of today whose people left, or may leave, without a slip."""
    found = some(
        select(Visit)
        .where(current().reaches(Visit.dispute_id, P.DISPUTE_EDIT), Visit.day == local_day(now()),
               Visit.channel != Channel.COURT, ~exists().where(VisitPrint.visit_id == Visit.id))
        .order_by(Visit.id)
    )  # fmt: skip
    return [
        Item(f"{visit.queue_number} {label(visit.purpose)}", url_for("intake.show_visit", visit_id=visit.id),
             clock_time(visit.arrived_at))
        for visit in found
    ]  # fmt: skip


def to_close() -> list[Item]:
    """The outcome stands; the parties' notice and the closing are still to come."""
    ended = [DisputeStatus.DECLINED, DisputeStatus.NOT_AGREED, DisputeStatus.WITHDRAWN]
    found = some(
        current().disputes(P.DISPUTE_CLOSE).where(Dispute.status.in_(ended))
        .options(joinedload(Dispute.category)).order_by(Dispute.id)
    )  # fmt: skip
    return [Item(called(dispute), page_of(dispute), label(dispute.status)) for dispute in found]
