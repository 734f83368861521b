"""授权委托书: for each agent of a party, who may do what; special authority is ticked by the party's own hand."""

from models.party_kind import PartyKind
from models.representative import RepresentativeKind
from models.words import _
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, form, pair, wide
from papers.matter import Matter, Pen
from papers.sources import COMPLETION
from papers.wording import BLANK_DAY

NAME = "授权委托书"


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for party, agent, shown in matter.represented(RepresentativeKind.AGENT):
        if pen.blocks:
            pen.write(PageBreak())
        is_person = party.kind is PartyKind.PERSON
        number = matter.clear(party, "id_number") if is_person else party.credit_code
        label = _("ID number") if is_person else _("Unified social credit code")
        pen.write(
            Title(NAME),
            form(
                pair("委托人", party.name, "证件号码", pen.take(label, number, COMPLETION)),
                pair("联系方式", matter.clear(party, "phone"), "住址", matter.address(party)),
                pair("受托人", agent, "证件号码", ""),
                pair("联系方式", "", "与委托人关系", ""),
                wide("权限证明", shown),
            ),
            Paragraph(f"委托人因{matter.matter_in_short}一案，委托上述受托人作为代理人参加调解。"),
            Paragraph(
                "代理权限：□一般代理  "
                "□特别代理（代为承认、放弃、变更请求，进行和解，签订调解协议，代为接收款项、文书）。"
            ),
            Paragraph("委托期限：自本委托书签署之日起至本案调解结束之日止。"),
            Signatures(("委托人（签名、盖章或按指印）：", "受托人（签名、按指印）：")),
            flush(BLANK_DAY),
        )
    return pen.done(NAME)
