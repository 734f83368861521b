"""What goes on in the rooms on the busy morning: sessions that are open, were agreed, ended otherwise."""

from datetime import date

from sqlalchemy import select

from models.agreement import TermDraft
from models.agreement_draft import save_draft
from models.assignment import Duty
from models.callout import AnswerResult, ArrivalMethod, CalloutOrder, Officer
from models.closing import close
from models.conclusion import Conclusion, Ground, Outcome
from models.consent import Consent, Telling, tell_rights
from models.draft import keep_statement
from models.final_paper import PaperKind, finalise
from models.follow_up import FollowUp
from models.follow_up_call import CallOutcome, CallReport, Sign, note_follow_up
from models.hand_over import HandOverOrder
from models.ink import agree_to_ink, open_link
from models.investigation import Investigation, Questioning
from models.lifecycle import ClosingType
from models.mandate import MandatePaper, note_mandates
from models.mediation import MediationSession
from models.natures import Nature
from models.participant import Invitee, Participant, join_session
from models.party import Party, Side
from models.performance import PaidBy, note_performance
from models.presiding_body import BodyKind, PresidingBody
from models.record_reading import ReadingWay, confirm_reading
from models.record_supplement import supplement
from models.recusal import Recusal, RecusalGround
from models.whistle import WhistleOrder, sound
from papers.final import draft as paper_of
from papers.kept import kept
from papers.reading import matter_of
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.morning_window import Say, entry
from transaction import db, now


def session_in(cast: Cast, say: Say, room: str = "调解一室") -> MediationSession:
    """A session is open."""
    dispute = entry(cast, say)
    with cast.acting() as change:
        order = WhistleOrder([CalloutOrder(cast.unit("市场监管局").id)], room=cast.room(room),
                             mediator=cast.person(MEDIATOR))  # fmt: skip
        callout = sound(change, dispute, order).callouts[0]
        callout.arrive(change, ArrivalMethod.MEDIATOR, Officer(say("officer", "贺强"), say("post", "科长")))
    body = db.session.scalars(
        select(PresidingBody).where(PresidingBody.centre_id == dispute.centre_id,
                                    PresidingBody.kind == BodyKind.PEOPLE_COMMITTEE).limit(1)
    ).one()  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        present = [Participant(party_id=dispute.parties[0].id, name=dispute.parties[0].name),
                   Participant(name=say("participant", "社区书记"), capacity=say("capacity", "见证"))]  # fmt: skip
        session = MediationSession.open(change, dispute, Nature.PEOPLES, body, cast.person(MEDIATOR), None,
                                        cast.room(room), present)  # fmt: skip
        session.state(change, say("speaker", "宋佳"), say("statement", "还有八个月没有用"))
        callout.give_answer(change, callout.version, AnswerResult.TAKEN_BACK, say("answer", "回去核实合同"),
                            date(2026, 12, 1))  # fmt: skip
    return session


def being_written(cast: Cast, say: Say, session: MediationSession) -> None:
    """The agreement of an open session is being written; a representative has been authorised."""
    dispute = session.dispute
    with cast.acting() as change:
        agent = Party.add(change, dispute, Side.APPLICANT, say("party", "业主代表"))
        agent.edit(change, agent.version, represents_others=True)
        Party.add(change, dispute, Side.APPLICANT, say("party", "业主甲"))
    with cast.acting() as change:
        note_mandates(change, dispute, dispute.version, {(dispute.parties[0].id, agent.id)}, MandatePaper.POWER,
                      date(2026, 11, 20))  # fmt: skip
    typed = {"rows-0-payer": say("payer", "甘州某健身馆"), "rows-0-act": say("act", "尽快搬走"),
             "rows-0-account": say("account", "银行卡"), "rows-0-due_on": "2026-12-01",
             "rows-1-proof": say("proof", "验收"), "default_clause": say("default", "逾期协商")}  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        save_draft(change, session, 0, {name: [words] for name, words in typed.items()})


