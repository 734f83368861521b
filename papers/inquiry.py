"""调查记录: the sheet on which a mediator takes down what somebody knows; dispute and people are filled in."""

from papers.blocks import Cell, Paper, Signatures, Table, Title, form, heading, pair, wide
from papers.matter import Matter, Pen

NAME = "调查记录"
LINES = 11


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    pen.write(
        Title(NAME, matter.number),
        form(
            wide("事由", matter.matter_in_short),
            pair("时间", "____年____月____日____时____分", "地点", ""),
            pair("调查人", matter.mediator, "记录人", matter.recorder),
            wide("参加人", ""),
            pair("被调查人", "", "性别、年龄", ""),
            pair("与当事人关系", "", "联系方式", ""),
            wide("单位或住址", ""),
        ),
        heading("记录"),
        Table(tuple((Cell("", tall=9),) for _line in range(LINES)), (100,)),
        Signatures(("被调查人（签名、按指印）：", "调查人（签名）：", "记录人（签名）：")),
    )
    return pen.done(NAME)
