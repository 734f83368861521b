"""A final paper 定稿: the text of an agreement or a record, written once and kept with its hash.

From then on the paper shows exactly this text; what is added later is a new version with a hash of its own, and the
earlier one stays. Text and hash never change (a trigger refuses it). It names people and numbers, so it is sealed.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement import AgreementForm
from models.attachment import Attachment
from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.natures import OF_COMMITTEES, Nature
from models.sealed import Sealer
from models.signer import Signer, signers_for
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession
    from models.term_change import TermChange


# Their agreements say so themselves.
SEALED_NATURES = (*OF_COMMITTEES, Nature.COURT_ENTRUSTED)


class PaperKind(StrEnum):
    """Which papers are signed; the words are the codes of papers/index.py."""

    AGREEMENT = "agreement"
    RECORD = "record"


class FinalPaper(Base):
    __tablename__ = "final_papers"
    __table_args__ = (UniqueConstraint("session_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"))
    kind: Mapped[PaperKind] = mapped_column(one_of(PaperKind))
    version: Mapped[int]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text_hash: Mapped[str] = mapped_column(String(64))
    # Of a record: how many of its supplements the text holds.
    mended: Mapped[int] = mapped_column(default=0)
    finalised_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    mediation: Mapped["MediationSession"] = relationship(back_populates="final_papers")
    signers: Mapped[list[Signer]] = relationship(back_populates="paper", order_by="Signer.position")
    # Of an agreement: what it ends and adds among the terms once all have signed it.
    term_changes: Mapped[list["TermChange"]] = relationship(back_populates="paper", order_by="TermChange.id")
    scans: Mapped[list[Attachment]] = relationship(secondary="signed_scans", order_by=Attachment.number)

    def text(self, sealer: Sealer) -> str:
        """What stands in it. Raises SealBroken when the sealed text was changed."""
        return sealer.open("final_papers", "text", self.uid, self.text_sealed)

    def is_intact(self, sealer: Sealer) -> bool:
        return hash_of(self.text(sealer)) == self.text_hash

    @property
    def is_newest(self) -> bool:
        return newest_final(self.mediation, self.kind) is self

    @property
    def has_lapsed(self) -> bool:
        """Whether the agreement came to nothing because somebody refused to sign."""
        return self.kind is PaperKind.AGREEMENT and self.mediation.standing_agreement is None

    @property
    def needed(self) -> list[Signer]:
        """Who must sign, stamp or seal before it is complete."""
        by_parties = self.kind is PaperKind.AGREEMENT and not self.is_sealed
        return [one for one in self.signers if one.is_needed(by_parties=by_parties)]

    @property
    def is_sealed(self) -> bool:
        """Whether mediator and seal give the effect too (人民调解法 art. 29); elsewhere the parties' names do."""
        return self.mediation.nature in SEALED_NATURES

    @property
    def is_complete(self) -> bool:
        return all(one.is_signed for one in self.needed)

    @property
    def refusals(self) -> list[Signer]:
        return [one for one in self.signers if one.refuses]

    def record(self, change: Change, kind: EventKind, **facts: object) -> None:
        """Note in the dispute's stream what happened to this paper."""
        change.record(self.mediation.dispute.stream, kind, ("final_paper", self.id), paper=self.kind.value,
                      version=self.version, **facts)  # fmt: skip
        self.mediation.dispute.touch(change)


class SignedScan(Base):
    """The scan of a signed paper, in the list of evidence like all material."""

    __tablename__ = "signed_scans"

    paper_id: Mapped[int] = mapped_column(ForeignKey("final_papers.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), primary_key=True)


def finalise(change: Change, mediation: "MediationSession", kind: PaperKind, text: str, *,
             after: int = 0, mended: int = 0) -> FinalPaper:  # fmt: skip
    """Keep the text as the version that follows `after`; the same text again is the version that is there.

    `mended` is how many supplements of the record it holds.

    Raises Stale when a further version was made meanwhile, TransitionNotAllowed before the session has ended.
    """
    dispute = mediation.dispute
    change.lock(dispute.stream, mediation)
    if mediation.ended_at is None:
        raise TransitionNotAllowed(_("The session is open: end it first"))
    if dispute.status is DisputeStatus.ARCHIVED:
        raise RuleBroken(_("This dispute is archived: its file is no longer changed"))
    agreement = mediation.agreement
    if kind is PaperKind.AGREEMENT and (agreement is None or agreement.form is not AgreementForm.WRITTEN):
        raise RuleBroken(_("Only an agreement in writing is signed"))
    if kind is PaperKind.AGREEMENT and mediation.standing_agreement is None:
        raise RuleBroken(_("The mediation ended without this agreement"))
    newest, digest = newest_final(mediation, kind), hash_of(text)
    if newest is not None and newest.text_hash == digest:
        return newest
    if (newest.version if newest else 0) != after:
        raise Stale(_("Somebody else has made this paper final in the meantime"))
    uid = uuid4().hex
    paper = FinalPaper(uid=uid, kind=kind, version=after + 1, text_hash=digest, mended=mended, finalised_at=change.at,
                       text_sealed=change.sealer.seal("final_papers", "text", uid, text), by_id=change.by.id,
                       signers=signers_for(change.session, mediation))  # fmt: skip
    mediation.final_papers.append(paper)
    change.session.flush()  # the event speaks of its id
    # The chain of events holds to the text: half of its digest tells any other apart.
    paper.record(change, EventKind.PAPER_FINALISE, digest=digest[:32])
    return paper


def supplement_agreement(change: Change, paper: FinalPaper, text: str) -> FinalPaper:
    """The agreement with what the parties agreed besides, as its next version. Raises Stale when overtaken."""
    if paper.kind is not PaperKind.AGREEMENT:
        raise RuleBroken(_("A record is mended where it was taken down"))
    return finalise(change, paper.mediation, paper.kind, text, after=paper.version)


def newest_final(mediation: "MediationSession", kind: PaperKind) -> FinalPaper | None:
    versions = [paper for paper in mediation.final_papers if paper.kind is kind]
    return max(versions, key=lambda paper: paper.version, default=None)


def hash_of(text: str) -> str:
    """SHA-256 of the text as it is kept."""
    return hashlib.sha256(text.encode()).hexdigest()
