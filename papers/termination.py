"""终止调解通知书: why it ended without agreement, and which ways stay open (人民调解法 art. 26)."""

from models.conclusion import Ground, Outcome
from models.mediation import MediationSession
from models.words import _
from papers.blocks import Paper, Paragraph, Seal, Title, flush, paragraphs
from papers.matter import Matter, Pen
from papers.people import names, signing
from papers.periods import periods
from papers.sources import OUTCOME
from papers.wording import GROUNDS, day

NAME = "终止调解通知书"


def ended(matter: Matter) -> MediationSession | None:
    """The session that ended without agreement, if the dispute has not come further since."""
    last = matter.session
    if last is None:
        return None
    return last if last.outcome in (Outcome.NOT_AGREED, Outcome.WITHDRAWN) or last.ground is Ground.UNSIGNED else None


def write(matter: Matter) -> Paper:
    pen, session = Pen(matter), ended(matter)
    withdrawn = session is not None and session.outcome is Outcome.WITHDRAWN
    ground = "申请人撤回调解申请" if withdrawn else GROUNDS[session.ground] if session and session.ground else ""
    on = day(session.opened_at if session else None)
    pen.write(
        Title(NAME, matter.number),
        flush(f"{names(matter.parties)}："),
        Paragraph(f"{matter.matter_in_short}一案，{matter.body}于{on}组织调解。"
                  f"因{pen.take(_('Ground'), ground, OUTCOME)}，未能达成调解协议，现依法终止调解。"),
        *paragraphs(session.reason if session else ""),
        Paragraph("当事人可以依法通过下列途径维护自己的权利："),
        Paragraph("1. 属于仲裁受理范围的，可以向有管辖权的仲裁机构申请仲裁；"),
        Paragraph("2. 属于行政机关职责范围的，可以向有关行政机关申请处理；"),
        Paragraph("3. 可以向有管辖权的人民法院提起诉讼。"),
        *periods(matter),
        Paragraph("请注意仲裁时效、诉讼时效等期限；经济困难的，可以向法律援助机构申请法律援助（电话 12348）。"),
        Seal(matter.body, day(session.ended_at if session else None)),
        flush("当事人签收："),
        signing(matter),
    )  # fmt: skip
    return pen.done(NAME)
