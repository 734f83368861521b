"""卷宗情况说明: why a paper is missing or a page was changed; the house writes the reason by hand."""

from papers.blocks import Cell, Paper, Paragraph, Signatures, Table, Title, flush
from papers.matter import Matter, Pen
from papers.wording import BLANK_DAY

NAME = "卷宗情况说明"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    pen.write(
        Title(NAME, matter.number or matter.dispute.number),
        Paragraph(f"本卷为{matter.matter_in_short}案卷宗。卷内文书材料缺失、更正、破损或者其他需要说明的情况如下："),
        Table(tuple((Cell("", tall=10),) for _line in range(12)), (100,)),
        Signatures(("立卷人（签名）：", "检查人（签名）：")),
        flush(BLANK_DAY),
    )
    return pen.done(NAME)
