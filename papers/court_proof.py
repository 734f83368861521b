"""主持调解证明: that a body founded by law presided, as the court asks it of an application (民诉法解释 art. 353)."""

from papers.blocks import Paper, Paragraph, Seal, Title
from papers.matter import Matter, Signed
from papers.people import names
from papers.wording import day

NAME = "调解组织主持调解的证明"


def write(matter: Matter, signed: Signed) -> Paper:
    session, on = signed.session, day(signed.agreement.concluded_at)
    number = f"（{signed.number}）" if signed.number else ""
    return Paper(NAME, (
        Title(NAME, signed.number),
        Paragraph(f"兹证明：{names(matter.parties)}因{matter.matter_in_short}，经{session.body.name}主持、"
                  f"调解员{session.mediator.name if session.mediator else matter.mediator}调解，"
                  f"于{on}自愿达成《{signed.name}》{number}。"),
        Paragraph("特此证明。"),
        Seal(session.body.name, on),
    ))  # fmt: skip
