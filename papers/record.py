"""人民调解记录: each session on a page of its own, from what was taken down while people spoke."""

from collections.abc import Sequence

from models.agreement import AgreementForm
from models.callout import Callout
from models.conclusion import Outcome
from models.mediation import MediationSession
from models.participant import Participant
from models.record_reading import newest_readings
from models.record_supplement import RecordSupplement
from models.recusal import Recusal
from models.words import _
from papers.blocks import Block, PageBreak, Paper, Paragraph, Seal, Title, form, heading, paragraphs, wide
from papers.matter import COMMITTEES, Matter, Pen
from papers.people import names, signing
from papers.sources import OUTCOME, SESSION
from papers.wording import (
    AGREEMENTS,
    DUTIES,
    GROUNDS,
    INVITEES,
    READINGS,
    RECORDS,
    RECUSALS,
    RESULTS,
    clock,
    day,
    moment,
    span,
)

UNSIGNED = "其后当事人拒绝在协议上签名，协议未生效。"
ROUTES = "已告知当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。"
TOLD = "主持人告知当事人在调解活动中享有的权利和承担的义务，以及调解的原则和调解协议的效力。"


def name(matter: Matter) -> str:
    return RECORDS[matter.nature]


def write(matter: Matter) -> Paper:
    pen = Pen(matter)
    for session in matter.dispute.sessions:
        if pen.blocks:
            pen.write(PageBreak())
        start = len(pen.blocks)
        write_session(pen, session)
        pen.keep(start, matter.finals.get((session.id, "record")))
    return pen.done(name(matter))


def write_session(pen: Pen, session: MediationSession) -> None:
    """The record of one session, as it stands now."""
    matter, dispute = pen.matter, pen.matter.dispute
    present = [one for one in session.participants if one.party_id is None]
    others = "、".join(_presence(one) for one in present)
    place = session.room.name if session.room else ""
    pen.write(
        Title(RECORDS[session.nature], matter.numbers.get(session.body_id, "")),
        form(
            wide("时间", span(session.opened_at, session.ended_at)),
            wide("地点", pen.take(_("Room"), f"{dispute.centre.name}{place}", SESSION)),
            wide("事由", matter.matter_in_short),
            wide("主持机构", session.body.name),
            wide("主持调解员", session.mediator.name),
            wide("记录人", pen.take(_("Recorder"), session.recorder.name if session.recorder else "", SESSION,
                                 needed=False)),
            wide("当事人", names(matter.parties)),
            wide("参加人", pen.take(_("Also present"), others, SESSION, needed=False)),
        ),
        heading("记录"),
        Paragraph(TOLD),
    )  # fmt: skip
    for recusal in dispute.recusals:
        if session.ended_at is None or recusal.asked_at <= session.ended_at:
            pen.write(Paragraph(_recusal(recusal)))
    said = [f"{one.speaker}（{clock(one.at)}）：{one.text}" for one in session.statements]
    pen.take(_("What was said"), "\n".join(said), SESSION)
    for words in said:
        pen.write(*paragraphs(words))
    for callout in _answering(dispute.callouts, session):
        pen.write(Paragraph(_answer(callout)))
    pen.write(heading("调解结果"), *_result(pen, session))
    for reading in newest_readings(session).values():
        by = f"，翻译：{reading.interpreter}" if reading.interpreter else ""
        line = f"{reading.participant.name}：{moment(reading.at)}{READINGS[reading.way]}本记录{by}。"
        pen.write(Paragraph(pen.take(_("Reading of the record"), line, SESSION)))
    pen.write(
        Paragraph("以上记录已向当事人宣读（交当事人阅读），确认无误。"),
        signing(matter, "参加人（签名）：", "调解员（签名）：", "记录人（签名）："),
        Seal(session.body.name, day(session.ended_at or session.opened_at)),
    )
    _write_supplements(pen, session)


