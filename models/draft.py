"""A draft 草稿: what is being typed and stands in no record yet, saved on the server with every pause of the typing.

A save is no change of the record and has no event: the row itself says who, when and what. The saves of an
investigation are kept as they are; those of a statement are gone once it is taken down.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Key
from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.submission import Submission
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


class DraftSave(Base):
    """One save, of an investigation's text or of a statement in a session (`speaker` is who says it)."""

    __tablename__ = "draft_saves"
    __table_args__ = (CheckConstraint("(investigation_id IS NULL) <> (session_id IS NULL)", name="belongs"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    investigation_id: Mapped[int | None] = mapped_column(ForeignKey("investigations.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("mediation_sessions.id"), index=True)
    speaker: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)


def keep_statement(change: Change, mediation: "MediationSession", key: str, speaker: str, words: str) -> bool:
    """Save what is typed into the form whose submission is `key`; whether it is kept.

    A save that comes after the statement itself was taken down is dropped; an emptied field ends the draft.
    """
    change.lock(mediation.dispute.stream, mediation)
    if mediation.ended_at is not None:
        raise TransitionNotAllowed(_("This session has ended"))
    if change.session.get(Submission, key) is not None:
        return False
    if not words.strip():
        drop_statement(change, mediation)
        return False
    newest = _newest(change.session, mediation, change.by.id)
    if newest is None or (newest.speaker, newest.text) != (speaker, words):
        change.session.add(DraftSave(session_id=mediation.id, speaker=speaker, text=words, at=change.at,
                                     by_id=change.by.id))  # fmt: skip
    return True


def take_over_statement(change: Change, mediation: "MediationSession", from_id: int) -> None:
    """What somebody else has typed and not taken down goes on in the hands of whoever asks."""
    change.lock(mediation.dispute.stream, mediation)
    theirs = _newest(change.session, mediation, from_id)
    if theirs is None:
        raise RuleBroken(_("These words were taken down in the meantime"))
    mine = _newest(change.session, mediation, change.by.id)
    words = f"{mine.text}\n{theirs.text}" if mine is not None else theirs.text
    change.session.add(DraftSave(session_id=mediation.id, speaker=theirs.speaker, text=words, at=change.at,
                                 by_id=change.by.id))  # fmt: skip
    _drop(change, mediation, from_id)


def drop_statement(change: Change, mediation: "MediationSession") -> None:
    """The actor's draft has become a statement, or was emptied."""
    _drop(change, mediation, change.by.id)


def statement_drafts(session: Session, mediation: "MediationSession") -> list[DraftSave]:
    """The newest save of each person who has words in this session that are not taken down."""
    saves = session.scalars(select(DraftSave).where(DraftSave.session_id == mediation.id).order_by(DraftSave.id))
    return list({save.by_id: save for save in saves}.values())


def _newest(session: Session, mediation: "MediationSession", by_id: int | None) -> DraftSave | None:
    own = select(DraftSave).where(DraftSave.session_id == mediation.id, DraftSave.by_id == by_id)
    return session.scalars(own.order_by(DraftSave.id.desc()).limit(1)).first()


def _drop(change: Change, mediation: "MediationSession", by_id: int | None) -> None:
    change.session.execute(delete(DraftSave).where(DraftSave.session_id == mediation.id, DraftSave.by_id == by_id))
