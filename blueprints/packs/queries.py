"""What a pack holds: telephones of today's duty officers, and where each open matter stands."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.callout import Callout
from models.centre import Centre
from models.clock import local_day
from models.dispute import Dispute
from models.duty_turn import DutyTurn
from models.room import Room, RoomUse
from models.unit import Unit, UnitKind
from security.identity import current
from security.permissions import Permission
from transaction import db, now


@dataclass(frozen=True)
class Line:
    """One unit of today's telephone list."""

    unit: Unit
    officer: str
    telephone: str


def telephones(centre: Centre) -> list[Line]:
    """Whoever answers a whistle today, with the unit's own number where no officer is entered."""
    served = centre.unit.served_path
    units = db.session.scalars(
        select(Unit)
        .where(Unit.is_active, Unit.kind.in_([UnitKind.CENTRE, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.COURT]),
               Unit.path.startswith(served, autoescape=True))
        .order_by(Unit.kind, Unit.sort_key)
    ).all()  # fmt: skip
    turns = {turn.unit_id: turn for turn in db.session.scalars(
        select(DutyTurn).where(DutyTurn.day == local_day(now()), DutyTurn.unit_id.in_([unit.id for unit in units]))
    )}  # fmt: skip
    sealer = current_app.extensions["sealer"]
    lines = []
    for unit in units:
        turn = turns.get(unit.id)
        own = turn.clear_telephone(sealer) if turn else ""
        if own or unit.telephone:
            lines.append(Line(unit, f"{turn.name} {turn.post}".strip() if turn else "", own or unit.telephone))
    return lines


def open_matters() -> list[tuple[Dispute, Room | None]]:
    """Everything on the board now, with its room."""
    disputes = db.session.scalars(
        current().disputes(Permission.BOARD_READ).where(Dispute.on_board_since.is_not(None))
        .options(joinedload(Dispute.category), selectinload(Dispute.callouts).options(
            joinedload(Callout.unit), selectinload(Callout.objections), selectinload(Callout.pauses)))
        .order_by(Dispute.id)
    ).all()  # fmt: skip
    uses = select(RoomUse).where(RoomUse.until.is_(None)).options(joinedload(RoomUse.room))
    rooms = {use.dispute_id: use.room for use in db.session.scalars(uses)}
    return [(dispute, rooms.get(dispute.id)) for dispute in disputes]
