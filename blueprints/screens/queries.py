"""The screens a person may manage."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from models.centre import Centre, centres_below
from models.room import Room
from models.screen import Screen
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.responses import found_or_404

MANAGE = Permission.SCREEN_MANAGE


def own_centre() -> Centre:
    """The house the person works in, if its screens are in reach; else the first that is."""
    within, own = centres_below(current().paths(MANAGE)), current().centre
    centre = db.session.scalars(within.where(Centre.id == own.id)).first() if own else None
    return centre or found_or_404(within)


def screens_in_reach() -> Select[tuple[Screen]]:
    centres = centres_below(current().paths(MANAGE)).order_by(None).with_only_columns(Centre.id)
    return select(Screen).where(Screen.centre_id.in_(centres))


def screens_of(centre: Centre) -> list[Screen]:
    """Connected and waiting ones first, then what was withdrawn, the newest first."""
    statement = screens_in_reach().where(Screen.centre_id == centre.id).options(joinedload(Screen.room))
    return list(db.session.scalars(statement.order_by(Screen.revoked_at.is_not(None), Screen.id.desc()).limit(200)))


def rooms_of(centre: Centre) -> list[Room]:
    return list(
        db.session.scalars(select(Room).where(Room.centre_id == centre.id, Room.is_active).order_by(Room.position))
    )
