"""吹哨通知单: to each unit called, what it has to answer, where, and by when."""

from models.callout import Callout
from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Seal, Title, flush, form, pair, wide
from papers.matter import Matter, Pen
from papers.sources import WHISTLE
from papers.wording import LEVELS, day, moment

NAME = "吹哨通知单"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for callout in matter.callouts:
        if pen.blocks:
            pen.write(PageBreak())
        _write_one(pen, callout)
    return pen.done(NAME)


def _write_one(pen: Pen, callout: Callout) -> None:
    matter, whistle = pen.matter, callout.whistle
    room = whistle.room.name if whistle.room else "到窗口引导"
    centre = matter.dispute.centre
    pen.write(
        Title(NAME, f"{matter.dispute.number}  第{whistle.round}次吹哨"),
        flush(f"{callout.unit.name}："),
        Paragraph("现有下列矛盾纠纷需要贵单位派员到场。请指派熟悉情况、能够代表单位答复的人员按时报到。"),
        form(
            pair("纠纷类型", matter.category, "来访人数", f"{matter.dispute.head_count}人"),
            pair("吹哨级别", LEVELS[whistle.level], "吹哨时间", moment(callout.sounded_at)),
            pair("报到时限", f"{moment(callout.due_at)}前", "到场地点", f"{centre.name}{room}"),
            wide("需答复的问题", pen.take(_("Question put to it"), callout.question, WHISTLE), 20),
            pair("主持调解员", matter.mediator, "窗口电话", centre.telephone),
        ),
        Paragraph("不属于贵单位职责的，请在到场时限前说明理由和依据，由中心研究决定。"),
        Seal(centre.name, day(callout.sounded_at)),
    )