def _presence(one: Participant) -> str:
    """宋明（亲属，经当事人同意邀请）: by name and capacity."""
    invited = f"{INVITEES[one.invitee]}，经当事人同意邀请" if one.invitee else ""
    capacity = "，".join(filter(None, (one.capacity, invited)))
    return f"{one.name}（{capacity}）" if capacity else one.name


def _recusal(recusal: Recusal) -> str:
    asked = (f"{recusal.party.name}于{moment(recusal.asked_at)}申请{DUTIES[recusal.duty]}{recusal.person.name}回避，"
             f"理由：{RECUSALS[recusal.ground]}{f'（{recusal.words}）' if recusal.words else ''}。")  # fmt: skip
    if recusal.granted is None:
        return f"{asked}尚未决定。"
    if recusal.granted:
        successor = f"，由{recusal.successor.name}接替" if recusal.successor else ""
        return f"{asked}{day(recusal.decided_at)}决定回避{successor}。"
    return f"{asked}{day(recusal.decided_at)}决定不回避，理由：{recusal.reason.rstrip('。')}。"


def _write_supplements(pen: Pen, session: MediationSession) -> None:
    """What was mended after the end, under the record that stays as it is."""
    write_mended(pen, session.record_supplements)
    if session.record_supplements:
        pen.write(signing(pen.matter, "调解员（签名）：", "记录人（签名）："))


def write_mended(pen: Pen, supplements: Sequence[RecordSupplement]) -> None:
    if supplements:
        pen.write(heading("补正"))
    for one in supplements:
        words = pen.take(_("Supplement to the record"), one.text, SESSION)
        pen.write(Paragraph(f"{moment(one.at)}补正，原因：{one.reason.rstrip('。')}。"), *paragraphs(words))


def _answering(callouts: list[Callout], session: MediationSession) -> list[Callout]:
    """Units that answered; with several sessions, those whistled before this one ended."""
    return [one for one in callouts if one.result is not None and one.arrived_at is not None
            and (session.ended_at is None or one.arrived_at <= session.ended_at)]  # fmt: skip


def _answer(callout: Callout) -> str:
    who = " ".join(part for part in (callout.unit.name, callout.officer_post, callout.officer_name) if part)
    result = RESULTS[callout.result] if callout.result else ""
    until = f"（于{day(callout.answer_due_on)}前答复）" if callout.answer_due_on else ""
    return f"{who}：{result}{until}。{callout.answer}"


def _result(pen: Pen, session: MediationSession) -> tuple[Block, ...]:
    outcome = pen.take(_("Outcome of the session"), session.outcome or "", OUTCOME)
    if not outcome:
        return ()
    if session.outcome is Outcome.AGREED:
        partly = "部分" if session.agreement and session.agreement.is_partial else ""
        agreed = Paragraph(f"经调解，当事人自愿{partly}达成协议，内容见《{_agreement_of(session)}》。")
        return (agreed,) if session.standing_agreement else (agreed, Paragraph(UNSIGNED), Paragraph(ROUTES))
    reason = paragraphs(session.reason)
    if session.outcome is Outcome.NOT_AGREED:
        ground = GROUNDS[session.ground] if session.ground else ""
        routes = (Paragraph(ROUTES),) if session.routes_told else ()
        return (Paragraph(f"经调解未达成协议。原因：{ground}。"), *reason, *routes)
    if session.outcome is Outcome.HANDED_OVER and (order := session.hand_over) is not None:
        to = " ".join(part for part in (order.unit.name, order.post, order.person) if part)
        return (Paragraph(f"本次未当场解决，转由{to}办理，于{day(order.reply_by)}前答复当事人。"),
                *paragraphs(order.matter), *reason)  # fmt: skip
    if session.outcome is Outcome.SUSPENDED:
        return (Paragraph("调解中止。"), *reason)
    return (Paragraph("申请人撤回调解申请。"), *reason)


def _agreement_of(session: MediationSession) -> str:
    if session.agreement is not None and session.agreement.form is AgreementForm.ORAL:
        return "人民调解口头协议登记表" if session.nature in COMMITTEES else "口头协议登记表"
    return AGREEMENTS[session.nature]
