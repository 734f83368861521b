"""Revisions of the boards: one counter per audience, raised in the transaction that changes what the audience sees."""

import secrets
from functools import lru_cache

from sqlalchemy import ForeignKey, Index, String, TextClause, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.change import Change

# A poller that is further behind than this loads the page again.
KEPT = 50


class BoardRevision(Base):
    """How often the board of one audience (`centre:1`, `unit:7`, `dispute:9`) has changed (operational).

    The epoch is made with the row: after a restored backup the counter may run again, the epoch tells that it did.
    A new one lets every board be loaded anew.
    """

    __tablename__ = "board_revisions"

    audience: Mapped[str] = mapped_column(String(40), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(12))
    n: Mapped[int]


class BoardChange(Base):
    """Which dispute's row changed at which revision; pruned nightly (operational)."""

    __tablename__ = "board_changes"
    __table_args__ = (Index("ix_board_changes_audience_n", "audience", "n"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    audience: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))


def bump(change: Change) -> None:
    """Raise the revisions of every audience concerned, in sorted order, as the last locks of the transaction."""
    audiences = sorted({audience for audience, _ in change.touched} | set(change.renewed))
    if not audiences:
        return
    connection = change.session.connection()
    named = {f"audience_{place}": audience for place, audience in enumerate(audiences)}
    epochs = {f"epoch_{place}": secrets.token_hex(5) for place in range(len(audiences))}
    raised = dict(connection.execute(_raise(len(audiences)), named | epochs).tuples().all())
    rows = [
        {"audience": audience, "n": raised[audience], "dispute_id": dispute_id}
        for audience, dispute_id in change.touched
    ]
    if rows:
        connection.execute(insert(BoardChange), rows)
    for audience in change.renewed:
        held = BoardRevision.audience == audience
        connection.execute(update(BoardRevision).where(held).values(epoch=secrets.token_hex(5)))


@lru_cache(maxsize=64)
def _raise(audiences: int) -> TextClause:
    """Raise that many revisions in one statement; the database takes them in the order in which they are named."""
    rows = ", ".join(f"(:audience_{place}, :epoch_{place}, 1)" for place in range(audiences))
    return text(
        f"INSERT INTO board_revisions (audience, epoch, n) VALUES {rows} "  # noqa: S608 - holds names of parameters
        "ON CONFLICT (audience) DO UPDATE SET n = board_revisions.n + 1 RETURNING audience, n"
    )


def revision(session: Session, audience: str) -> tuple[str, int]:
    """Epoch and number of the audience's board now; ("0", 0) while nothing was ever shown on it."""
    row = session.execute(
        select(BoardRevision.epoch, BoardRevision.n).where(BoardRevision.audience == audience)
    ).one_or_none()
    return (row.epoch, row.n) if row else ("0", 0)


def changed_since(session: Session, audience: str, n: int) -> list[int]:
    """Disputes whose row changed after revision n."""
    statement = select(BoardChange.dispute_id).where(BoardChange.audience == audience, BoardChange.n > n).distinct()
    return list(session.scalars(statement))
