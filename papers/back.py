"""封底: how many pages the file has, who bound it and who checked it."""

from papers.blocks import Look, Paper, Paragraph, Title, form, wide
from papers.matter import Matter, Pen
from papers.wording import BLANK_DAY

NAME = "封底"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    pen.write(
        Title("卷宗封底"),
        Paragraph(f"本卷共1册{matter.page_count}页" if matter.page_count else "本卷共____册____页", Look.CENTRE),
        form(
            wide("卷号", matter.number or matter.dispute.number, 12),
            wide("立卷人", "", 12),
            wide("检查人", "", 12),
            wide("立卷时间", BLANK_DAY, 12),
            widths=(24, 26, 24, 26),
        ),
        Paragraph("（本卷至此结束）", Look.CENTRE),
    )
    return pen.done(NAME)
