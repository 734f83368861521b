"""部门意见书: what a unit said to the question it was called for, one sheet for each unit that came."""

from models.callout import Callout
from models.words import _
from papers.blocks import PageBreak, Paper, Seal, Signatures, Title, form, pair, wide
from papers.matter import Matter, Pen
from papers.sources import ANSWER
from papers.wording import RESULTS, day, moment

NAME = "部门意见书"


def arrived(matter: Matter) -> list[Callout]:
    return [callout for callout in matter.callouts if callout.arrived_at is not None]


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for callout in arrived(matter):
        if pen.blocks:
            pen.write(PageBreak())
        _write_one(pen, callout)
    return pen.done(NAME)


def _write_one(pen: Pen, callout: Callout) -> None:
    dispute = pen.matter.dispute
    result = pen.take(_("Answer of the unit"), RESULTS[callout.result] if callout.result else "", ANSWER)
    officer = " ".join(part for part in (callout.officer_name, callout.officer_post) if part)
    pen.write(
        Title(NAME, dispute.number),
        form(
            pair("单位", callout.unit.name, "报到人", officer),
            pair("到场时间", moment(callout.arrived_at), "离场时间", moment(callout.released_at)),
            wide("纠纷事由", pen.matter.matter_in_short),
            wide("需答复的问题", callout.question),
            pair("到场结果", result, "答复期限", day(callout.answer_due_on, "—")),
            wide("单位意见", pen.take(_("Answer"), callout.answer, ANSWER, needed=False), 70),
        ),
        Signatures(("报到人（签名）：", "主持调解员（签名）：")),
        Seal(callout.unit.name, day(callout.arrived_at)),
    )
