"""待处理: what a card on the board still lacks. The board counts the cards by it, the list of disputes shows them."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists

from models.assignment import Assignment, Duty
from models.callout import Callout
from models.dispute import Dispute
from models.invitation import Invitation
from models.objection import Objection
from models.room import RoomUse
from models.whistle import Whistle
from models.words import _


class Lack(StrEnum):
    WHISTLE = "whistle"
    OBJECTION = "objection"
    MEDIATOR = "mediator"
    ROOM = "room"
    CALL = "call"


WORDS: dict[Lack, str] = {
    Lack.WHISTLE: _("Disputes without a whistle"),
    Lack.OBJECTION: _("Objections to decide"),
    Lack.MEDIATOR: _("Cards without a mediator"),
    Lack.ROOM: _("Waiting for a room"),
    Lack.CALL: _("Other side to be telephoned"),
}


def whistled() -> ColumnElement[bool]:
    return exists().where(Whistle.dispute_id == Dispute.id)


def mediated() -> ColumnElement[bool]:
    return exists().where(
        Assignment.dispute_id == Dispute.id, Assignment.duty == Duty.MEDIATOR, Assignment.until.is_(None)
    )


def seated() -> ColumnElement[bool]:
    return exists().where(RoomUse.dispute_id == Dispute.id, RoomUse.until.is_(None))


def objected() -> ColumnElement[bool]:
    """A unit that is still awaited has objected, and nobody has decided."""
    return exists().where(
        Callout.dispute_id == Dispute.id,
        Callout.still_awaited(),
        Objection.callout_id == Callout.id,
        Objection.decided_at.is_(None),
    )


def uncalled() -> ColumnElement[bool]:
    """Somebody was invited whom nobody has telephoned, and who has not come."""
    return exists().where(
        Invitation.dispute_id == Dispute.id, Invitation.phone_result.is_(None), Invitation.arrived_at.is_(None)
    )


def lacking(lack: Lack) -> ColumnElement[bool]:
    """The cards that stand under this count."""
    conditions = {
        Lack.WHISTLE: ~whistled(),
        Lack.OBJECTION: objected(),
        Lack.MEDIATOR: and_(whistled(), ~mediated()),
        Lack.ROOM: and_(whistled(), ~seated()),
        Lack.CALL: uncalled(),
    }
    return and_(Dispute.on_board_since.is_not(None), conditions[lack])
