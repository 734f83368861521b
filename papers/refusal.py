"""不予受理告知单: why the centre does not take the matter, and where to go (当场书面告知)."""

from models.lifecycle import Move
from models.words import _
from papers.blocks import Paper, Paragraph, Seal, Title, flush, paragraphs
from papers.matter import Matter, Pen
from papers.people import names, signing
from papers.sources import DECISION
from papers.wording import day

NAME = "不予受理告知单"


def is_declined(matter: Matter) -> bool:
    return any(remark.about is Move.DECLINE for remark in matter.dispute.remarks)


def write(matter: Matter) -> Paper:
    pen, dispute = Pen(matter), matter.dispute
    remark = next((one for one in reversed(dispute.remarks) if one.about is Move.DECLINE), None)
    applicants = [party for party in matter.parties if party.side == "applicant"]
    pen.write(
        Title(NAME, dispute.number),
        flush(f"{names(applicants)}："),
        Paragraph(f"你（们）于{day(dispute.registered_at)}反映的事项（{matter.category}）已收悉。经审查，本中心不予受理，理由如下："),
        *paragraphs(pen.take(_("Reason"), remark.text if remark else "", DECISION)),
        Paragraph("你（们）可以依法通过仲裁、行政复议、行政处理、诉讼等途径维护自己的权利。需要法律咨询或者法律援助的，"
                  "可以在本中心法律援助室办理，或者拨打 12348。"),
        Paragraph(f"咨询电话：{dispute.centre.telephone}"),
        Seal(dispute.centre.name, day(remark.at if remark else None)),
        flush("当事人签收："),
        signing(matter),
    )  # fmt: skip
    return pen.done(NAME)
