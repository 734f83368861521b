"""The nightly seal: one HMAC over the heads of all streams, itself an event of the stream `audit`.

A stream whose end was cut together with its head still adds up; the newest seal tells that it was longer once.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.change import Change
from models.event import Break, Event, EventHead
from models.event_kinds import EventKind
from models.sealed import Sealer

STREAM = "audit"
Head = tuple[str, int, str]


def seal_heads(change: Change) -> None:
    """Seal every stream as it stands. Nobody writes meanwhile: an event half written would belong to neither side."""
    connection = change.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE event_heads IN EXCLUSIVE MODE"))
    rows = change.session.execute(
        select(EventHead.stream, EventHead.seq, EventHead.hash).where(EventHead.seq > 0)
    ).tuples()
    heads = list(rows)
    change.record(STREAM, EventKind.AUDIT_SEAL, ("stream", None), streams=len(heads),
                  seal=_sealed(change.sealer, heads))  # fmt: skip


def broken_seal(session: Session, sealer: Sealer) -> Iterator[Break]:
    """The newest seal, if the streams no longer lead up to it. Earlier ones are events it covers itself."""
    newest = session.scalars(
        select(Event)
        .where(Event.stream == STREAM, Event.kind == EventKind.AUDIT_SEAL)
        .order_by(Event.seq.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return
    ends = (
        select(Event.stream, func.max(Event.seq).label("seq"))
        .where(Event.id < newest.id)
        .group_by(Event.stream)
        .subquery()
    )
    heads = session.execute(
        select(Event.stream, Event.seq, Event.hash).join(
            ends, (ends.c.stream == Event.stream) & (ends.c.seq == Event.seq)
        )
    ).tuples()
    if _sealed(sealer, heads) != newest.particulars.get("seal"):
        yield Break(STREAM, newest.seq, newest.id, "seal-broken")


def _sealed(sealer: Sealer, heads: Iterable[Head]) -> str:
    return sealer.mac("heads", *(str(part) for head in sorted(heads) for part in head)).hex()
