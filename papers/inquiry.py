"""调查记录: what somebody said about the facts, record after record; before the first one the sheet to write on."""

from models.investigation import Investigation
from models.words import _
from papers.blocks import (
    Cell,
    PageBreak,
    Paper,
    Paragraph,
    Signatures,
    Table,
    Title,
    form,
    heading,
    pair,
    paragraphs,
    wide,
)
from papers.matter import Matter, Pen
from papers.sources import INQUIRY
from papers.wording import day, moment

NAME = "调查记录"
LINES = 9
SIGNING = Signatures(("被调查人（签名、按指印）：", "调查人（签名）：", "记录人（签名）："))


def finished(matter: Matter) -> list[Investigation]:
    """Each first record followed by its supplements; drafts are not papers yet."""
    done = [one for one in matter.dispute.investigations if one.finished_at is not None]
    return sorted(done, key=lambda one: (one.supplements_id or one.id, one.id))


def write(matter: Matter) -> Paper:
    pen, records = Pen(matter), finished(matter)
    for record in records:
        if pen.blocks:
            pen.write(PageBreak())
        _write_record(pen, record)
    if not records:
        _write_sheet(pen)
    return pen.done(NAME)


def _write_record(pen: Pen, record: Investigation) -> None:
    matter, first = pen.matter, record.supplements
    asked = "、".join(person.name for person in record.investigators)
    pen.write(
        Title(f"{NAME}（补充）" if first else NAME, matter.number),
        form(
            wide("事由", matter.matter_in_short),
            pair("时间", moment(record.held_at), "地点", pen.take(_("Place"), record.place, INQUIRY, needed=False)),
            pair("调查人", pen.take(_("Investigators"), asked, INQUIRY),
                 "记录人", record.recorder.name if record.recorder else ""),
            wide("参加人", pen.take(_("Present"), record.present, INQUIRY, needed=False)),
            pair("被调查人", pen.take(_("Who was asked"), record.name, INQUIRY),
                 "与当事人关系", record.relation or ("当事人本人" if record.party_id else "")),
            *_particulars(pen, record),
        ),
    )  # fmt: skip
    if first is not None:
        pen.write(Paragraph(f"本记录补充{day(first.held_at)}对{first.name}的调查记录，原记录不变。"))
    said = pen.take(_("What was asked and answered"), record.text, INQUIRY)
    pen.write(heading("记录"), *paragraphs(said))
    pen.write(Paragraph("以上记录已向被调查人宣读（交被调查人阅读），确认无误。"), SIGNING)


def _particulars(pen: Pen, record: Investigation) -> list[tuple[Cell, ...]]:
    """Of a party they are on record; of anybody else the hand adds them."""
    if record.party is None:
        return [pair("联系方式", "", "单位或住址", "")]
    return [pair("联系方式", pen.matter.clear(record.party, "phone"), "单位或住址", pen.matter.address(record.party))]


def _write_sheet(pen: Pen) -> None:
    matter = pen.matter
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
        SIGNING,
    )
