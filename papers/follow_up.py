"""回访记录: the sheet for the call or visit after an agreement; parties, number and terms are filled in."""

from papers.agreement import terms
from papers.blocks import Paper, Signatures, Title, form, heading, pair, wide
from papers.matter import Matter, Pen
from papers.people import names

NAME = "人民调解回访记录"


def name(matter: Matter) -> str:
    return NAME if matter.is_committees else "回访记录"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    signed = matter.agreements[-1] if matter.agreements else None
    pen.write(
        Title(name(matter), signed.number if signed else ""),
        form(
            wide("当事人", names(matter.parties)),
            pair("调解协议编号", signed.number if signed else "", "回访时间", "____年____月____日"),
            wide("回访事由", f"{matter.matter_in_short}调解协议履行情况"),
        ),
    )
    if signed is not None:
        pen.write(heading("协议内容"), *terms(signed.agreement, pen))
    pen.write(
        heading("回访情况"),
        form(
            wide("履行情况", "□已履行  □部分履行  □未到期  □未履行", 14),
            wide("当事人是否满意", "□很满意  □满意  □基本满意  □不满意", 14),
            wide("有无激化隐患", "□无  □有", 14),
            wide("采取的措施", "", 30),
        ),
        Signatures(("当事人（签名）：", "回访人（签名）：")),
    )
    return pen.done(name(matter))
