"""Material in the scope of whoever asks."""

from models.attachment import Attachment, attachments, belonging_to
from models.dispute import Dispute
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.responses import found_or_404


def dispute_called(reference: str) -> Dispute:
    return found_or_404(current().disputes(Permission.ATTACHMENT_EDIT).where(Dispute.reference == reference))


def own_attachment(attachment_id: int, permission: Permission) -> Attachment:
    return found_or_404(belonging_to(current().disputes(permission)).where(Attachment.id == attachment_id))


def listed(dispute: Dispute) -> list[Attachment]:
    return attachments(db.session(), dispute)
