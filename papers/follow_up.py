"""回访记录: each call after an agreement with its result; before the first one the sheet to fill in."""

from models.follow_up_call import FollowUpCall
from models.words import _
from papers.agreement import terms
from papers.blocks import Paper, Signatures, Title, form, heading, pair, wide
from papers.matter import Matter, Pen
from papers.people import names
from papers.sources import FOLLOW_UP
from papers.wording import CALLS, SATISFIED, SIGNS, moment

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
            wide("调解协议编号", signed.number if signed else ""),
            wide("回访事由", f"{matter.matter_in_short}调解协议履行情况"),
        ),
    )
    if signed is not None:
        pen.write(heading("协议内容"), *terms(signed.agreement, pen))
    calls = [call for follow_up in matter.follow_ups for call in follow_up.calls]
    pen.write(heading("回访情况"))
    for call in calls:
        _write_call(pen, call)
    if not calls:
        pen.write(form(
            wide("履行情况", "□已履行  □部分履行  □未到期  □未履行", 14),
            wide("当事人是否满意", "□很满意  □满意  □基本满意  □不满意", 14),
            wide("有无激化隐患", "□无  □有", 14),
            wide("采取的措施", "", 30),
        ))  # fmt: skip
    pen.write(Signatures(("当事人（签名）：", "回访人（签名）：")))
    return pen.done(name(matter))


def _write_call(pen: Pen, call: FollowUpCall) -> None:
    signs = "、".join(SIGNS[one.sign] for one in call.signs)
    pen.write(form(
        pair("回访时间", moment(call.at), "回访人", pen.matter.people.get(call.by_id or 0, "")),
        pair("履行情况", pen.take(_("Result of the call"), CALLS[call.outcome], FOLLOW_UP),
             "当事人是否满意", SATISFIED[call.satisfaction]),
        wide("有无激化隐患", signs or "未发现"),
        wide("意见和措施", pen.take(_("Words of the party"), call.advice, FOLLOW_UP, needed=False)),
    ))  # fmt: skip
