"""Material in the scope of whoever asks."""

from sqlalchemy import select

from models.attachment import Attachment, attachments
from models.dispute import Dispute
from models.event import Event
from models.final_paper import FinalPaper
from models.mediation import MediationSession
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.responses import found_or_404
from web.sentences import Line, timeline

SHOWN = 30


def dispute_called(reference: str) -> Dispute:
    return found_or_404(current().disputes(Permission.ATTACHMENT_EDIT).where(Dispute.reference == reference))


def own_attachment(attachment_id: int, permission: Permission) -> Attachment:
    mine = current().reaches(Attachment.dispute_id, permission)
    return found_or_404(select(Attachment).where(Attachment.id == attachment_id, mine))


def final_paper_called(paper_id: int) -> FinalPaper:
    mine = current().reaches(MediationSession.dispute_id, Permission.ATTACHMENT_EDIT)
    papers = select(FinalPaper).join(FinalPaper.mediation).where(mine)
    return found_or_404(papers.where(FinalPaper.id == paper_id))


def history(attachment: Attachment) -> list[Line]:
    """Who added, corrected, opened, downloaded it, newest first."""
    events = select(Event).where(Event.subject_kind == "attachment", Event.subject_id == attachment.id)
    return timeline(db.session().scalars(events.order_by(Event.seq.desc()).limit(SHOWN)))


def listed(dispute: Dispute) -> list[Attachment]:
    return attachments(db.session(), dispute)
