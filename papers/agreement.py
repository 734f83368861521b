"""人民调解协议书 and the agreements of other bodies: parties, facts, terms, copies (人民调解法 art. 29)."""

from models.agreement import Agreement, AgreementForm, Term
from models.clock import local_day
from models.mandate import groups
from models.wording import TermDraft
from models.words import _
from papers.blocks import Block, Cell, PageBreak, Paper, Paragraph, Seal, Table, Title, head, heading, paragraphs
from papers.matter import COMMITTEES, Matter, Pen, Signed
from papers.people import signing, write_parties
from papers.sources import CENTRE, COMPLETION, OUTCOME
from papers.wording import AGREEMENTS, MANDATES, MANNERS, day, numeral, sum_of

CONFIRMED = "可以自协议生效之日起三十日内共同向人民法院申请司法确认。"
OF_SUIT = "可以请求人民法院根据调解协议制作调解书，或者由原告申请撤诉。"


def before_court(matter: Matter) -> str:
    """What both may ask of the court; of a suit it confirms nothing."""
    return OF_SUIT if is_suit(matter) else CONFIRMED


def is_suit(matter: Matter) -> bool:
    return matter.court is not None and matter.court.is_suit


def name(matter: Matter) -> str:
    signed = matter.agreed(AgreementForm.WRITTEN)
    return signed[-1].name if signed else AGREEMENTS[matter.nature]


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for signed in matter.agreed(AgreementForm.WRITTEN):
        if pen.blocks:
            pen.write(PageBreak())
        start = len(pen.blocks)
        write_one(pen, signed)
        pen.keep(start, matter.finals.get((signed.session.id, "agreement")))
    return pen.done(name(matter))


def write_one(pen: Pen, signed: Signed) -> None:
    """The agreement of one session, as the record stands now."""
    matter, agreement, body = pen.matter, signed.agreement, signed.session.body
    # Bodies without a register and agreements older than the register have none: the line stays for the pen.
    number = pen.take(_("Number in the register"), signed.number, CENTRE, needed=False)
    pen.write(Title(signed.name, f"编号：{number}"))
    write_parties(pen, with_number=True)
    if matter.mandates:
        pen.write(heading("代表人授权"), _mandates(pen))
    facts = pen.take(_("Facts of the dispute"), matter.dispute.facts, COMPLETION)
    pen.write(heading("纠纷主要事实、争议事项"), *paragraphs(facts, matter.dispute.demand))
    partly = "就部分争议事项" if agreement.is_partial else ""
    pen.write(Paragraph(f"经{body.name}调解，当事人{partly}自愿达成如下协议："))
    pen.write(*terms(agreement, pen))
    pen.write(*_end(matter, signed))
    mediators = "人民调解员（签名）：" if signed.session.nature in COMMITTEES else "主持调解人员（签名）："
    pen.write(signing(matter, mediators, "记录人（签名）："), Seal(body.name, day(agreement.concluded_at)))


def _mandates(pen: Pen) -> Table:
    """Everybody of a group, for whom somebody else signs, by which paper of which day; who gave none is told apart."""
    matter = pen.matter
    named = {party.id: party.name for party in matter.parties}
    rows = [head("被代表人", "代表人", "授权", "签署日期")]
    for group in groups(matter.dispute):
        for person in group.represented:
            given = [one for one in matter.mandates if one.principal_id == person.id]
            agents = "、".join(named.get(one.agent_id, "") for one in given)
            paper = MANDATES[given[0].paper] if given else "未授权，由本人签名"
            on = day(given[0].signed_on) if given else ""
            pen.take(_("Mandate"), agents, COMPLETION, needed=False)
            rows.append((Cell(person.name), Cell(agents), Cell(paper), Cell(on)))
    return Table(tuple(rows), (28, 28, 24, 20), heads=1)


def terms(agreement: Agreement, pen: Pen) -> tuple[Block, ...]:
    """The terms with the numbers people know them by, under their sum, and what happens when one is not kept."""
    lines, whole = [sentence(term) for term in agreement.terms], []
    if agreement.total_fen and agreement.total_fen == sum(term.amount_fen or 0 for term in agreement.terms):
        whole.append(Paragraph(f"本协议约定的款项共计{sum_of(agreement.total_fen)}，分项如下："))
    pen.take(_("Terms"), "\n".join(lines), OUTCOME)
    if agreement.default_clause:
        lines.append(f"违约责任：{agreement.default_clause.rstrip('。')}。")
    return (*whole, *(Paragraph(f"{numeral(place)}、{line}") for place, line in enumerate(lines, 1)))


def sentence(term: Term) -> str:
    """One term in words, with whether it was performed while the parties sat there."""
    agreement = term.agreement
    at_once = agreement.performed_at_once and term.performed_on == local_day(agreement.concluded_at)
    return said(term, "（已当场履行）" if at_once else "")


def said(term: Term | TermDraft, performed: str = "") -> str:
    """Who pays whom how much by when, or what is done."""
    if term.amount_fen is None:
        place = f"在{term.place}" if term.place else ""
        by = f"{term.payer}于{day(term.due_on)}前{place}" if term.payer else f"于{day(term.due_on)}前{place}履行："
        proof = f"，以{term.proof.rstrip('。')}为完成标准" if term.proof else ""
        return f"{by}{term.act.rstrip('。')}{proof}{performed}。"
    to = f"向{term.payee}" if term.payee else ""
    ways = "，".join(filter(None, (MANNERS[term.manner] if term.manner else "", term.account)))
    way = f"（{ways}）" if ways else ""
    return f"{term.payer}于{day(term.due_on)}前{to}支付{sum_of(term.amount_fen)}{way}{performed}。"


def _end(matter: Matter, signed: Signed) -> tuple[Block, ...]:
    copies = signed.agreement.copies or len(matter.parties) + 1
    keeper = "人民调解委员会" if signed.session.nature in COMMITTEES else "主持机构"
    lines = [
        f"履行方式、地点：按上述各项约定履行；需要交付现金、物品或者办理手续的，可以在{matter.dispute.centre.name}进行。",
        f"本协议一式{copies}份，当事人、{keeper}各持一份。",
    ]
    if signed.session.nature in COMMITTEES:
        lines.append(
            "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效，"
            f"具有法律约束力，当事人应当按照约定履行。双方当事人认为有必要的，{before_court(matter)}"
        )
    else:
        lines.append("本协议自各方当事人签名、盖章或者按指印之日起生效，当事人应当按照约定履行。")
    return tuple(Paragraph(line) for line in lines)
