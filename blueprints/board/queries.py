"""The one read of the boards: plain rows by a constant number of statements, whatever face shows them afterwards."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.board.rows import NEVER, BoardRow, CalloutRow, InvitationRow, Place, StopRow
from models import lack
from models.assignment import Assignment, Duty
from models.callout import Callout
from models.category import Category
from models.centre import DEFAULTS, Setting
from models.coordination import Coordination
from models.dispute import Dispute
from models.invitation import Invitation
from models.ladder import LadderStep, Step
from models.mediation import MediationSession
from models.objection import Objection
from models.party import Party
from models.pause import Pause
from models.person import Person
from models.prepared import Prepared, Reading
from models.risk import Risk, RiskTick
from models.room import Room, RoomUse
from models.sending import needs_telephone
from models.unit import Unit
from models.visit import Visit
from models.whistle import Whistle

# Matters of minors, the sick and violence at home are named by kind on no screen.
SHIELDED = (Risk.VULNERABLE, Risk.DOMESTIC)

_awaited = Callout.still_awaited()
_paused = exists().where(Pause.callout_id == Callout.id, Pause.until.is_(None), Pause.taken_back_at.is_(None))
_undecided = Objection.decided_at.is_(None)
_main, _mediator = aliased(Category), aliased(Person)
_leads, _visits = aliased(Assignment), aliased(Visit)
_leading = and_(_leads.dispute_id == Dispute.id, _leads.duty == Duty.MEDIATOR, _leads.until.is_(None))
_seated = and_(RoomUse.dispute_id == Dispute.id, RoomUse.until.is_(None))

_listed = bindparam("ids", expanding=True)
_places = select(
    Dispute.id,
    select(func.min(Callout.due_at))
    .where(Callout.dispute_id == Dispute.id, _awaited, ~_paused)
    .scalar_subquery()
    .label("due"),
    select(func.min(Whistle.sounded_at)).where(Whistle.dispute_id == Dispute.id).scalar_subquery().label("sounded"),
    lack.mediated().label("mediated"),
    lack.seated().label("seated"),
    lack.objected().label("objected"),
    lack.uncalled().label("uncalled"),
    select(Setting.value)
    .where(Setting.centre_id == Dispute.centre_id, Setting.name == "mediator_limit")
    .scalar_subquery()
    .label("limit"),
    select(Setting.value)
    .where(Setting.centre_id == Dispute.centre_id, Setting.name == "second_minutes")
    .scalar_subquery()
    .label("second"),
).where(Dispute.on_board_since.is_not(None), Dispute.centre_id == bindparam("centre_id"))
_PLACES, _SOME_PLACES = Prepared(_places), Prepared(_places.where(Dispute.id.in_(_listed)))

_DISPUTES = Prepared(
    select(
        Dispute.id,
        Dispute.reference,
        Dispute.number,
        Dispute.status,
        Dispute.on_board_since,
        (Dispute.non_public | Category.non_public).label("non_public"),
        exists().where(RiskTick.dispute_id == Dispute.id, RiskTick.risk.in_(SHIELDED)).label("shielded"),
        Category.name.label("kind"),
        Category.name_en.label("kind_en"),
        _main.name.label("main"),
        _main.name_en.label("main_en"),
        Room.name.label("room"),
        Room.name_en.label("room_en"),
        Room.purpose,
        _mediator.name.label("mediator"),
        _mediator.name_en.label("mediator_en"),
        Visit.id.label("visit_id"),
        Visit.queue_number,
        Visit.day,
        Visit.head_count,
        Visit.representatives,
        Visit.called_at,
        MediationSession.id.label("session_id"),
    )
    .join(Category, Category.id == Dispute.category_id)
    .outerjoin(_main, _main.id == Category.parent_id)
    .outerjoin(RoomUse, _seated)
    .outerjoin(Room, Room.id == RoomUse.room_id)
    .outerjoin(_leads, _leading)
    .outerjoin(_mediator, _mediator.id == _leads.person_id)
    .outerjoin(
        Visit, Visit.id == select(func.max(_visits.id)).where(_visits.dispute_id == Dispute.id).scalar_subquery()
    )
    .outerjoin(MediationSession, and_(MediationSession.dispute_id == Dispute.id, MediationSession.ended_at.is_(None)))
    .where(Dispute.id.in_(_listed))
)

_CALLOUTS = Prepared(
    select(
        Callout.dispute_id,
        Callout.id,
        Unit.name,
        Unit.name_en,
        Callout.question,
        Callout.version,
        Whistle.level,
        Callout.sounded_at,
        Callout.due_at,
        Callout.delivered_at.is_not(None),
        Callout.acknowledged_at,
        Callout.on_the_way_at.is_not(None),
        Callout.arrived_at,
        Callout.arrival_method,
        Callout.arrival_confirmed_at.is_not(None),
        Callout.released_at.is_not(None),
        or_(Callout.stood_down_at.is_not(None), Callout.no_show_at.is_not(None)),
        Callout.wrong_codes,
        Callout.result,
        Objection.raised_at,
        Objection.reason,
        needs_telephone(),
        Whistle.is_drill,
        _paused,
        exists().where(LadderStep.callout_id == Callout.id, LadderStep.step == Step.REMINDER),
        exists().where(LadderStep.callout_id == Callout.id, LadderStep.step == Step.SECOND),
        Unit.telephone,
        Callout.planned_at.is_not(None),
        Coordination.asked_at,
        Coordination.arranged,
        case((Callout.still_promised(), Callout.answer_due_on)),
        Callout.no_show_at.is_not(None),
        Objection.confirmed_at.is_not(None),
    )
    .join(Unit, Unit.id == Callout.unit_id)
    .join(Whistle, Whistle.id == Callout.whistle_id)
    .outerjoin(Objection, and_(Objection.callout_id == Callout.id, _undecided))
    .outerjoin(Coordination, Coordination.callout_id == Callout.id)
    .where(Callout.dispute_id.in_(_listed))
    .order_by(Callout.id),
    CalloutRow,
)

_INVITATIONS = Prepared(
    select(
        Invitation.dispute_id,
        Invitation.id,
        Invitation.who,
        Party.name,
        Party.kind,
        Invitation.phone_result,
        Invitation.noted_at,
        Invitation.expected_at,
        Invitation.arrived_at,
    )
    .outerjoin(Party, Party.id == Invitation.party_id)
    .where(Invitation.dispute_id.in_(_listed))
    .order_by(Invitation.id),
    InvitationRow,
)


_there, _visited, _seat = aliased(Callout), aliased(Dispute), aliased(RoomUse)
_STOPS = Prepared(
    select(Callout.dispute_id, Callout.id, _there.planned_at, Room.name, Room.name_en)
    .join(Dispute, Dispute.id == Callout.dispute_id)
    .join(_there, _there.unit_id == Callout.unit_id)
    .join(_visited, and_(_visited.id == _there.dispute_id, _visited.centre_id == Dispute.centre_id))
    .outerjoin(_seat, and_(_seat.dispute_id == _there.dispute_id, _seat.until.is_(None)))
    .outerjoin(Room, Room.id == _seat.room_id)
    .where(Callout.dispute_id.in_(_listed), Callout.planned_at.is_not(None), Callout.still_open())
    .where(_there.planned_at.is_not(None), _there.released_at.is_(None), _there.stood_down_at.is_(None))
    .where(_there.no_show_at.is_(None))
    .order_by(_there.planned_at, _there.id),
    StopRow,
)


def board_order(reading: Reading, centre_id: int) -> list[Place]:
    """Every dispute on the centre's board: what is due first stands first, then the older number.

    A mediator is awaited like a unit. Late comes first by itself, and the passing of time changes nothing.
    """
    return in_order(_place(row) for row in reading.rows(_PLACES, centre_id=centre_id))


def places_of(reading: Reading, centre_id: int, ids: Collection[int]) -> list[Place]:
    """Of these disputes, those that are on the board."""
    return [_place(row) for row in reading.rows(_SOME_PLACES, centre_id=centre_id, ids=list(ids))]


def in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.due, place.id))


def _place(row: Any) -> Place:
    minutes = json.loads(row.limit) if row.limit else DEFAULTS["mediator_limit"]
    gap = row.sounded + timedelta(minutes=minutes) if row.sounded and not row.mediated else None
    due = min(row.due or NEVER, gap or NEVER)
    second = timedelta(minutes=json.loads(row.second) if row.second else DEFAULTS["second_minutes"])
    return Place(row.id, due, gap, bool(row.sounded), row.seated, row.objected, row.uncalled, second)


def board_rows(reading: Reading, places: Sequence[Place]) -> list[BoardRow]:
    """The rows of these places, in their order, by three statements, and one more where a visit is planned."""
    ids = [place.id for place in places]
    if not ids:
        return []
    disputes = {row.id: row for row in reading.rows(_DISPUTES, ids=ids)}
    callouts = _grouped(reading.rows(_CALLOUTS, ids=ids))
    invitations = _grouped(reading.rows(_INVITATIONS, ids=ids))
    planned = [key for key, rows in callouts.items() if any(row.is_planned for row in rows)]
    stops = _grouped(reading.rows(_STOPS, ids=planned) if planned else [])
    return [
        BoardRow(place, disputes[place.id], tuple(callouts[place.id]), tuple(invitations[place.id]),
                 tuple(stops[place.id]))
        for place in places
        if place.id in disputes
    ]  # fmt: skip


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.dispute_id].append(row)
    return groups
