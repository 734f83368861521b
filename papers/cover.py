"""卷宗封面: the file's name and number, whose it is, from when to when, and how long it is kept."""

from models.retention import Retention
from models.words import _
from papers.blocks import Look, Paper, Paragraph, Title, form, wide
from papers.matter import Matter, Pen
from papers.sources import CENTRE
from papers.wording import BLANK_DAY, day

NAME = "卷宗封面"


KEPT = {Retention.PERMANENT: "永久", Retention.THIRTY_YEARS: "30年", Retention.TEN_YEARS: "10年"}


def kept_for(matter: Matter) -> str:
    """As the archive decided; before, what is proposed."""
    return KEPT[matter.retention]


def write(matter: Matter) -> Paper:
    pen, dispute = Pen(matter), matter.dispute
    sessions = dispute.sessions
    since = day(sessions[0].opened_at if sessions else dispute.accepted_at or dispute.registered_at)
    until = day(sessions[-1].ended_at if sessions else dispute.closed_at, BLANK_DAY)
    number = pen.take(_("Number in the register"), matter.number, CENTRE, needed=False) or dispute.number
    pen.write(
        Paragraph(matter.body, Look.LEAD),
        Title("人民调解卷宗" if matter.is_committees else "调解卷宗"),
        form(
            wide("卷名", f"{matter.matter_in_short}案", 24),
            wide("卷号", number, 16),
            wide("人民调解员" if matter.is_committees else "主持调解人员", matter.mediator, 16),
            wide("调解日期", f"{since}至{until}", 16),
            wide("立卷人", matter.recorder, 16),
            wide("立卷日期", BLANK_DAY, 16),
            wide("保管期限", kept_for(matter), 16),
            wide("备注", "", 30),
            widths=(24, 26, 24, 26),
        ),
    )
    return pen.done(NAME)
