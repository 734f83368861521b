"""送达地址确认书: where each party wants papers sent, and what follows from a wrong address (在线调解规则 art. 17)."""

from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, form, pair, wide
from papers.matter import Matter, Pen
from papers.sources import COMPLETION
from papers.wording import BLANK_DAY, SIDES

NAME = "送达地址确认书"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for party in matter.parties:
        if pen.blocks:
            pen.write(PageBreak())
        pen.write(
            Title(NAME, matter.number or matter.dispute.number),
            form(
                wide("案由", matter.matter_in_short),
                pair(SIDES[party.side], party.name, "联系电话",
                     pen.take(_("Telephone"), matter.clear(party, "phone"), COMPLETION)),
                wide("送达地址", pen.take(_("Address"), matter.address(party), COMPLETION), 14),
                pair("收件人", "", "邮政编码", ""),
                wide("电子送达", "□同意  □不同意    电子邮箱或手机号码：", 12),
                wide("备注", "", 12),
            ),
            Paragraph("告知事项：当事人应当提供准确的送达地址；送达地址发生变更的，应当及时书面告知。因提供的地址不准确、变更未告知"
                      "或者拒绝签收，导致文书未能被实际接收的，文书退回之日视为送达之日。"),
            Paragraph("本人已阅读（听明白）上述告知事项，所提供的送达地址真实、有效。"),
            Signatures(("当事人或代理人（签名）：", "经办人（签名）：")),
            flush(BLANK_DAY),
        )  # fmt: skip
    return pen.done(NAME)
