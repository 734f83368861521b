"""A further version of a final paper: the text that stands, and under it what is added, with its own lines to sign."""

from collections.abc import Sequence

from models.agreement import Term
from models.final_paper import FinalPaper, PaperKind
from models.record_supplement import RecordSupplement
from models.sealed import Sealer
from models.wording import TermDraft
from papers.agreement import said, sentence
from papers.blocks import Block, PageBreak, Paper, Paragraph, Seal, Title, paragraphs
from papers.kept import unpacked
from papers.matter import Matter, Pen
from papers.people import signing
from papers.record import write_mended
from papers.wording import day, numeral, sum_of

EFFECT = "本补充内容与原协议具有同等效力，自各方签署之日起生效；原协议其余各项不变。"


def supplemented_agreement(matter: Matter, paper: FinalPaper, sealer: Sealer, words: str, reason: str,
                           ended: Sequence[Term] = (), added: Sequence[TermDraft] = ()) -> Paper:  # fmt: skip
    """What the parties have agreed besides: terms that end and are added, and the words of whoever writes it down."""
    base, body, on = unpacked(paper.text(sealer)), paper.mediation.body.name, day(matter.at)
    mediator = "人民调解员（签名）：" if paper.is_sealed else "主持调解人员（签名）："
    more: tuple[Block, ...] = (
        PageBreak(),
        Title(f"{base.name}（补充）"),
        Paragraph(f"经{body}主持，各方当事人于{on}就上述协议自愿达成如下补充："),
        *_terms(ended, added),
        *paragraphs(words),
        Paragraph(f"补充原因：{reason.strip().rstrip('。')}。"),
        Paragraph(EFFECT),
        signing(matter, mediator, "记录人（签名）："),
        Seal(body, on),
    )
    return Paper(base.name, (*base.blocks, *more))


def _terms(ended: Sequence[Term], added: Sequence[TermDraft]) -> list[Block]:
    """The ended ones are quoted: the numbers on the paper count more than terms."""
    lines = [*map(_ended, ended), *map(said, added)]
    return [Paragraph(f"{numeral(place)}、{line}") for place, line in enumerate(lines, 1)]


def _ended(term: Term) -> str:
    paid = f"，此前已支付的{sum_of(term.paid_fen)}仍然有效" if term.paid_fen else ""
    return f"原协议“{sentence(term).rstrip('。')}”的约定，自本补充生效之日起不再履行{paid}。"


def supplemented_record(matter: Matter, paper: FinalPaper, sealer: Sealer) -> Paper:
    """What was mended in the record since it was made final."""
    base, pen = unpacked(paper.text(sealer)), Pen(matter)
    write_mended(pen, mended_since(paper))
    pen.write(signing(matter, "参加人（签名）：", "调解员（签名）：", "记录人（签名）："),
              Seal(paper.mediation.body.name, day(matter.at)))  # fmt: skip
    return Paper(base.name, (*base.blocks, *pen.blocks))


def mended_since(paper: FinalPaper) -> list[RecordSupplement]:
    """Supplements of the record that its final text does not hold yet."""
    if paper.kind is not PaperKind.RECORD:
        return []
    return paper.mediation.record_supplements[paper.mended :]
