"""What began with an event has a stream for ever: one that is gone together with its head is missed at once."""

from collections.abc import Iterator

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.orm import Session

from models.centre import Centre
from models.dispute import Dispute
from models.event import Break, Event, EventHead
from models.person import Person
from models.unit import Unit

BEGUN = {"centre": Centre.id, "dispute": Dispute.id, "person": Person.id, "unit": Unit.id}


def lost_streams(session: Session) -> Iterator[Break]:
    """The streams that must be there and of which neither events nor head are left."""
    for word, key in BEGUN.items():
        stream = literal(f"{word}:") + cast(key, String)
        gone = select(stream).where(
            ~exists().where(Event.stream == stream), ~exists().where(EventHead.stream == stream, EventHead.seq > 0)
        )
        for name in session.scalars(gone.order_by(key)):
            yield Break(name, 1, None, "stream-missing")
