"""当事人权利义务告知书: what mediation is, what a party may and must do (人民调解法 art. 3, 4, 23, 24, 31, 33)."""

from models.natures import Nature
from models.party import Party
from models.words import _
from papers.agreement import before_court, is_suit
from papers.blocks import Paper, Paragraph, Seal, Title, heading
from papers.matter import Matter, Pen
from papers.people import signing
from papers.sources import TOLD
from papers.wording import BLANK_DAY, CONSENTS, SIDES, TELLINGS, moment

NAME = "当事人权利义务告知书"
PRINCIPLES = (
    "在当事人自愿、平等的基础上进行调解；",
    "不违背法律、法规和国家政策；",
    "尊重当事人的权利，不得因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。",
)
RIGHTS = (
    "选择或者接受人民调解员；",
    "接受调解、拒绝调解或者要求终止调解；",
    "要求调解公开进行或者不公开进行；",
    "自主表达意愿、自愿达成调解协议。",
)
DUTIES = (
    "如实陈述纠纷事实；",
    "遵守调解现场秩序，尊重人民调解员；",
    "尊重对方当事人行使权利。",
)
OTHER_DUTIES = tuple(line.replace("人民调解员", "主持调解人员") for line in DUTIES)
OTHER_RIGHTS = tuple(line.replace("人民调解员", "主持调解人员") for line in RIGHTS)


def write(matter: Matter) -> Paper:
    pen, committees = Pen(matter), matter.is_committees
    pen.write(Title(NAME))
    if committees:
        pen.write(Paragraph("人民调解是人民调解委员会通过说服、疏导等方法，促使当事人在平等协商基础上自愿达成调解协议，"
                            "解决民间纠纷的活动。人民调解委员会调解民间纠纷，不收取任何费用。"))  # fmt: skip
    else:
        pen.write(Paragraph(f"{matter.body}主持本次调解（协调），在当事人自愿、平等的基础上进行，不收取任何费用。"))
    pen.write(heading("一、调解的原则"), *_items(PRINCIPLES))
    pen.write(heading("二、当事人在调解活动中的权利"), *_items(RIGHTS if committees else OTHER_RIGHTS))
    pen.write(heading("三、当事人在调解活动中的义务"), *_items(DUTIES if committees else OTHER_DUTIES))
    pen.write(heading("四、调解协议的效力"), *(Paragraph(line) for line in _effect(matter)))
    pen.write(Paragraph("以上内容已告知本人，本人已知悉。"))
    pen.write(*(Paragraph(_told(pen, party)) for party in matter.parties if party.id in matter.told))
    sat = {one.party_id for session in matter.dispute.sessions for one in session.participants}
    for party in matter.parties:
        if party.id in sat - matter.told.keys():  # whoever never came could not be told
            pen.take(_("Told and consenting"), "", TOLD)
    pen.write(signing(matter, "告知人（签名）："), Seal("", BLANK_DAY))
    return pen.done(NAME)


def _told(pen: Pen, party: Party) -> str:
    """Who was told when, by whom and how, and what the party answered."""
    notice = pen.matter.told[party.id]
    by = pen.matter.people.get(notice.by_id or 0, "")
    language = f"，使用{notice.language}" if notice.language else ""
    interpreter = f"，翻译：{notice.interpreter}" if notice.interpreter else ""
    line = (f"{SIDES[party.side]}{party.name}：{moment(notice.told_at)}由{by or '工作人员'}{TELLINGS[notice.told]}告知"
            f"{language}{interpreter}，{CONSENTS[notice.consent]}。")  # fmt: skip
    return pen.take(_("Told and consenting"), line, TOLD)


def _items(lines: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(f"（{place}）{line}") for place, line in enumerate(lines, 1))


def _effect(matter: Matter) -> tuple[str, ...]:
    if matter.is_committees:
        return (
            "经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。",
            f"达成调解协议后，双方当事人认为有必要的，{before_court(matter)}"
            f"{'人民法院制作的调解书' if is_suit(matter) else '经司法确认有效的调解协议'}，"
            "一方当事人拒绝履行或者未全部履行的，对方当事人可以向人民法院申请强制执行。",
            "调解不成的，当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。",
        )
    if matter.nature is Nature.PETITION:
        return ("信访事项经协调达成的协议，当事人应当按照约定履行；协调不成的，依照《信访工作条例》的规定办理。",)
    return ("达成的协议自双方签名、盖章或者按指印之日起，当事人应当按照约定履行。"
            "未达成协议的，当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。",)  # fmt: skip
