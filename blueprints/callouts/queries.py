"""What the unit sees: its open callouts and its inbox, each with a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.callout import Callout
from models.dispute import Dispute
from models.opening import Opening, Period
from models.outbox import Message, MessageState
from models.room import Room, RoomUse
from models.whistle import Whistle
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.officer_forms import TapForm

INBOX_DAYS = timedelta(days=7)
MOST = 100


@dataclass(frozen=True)
class Summons:
    """A callout and the room its dispute sits in now; once it is over, the room it was called to."""

    callout: Callout
    room: Room | None

    @property
    def tap_form(self) -> TapForm:
        """A key of its own for its next tap."""
        return TapForm(formdata=None)


@dataclass(frozen=True)
class Note:
    """A message in the unit's inbox; its text stands alone, as it would on a telephone."""

    made_at: datetime
    state: MessageState
    summons: Summons
    pause: Period | None


def open_callouts() -> list[Summons]:
    """Open callouts of the person's own units, the earliest due first."""
    rows = _own().where(Callout.still_open()).order_by(Callout.due_at)
    return _with_rooms(db.session.scalars(rows.limit(MOST)).unique().all())


def inbox(at: datetime) -> list[Note]:
    """Messages of the last days, the newest first."""
    statement = (
        _own()
        .join(Message, (Message.recipient_id == Callout.id) & (Message.recipient_kind == "callout"))
        .add_columns(Message)
        .where(Message.channel == "inbox", Message.made_at > at - INBOX_DAYS)
        .order_by(Message.id.desc())
        .limit(MOST)
    )
    rows = db.session.execute(statement).unique().all()
    summons = {one.callout.id: one for one in _with_rooms([callout for callout, _message in rows])}
    houses = {callout.dispute.centre_id: callout.dispute.centre for callout, _message in rows}
    opening = {key: Opening(house.settings(db.session())) for key, house in houses.items()}
    return [
        Note(message.made_at, message.state, summons[callout.id],
             opening[callout.dispute.centre_id].break_between(callout.sounded_at, callout.due_at))
        for callout, message in rows
    ]  # fmt: skip


def _own():  # type: ignore[no-untyped-def]  # the type of a select with options says nothing more
    return (
        current()
        .callouts(Permission.CALLOUT_RESPOND)
        .options(
            joinedload(Callout.unit),
            joinedload(Callout.whistle).joinedload(Whistle.room),
            joinedload(Callout.dispute).joinedload(Dispute.centre),
            joinedload(Callout.dispute).joinedload(Dispute.category),
            joinedload(Callout.dispute).selectinload(Dispute.visits),
            selectinload(Callout.objections),
            selectinload(Callout.pauses),
        )
    )


def _with_rooms(callouts: Sequence[Callout]) -> list[Summons]:
    ids = {callout.dispute_id for callout in callouts}
    uses = select(RoomUse.dispute_id, Room).join(Room).where(RoomUse.dispute_id.in_(ids), RoomUse.until.is_(None))
    rooms = dict(db.session.execute(uses).tuples().all()) if ids else {}
    return [Summons(one, rooms.get(one.dispute_id) if one.is_open else one.whistle.room) for one in callouts]
