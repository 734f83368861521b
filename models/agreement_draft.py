"""An unfinished agreement 协议草稿, kept on the server while it is typed: a power cut loses nothing."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.change import Change
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.mediation import MediationSession
from models.words import _

Typed = Mapping[str, Sequence[str]]
MOST_CHARACTERS = 400_000


class AgreementDraft(Base):
    """What the form of a session says now, field by field as it was typed. `version` counts the saves."""

    __tablename__ = "agreement_drafts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"), unique=True)
    version: Mapped[int] = mapped_column(default=0)

    mediation: Mapped[MediationSession] = relationship()
    saves: Mapped[list["AgreementSave"]] = relationship(back_populates="draft", order_by="AgreementSave.version")

    @property
    def newest(self) -> "AgreementSave":
        return self.saves[-1]


class AgreementSave(Base):
    """One save; none is ever written over."""

    __tablename__ = "agreement_saves"
    __table_args__ = (UniqueConstraint("draft_id", "version"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("agreement_drafts.id"))
    version: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    draft: Mapped[AgreementDraft] = relationship(back_populates="saves")

    @property
    def typed(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = json.loads(self.content)
        return found


def draft_of(session: Session, mediation: MediationSession) -> AgreementDraft | None:
    return session.scalars(select(AgreementDraft).where(AgreementDraft.session_id == mediation.id)).one_or_none()


def save_draft(change: Change, mediation: MediationSession, version: int, typed: Typed) -> AgreementDraft:
    """Keep what is typed; the same again changes nothing. `version` is the save the writer has seen, 0 for none.

    Raises Stale when somebody else has saved meanwhile, TransitionNotAllowed when the session has ended.
    """
    change.lock(mediation.dispute.stream, mediation)
    if mediation.ended_at is not None:
        raise TransitionNotAllowed(_("This session has ended"))
    content = json.dumps({name: list(typed[name]) for name in sorted(typed)}, ensure_ascii=False)
    if len(content) > MOST_CHARACTERS:
        raise RuleBroken(_("This is too long for an agreement"))
    draft = draft_of(change.session, mediation)
    if draft is not None and draft.newest.content == content:
        return draft
    if (draft.version if draft else 0) != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))
    if draft is None:
        draft = AgreementDraft(mediation=mediation, version=0)
        change.session.add(draft)
    draft.version += 1
    draft.saves.append(AgreementSave(version=draft.version, content=content, saved_at=change.at, by_id=change.by.id))
    change.session.flush()  # the event speaks of its id
    change.record(mediation.dispute.stream, EventKind.AGREEMENT_DRAFT, ("draft", draft.id), save=draft.version)
    return draft
