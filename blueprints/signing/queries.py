"""Final papers and what may be made final, in the scope of whoever asks."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.agreement import AgreementForm
from models.attachment import Attachment, AttachmentKind, attachments
from models.dispute import Dispute
from models.effect import completed_on, effective_on
from models.final_paper import FinalPaper, PaperKind, hash_of, newest_final
from models.mediation import MediationSession
from models.sealed import Sealer
from models.signer import Signer
from models.term_change import waiting
from papers.blocks import Paper
from papers.final import draft
from papers.kept import kept
from papers.matter import Matter
from papers.reading import matter_of
from papers.supplement import mended_since, supplemented_record
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.responses import found_or_404

SIGNED = selectinload(MediationSession.final_papers).options(
    selectinload(FinalPaper.signers).options(selectinload(Signer.signatures), selectinload(Signer.readings)),
    selectinload(FinalPaper.scans),
)


@dataclass(frozen=True)
class Bundle:
    """One paper to be signed: its newest final version, and the text that would become final, if there is one."""

    kind: PaperKind
    mediation: MediationSession
    paper: FinalPaper | None
    older: list[FinalPaper]
    text: str = ""
    written: Paper | None = None

    @property
    def seen(self) -> str:
        """What the form says was read before the text was made final."""
        return hash_of(self.text)

    @property
    def mended(self) -> int:
        """How many supplements of the record its final text does not hold yet."""
        return len(mended_since(self.paper)) if self.paper is not None else 0

    @property
    def waiting(self) -> int:
        """How many terms end or are added once all have signed."""
        agreement = self.mediation.agreement
        return len(waiting(agreement)) if self.kind is PaperKind.AGREEMENT and agreement is not None else 0

    @property
    def effect_on(self) -> date | None:
        """Since when the agreement binds, by whichever version was complete first."""
        agreement = self.mediation.agreement
        is_agreement = self.paper is not None and self.kind is PaperKind.AGREEMENT
        return effective_on(agreement) if is_agreement and agreement is not None else None

    @property
    def complete_on(self) -> date | None:
        return completed_on(self.paper) if self.paper is not None and self.paper.is_complete else None


def session_called(session_id: int, permission: Permission) -> MediationSession:
    return found_or_404(
        select(MediationSession)
        .where(MediationSession.id == session_id, current().reaches(MediationSession.dispute_id, permission))
        .options(joinedload(MediationSession.dispute), SIGNED)
    )


def paper_called(paper_id: int, permission: Permission) -> FinalPaper:
    return found_or_404(
        select(FinalPaper).join(FinalPaper.mediation)
        .where(FinalPaper.id == paper_id, current().reaches(MediationSession.dispute_id, permission))
        .options(joinedload(FinalPaper.mediation))
    )  # fmt: skip


def signer_called(signer_id: int, permission: Permission) -> Signer:
    return found_or_404(
        select(Signer).join(Signer.paper).join(FinalPaper.mediation)
        .where(Signer.id == signer_id, current().reaches(MediationSession.dispute_id, permission))
        .options(joinedload(Signer.paper))
    )  # fmt: skip


def matter(dispute: Dispute) -> Matter:
    return matter_of(db.session(), dispute, sealer(), now(), is_demo=current_app.config["DEMO"])


def sealer() -> Sealer:
    found: Sealer = current_app.extensions["sealer"]
    return found


def next_text(session: MediationSession, kind: PaperKind) -> tuple[str, int]:
    """The text that would become final now, and the version it follows: none, or a record that was mended since."""
    newest = newest_final(session, kind)
    if newest is None:
        return kept(draft(matter(session.dispute), session, kind)), 0
    if not mended_since(newest):
        return newest.text(sealer()), newest.version
    return kept(supplemented_record(matter(session.dispute), newest, sealer())), newest.version


def bundles(session: MediationSession, *, with_texts: bool = False) -> list[Bundle]:
    """The papers of an ended session that are signed: the agreement in writing, then the record."""
    found = []
    for kind in kinds_of(session):
        newest = newest_final(session, kind)
        text, written = "", None
        if with_texts and newest is None:
            written = draft(matter(session.dispute), session, kind)
            text = kept(written)
        elif with_texts and newest is not None and mended_since(newest):
            text = next_text(session, kind)[0]
        older = [paper for paper in session.final_papers if paper.kind is kind and paper is not newest]
        found.append(Bundle(kind, session, newest, older, text, written))
    return found


def kinds_of(session: MediationSession) -> list[PaperKind]:
    if session.ended_at is None:
        return []
    is_written = session.agreement is not None and session.agreement.form is AgreementForm.WRITTEN
    return [PaperKind.AGREEMENT, PaperKind.RECORD] if is_written else [PaperKind.RECORD]


def scans_to_link(paper: FinalPaper) -> list[Attachment]:
    """Signed scans of the file that lie beside no version of this paper yet."""
    taken = {scan.id for one in paper.mediation.final_papers for scan in one.scans}
    return [one for one in attachments(db.session(), paper.mediation.dispute)
            if one.kind is AttachmentKind.SCAN and not one.is_removed and one.id not in taken]  # fmt: skip
