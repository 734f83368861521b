"""证据材料清单: what the parties brought as evidence, from whom and how much of it; the material itself follows."""

from models.words import _
from papers.blocks import Cell, Paper, Signatures, Table, Title, flush, form, head, wide
from papers.matter import Matter, Pen
from papers.sources import MATERIAL
from papers.wording import BLANK_DAY

NAME = "证据材料清单"


def write(matter: Matter) -> Paper:
    pen, rows = Pen(matter), []
    for one in matter.evidence():
        title = pen.take(_("Title"), one.title, MATERIAL)
        source = pen.take(_("From whom"), one.source, MATERIAL, needed=False)
        rows.append((Cell(str(one.number)), Cell(title), Cell(source), Cell(str(one.pages or "")), Cell("")))
    pen.write(
        Title(NAME, matter.number or matter.dispute.number),
        form(wide("事由", matter.matter_in_short)),
        Table((head("序号", "材料名称", "来源", "页数", "备注"), *rows), (12, 38, 20, 12, 18), heads=1),
        Signatures(("提交人（签名）：", "接收人（签名）：")),
        flush(BLANK_DAY),
    )
    return pen.done(NAME)