def taken_down(cast: Cast, say: Say, session: MediationSession) -> None:
    """Beside the open session: who was told and agrees, who asked whom, what is still being typed."""
    dispute, mediator = session.dispute, cast.person(MEDIATOR)
    one, other = dispute.parties[:2]
    said = Questioning(session.opened_at, say("place", "甘泉社区"), None, say("asked", "柴玉梅"),
                       say("relation", "邻居"), [mediator], cast.person(CLERK), say("present", "网格员"),
                       say("questions", "问:何时停业?答:上月。"))  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        tell_rights(change, one, Telling.PAPER, Consent.AGREES)
        tell_rights(change, other, Telling.ALOUD, Consent.AGREES, say("language", "藏语"), say("interpreter", "卓玛"))
        neighbour = Participant(name=say("invitee", "柴玉梅"), invitee=Invitee.NEIGHBOUR, parties_consent=True)
        join_session(change, session, neighbour)
        keep_statement(change, session, "0" * 32, say("draft speaker", "宋佳"), say("draft", "卡里还有"))
        confirm_reading(change, session, session.participants[0], ReadingWay.INTERPRETER, say("interpreter", "卓玛"))
        first = Investigation.begin(change, dispute, said)
        first.finish(change)
        Investigation.begin(change, dispute, said, first)
        Recusal.ask(change, other, Duty.MEDIATOR, RecusalGround.OTHER, say("recusal", "与申请人同村"))


def agreed(cast: Cast, say: Say) -> None:
    """Two agreements: one final and still to be signed and performed, one closed."""
    for closes in (False, True):
        session = session_in(cast, say, "调解二室")
        dispute = session.dispute
        terms = [TermDraft(date(2026, 12, 1), dispute.parties[1].name, "宋佳", 90_000,
                           account=say("account", "本人银行卡")),
                 TermDraft(date(2026, 12, 5), act=say("act", "注销会员卡"), place=say("place", "店内"),
                           proof=say("proof", "出具注销单"))]  # fmt: skip
        with cast.acting(MEDIATOR) as change:
            session.conclude(change, session.version, Conclusion(
                Outcome.AGREED, on_site=True, default_clause=say("default", "逾期按日计息"), terms=terms))  # fmt: skip
        if not closes:
            final_for_signing(cast, session)
        if closes:
            today = date(2026, 11, 23)
            paid, act = session.agreement.terms
            with cast.acting(MEDIATOR) as change:
                for fen in (30_000, 10_000):
                    note_performance(change, paid, today, fen, PaidBy.CASH, say("evidence", "收条一张"))
                paid.performances[1].strike(change, say("strike", "金额登错"))
                paid.perform(change, today)
                visit = db.session.scalars(select(FollowUp).where(FollowUp.term_id == act.id)).one()
                note_follow_up(change, visit, CallReport(CallOutcome.ANOTHER_DAY, signs=[Sign.NEW_QUARREL],
                                                         advice=say("advice", "请再催一次")))  # fmt: skip
                close(change, dispute, ClosingType.SETTLED_WRITTEN, today, date(2026, 11, 30))


def final_for_signing(cast: Cast, session: MediationSession) -> None:
    """The agreement is final, both sides agree to sign on a screen, and the text is open for the first of them."""
    matter = matter_of(db.session(), session.dispute, cast.app.extensions["sealer"], now())
    text = kept(paper_of(matter, session, PaperKind.AGREEMENT))
    with cast.acting(MEDIATOR) as change:
        paper = finalise(change, session, PaperKind.AGREEMENT, text)
    with cast.acting(MEDIATOR) as change:
        for signer in (one for one in paper.signers if one.is_party):
            agree_to_ink(change, paper, signer, Consent.AGREES)
        open_link(change, paper, paper.signers[0])


def ended(cast: Cast, say: Say, outcome: Outcome) -> None:
    session = session_in(cast, say, "调解四室")
    order = HandOverOrder(cast.unit("住建局").id, say("taker", "屈文涛"), date(2026, 12, 3), say("post", "科长"),
                          say("matter", "核实备案"))  # fmt: skip
    with cast.acting(MEDIATOR) as change:
        end = Conclusion(
            outcome, reason=say("reason", "等待鉴定"), ground=Ground.GAP, routes_told=True, hand_over=order
        )
        session.conclude(change, session.version, end)
        supplement(
            change, session, say("mistake", "数字写错"), say("supplement", "应为九个月"), session.statements[0].id
        )
