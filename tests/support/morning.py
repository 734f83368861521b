"""A busy morning: the demo's people with disputes in every state, for tests that walk over the whole application.

Everything is reached through the verbs, as the staff would do it. The fixture `morning` stands in the conftest.py of
tests/guards and of tests/faults.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import and_, select

from blueprints.attachments.intake import keep as kept_file
from models.agreement import TermDraft
from models.agreement_draft import save_draft
from models.assignment import Duty
from models.attachment import Attachment, AttachmentKind
from models.attendance import Attendance
from models.batch import Batch
from models.batch_drawing import settle, take
from models.calendar import CalendarDay, DayKind
from models.callout import AnswerResult, ArrivalMethod, Callout, CalloutOrder, Officer
from models.channel import ChannelKind, MessageChannel
from models.closing import close
from models.completion import Particulars, complete
from models.consent import Consent, Telling, tell_rights
from models.coordination import Coordination
from models.deadline import start
from models.dispute import Dispute
from models.draft import keep_statement
from models.final_paper import PaperKind, finalise
from models.follow_up import FollowUp
from models.follow_up_call import CallOutcome, CallReport, Sign, note_follow_up
from models.hand_over import HandOverOrder
from models.ink import agree_to_ink, open_link
from models.investigation import Investigation, Questioning
from models.invitation import PhoneResult
from models.lifecycle import ClosingType
from models.mandate import MandatePaper, note_mandates
from models.mediation import Conclusion, Ground, MediationSession, Nature, Outcome, Participant
from models.meeting import join_meeting
from models.objection import Objection, ObjectionChannel
from models.participant import Invitee, join_session
from models.party import Party, Side
from models.pause import PauseReason, pause
from models.performance import PaidBy, note_performance
from models.person import Person, Role, RoleHeld
from models.presence import note
from models.presiding_body import BodyKind, PresidingBody
from models.record_reading import ReadingWay, confirm_reading
from models.record_supplement import supplement
from models.recusal import Recusal, RecusalGround
from models.registration import Entry, consult, join, register
from models.representative import Authority, RepresentativeKind
from models.reserved_number import prepare_pack
from models.risk import Risk
from models.screen import Face, Screen, digest
from models.subsidy_decision import correct
from models.subsidy_grade import PAID, Grade
from models.subsidy_line import Evidence
from models.subsidy_list import SubsidyList
from models.subsidy_rate import SubsidyRateTable
from models.telephone_call import CallResult, note_call
from models.time_request import TimeWish, ask_for_time
from models.unit_answer import UnitAnswer
from models.visit import VisitPurpose
from models.whistle import Level, WhistleOrder, sound
from papers.final import draft
from papers.kept import kept
from papers.reading import matter_of
from security import access, links
from security.inspection import inspect
from security.permissions import ROLE_PERMISSIONS
from seeds.demo import load as load_demo
from tests.support import papers
from tests.support.cast import CLERK, LEADER, MANAGER, MEDIATOR, Cast
from tests.support.court_morning import matters_of_the_court, table_of_the_court
from transaction import db, now, writing

# What a field says unless the test puts something else into it: `say(field, usual)`.
Say = Callable[[str, str], str]
# The secret of a link that waits for its screen.
PAIRING = "a-link-that-waits-for-its-screen"
MEETING = "https://meeting.example.cn/8"
CALLED = ("市场监管局", "人社局", "住建局", "司法局", "甘浚镇")


def usual(_field: str, words: str) -> str:
    return words


def load(app: Flask) -> None:
    load_demo(app.config["SETTINGS"].data_dir)
    tell(Cast(app))


def tell(cast: Cast, say: Say = usual) -> None:
    """Nine matters, each left at another point of its way."""
    _registered(cast, say)
    _whistled(cast, say)
    _by_video(cast, say)
    session = _session(cast, say)
    _draft(cast, say, session)
    _taken_down(cast, say, session)
    _agreed(cast, say)
    _subsidies(cast, say)
    _deadlines(cast, say)
    for outcome in (Outcome.HANDED_OVER, Outcome.NOT_AGREED, Outcome.SUSPENDED, Outcome.WITHDRAWN):
        _ended(cast, say, outcome)
    _batch(cast)
    matters_of_the_court(cast, say)
    table_of_the_court(cast)
    with cast.acting() as change:
        visit = consult(change, cast.centre, say("name", "何晓梅"), say("phone", "19000000055"),
                        say("question", "如何申请法律援助"), 1, say("answer", "已告知条件和材料"))  # fmt: skip
        visit.print_slip(change)
        CalendarDay.enter(change, cast.centre, DayKind.HOLIDAY, say("holiday", "元旦"), date(2027, 1, 1), None)
        Attendance.come(change, cast.centre, cast.unit("信访局"))
        prepare_pack(change, cast.centre)
        note(change.session, cast.centre.id, change.at)
        screen, _token = Screen.make(change, cast.centre, Face.DOOR, say("screen", "三室门牌"), cast.room("调解三室"))
        screen.pairing_hash = digest(PAIRING)
        secrets = {"address": "http://127.0.0.1:9/", "body": say("template", "{text}"), "test_phone": "19000000099"}
        MessageChannel.create(change, cast.centre, ChannelKind.HTTP, secrets, name=say("channel", "短信"))


def _entry(cast: Cast, say: Say) -> Dispute:
    with cast.acting() as change:
        entry = Entry(6, say("name", "宋佳"), say("phone", "19000000032"), cast.category("消费"),
                      say("opposite", "甘州某健身馆"), say("demand", "退还预付卡余额"))  # fmt: skip
        visit = register(change, cast.centre, entry)
    with cast.acting() as change:
        visit.print_slip(change)
    return visit.dispute


def _registered(cast: Cast, say: Say) -> None:
    """Registered, and everything known about it."""
    dispute = _entry(cast, say)
    with cast.acting() as change:
        complete(change, dispute, dispute.version, Particulars(
            dispute.category, say("demand", "退还余额"), say("facts", "健身馆停业"), (say("claim", "退还 1200 元"),),
            120_000, date(2026, 11, 2), False, {Risk.AGITATED, Risk.VULNERABLE}))  # fmt: skip
        secrets = {"id_number": say("id", "620702199001010029"), "phone": say("phone", "19000000033")}
        one = Party.add(
            change, dispute, Side.APPLICANT, say("party", "马玉兰"), address=say("address", "甘泉社区"), **secrets
        )
        Party.add(change, dispute, Side.THIRD, say("party", "甘州某商管公司"), contact=say("contact", "祁经理"))
    with cast.acting() as change:
        speakers = [Authority(RepresentativeKind.AGENT, say("agent", "白志刚"), say("authority", "授权委托书"))]
        one.edit(change, one.version, speakers=speakers, ethnic_group=say("ethnic", "回族"))
    with cast.acting() as change:
        join(change, dispute, VisitPurpose.URGE, 2, say("note", "催问进度"))
        one.reveal(change, "phone")
    _material(cast, say, dispute)


def _material(cast: Cast, say: Say, dispute: Dispute) -> None:
    """A picture, a card that is not shown, a text that was removed."""
    picture, card, text = (
        kept_file(inspect(f"{name}.{ending}", content))
        for name, ending, content in (
            ("contract", "jpg", papers.photo()), ("card", "png", papers.photo("PNG")), ("text", "txt", b"0931")
        )
    )  # fmt: skip
    with cast.acting() as change:
        kinds = AttachmentKind
        Attachment.upload(change, dispute, [card], kinds.IDENTITY, say("title", "身份证"), say("source", "宋佳"))
        [gone] = Attachment.upload(change, dispute, [text], kinds.OTHER, say("title", "字条"))
        gone.remove(change, say("removal", "传错了案件"))
        [shown] = Attachment.upload(change, dispute, [picture], kinds.EVIDENCE)
        shown.retitle(change, shown.version, kind=kinds.EVIDENCE, title=say("title", "办卡合同"),
                      source=say("source", "宋佳"), pages=2)  # fmt: skip


def _whistled(cast: Cast, say: Say) -> None:
    """The whistle has sounded: each unit is at another point of its way to the room."""
    dispute = _entry(cast, say)
    orders = [CalloutOrder(cast.unit(name).id, say("question", "请说明退费责任")) for name in CALLED]
    others = [party for party in dispute.parties if party.side is not Side.APPLICANT]
    with cast.acting() as change:
        order = WhistleOrder(orders, room=cast.room("调解三室"), mediator=cast.person(MEDIATOR), invite=others)
        whistle = sound(change, dispute, order)
    told, coming, objecting, present, silent = whistle.callouts
    with cast.acting() as change:
        told.tell_by_telephone(change, say("told", "贺强"))
        coming.substitute(change, Officer(say("officer", "滕丽"), say("post", "副科长"), say("phone", "19000000040")))
        coming.set_out(change)
        Objection.raise_for(change, objecting, say("objection", "不属我局职责"), say("basis", "三定规定"),
                            ObjectionChannel.TELEPHONE)  # fmt: skip
        ask_for_time(change, told, TimeWish.MORE_MINUTES, 15, say("time", "半路爆胎"))
        pause(change, coming, PauseReason.OTHER, say("pause", "中心换房间"))
        note_call(change, objecting, CallResult.NO_ANSWER)
        Coordination.ask(change, silent)
        change.session.flush()
        Coordination.ask(change, coming).arrange(change, say("arranged", "已通知分管领导"))
        present.arrive(change, ArrivalMethod.DESK, Officer(say("officer", "安国华"), say("post", "律师")))
        dispute.invitations[0].note(change, PhoneResult.COMING, 20)


def _by_video(cast: Cast, say: Say) -> None:
    """A unit sits in the meeting and has answered; another took part and was released."""
    dispute = _entry(cast, say)
    orders = [CalloutOrder(cast.unit(name).id) for name in ("市场监管局", "人社局")]
    with cast.acting() as change:
        order = WhistleOrder(orders, level=Level.VIDEO, video_url=MEETING)
        gone, there = sound(change, dispute, order).callouts
    with cast.acting() as change:
        for callout in (gone, there):
            join_meeting(change, callout, Officer(say("officer", "滕丽"), say("post", "副科长")))
            UnitAnswer.state(change, callout, AnswerResult.ANSWERED, say("own answer", "三日内答复"))
        gone.release(change)


def _session(cast: Cast, say: Say, room: str = "调解一室") -> MediationSession:
    """A session is open."""
    dispute = _entry(cast, say)
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


def _draft(cast: Cast, say: Say, session: MediationSession) -> None:
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


def _taken_down(cast: Cast, say: Say, session: MediationSession) -> None:
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


def _agreed(cast: Cast, say: Say) -> None:
    """Two agreements: one final and still to be signed and performed, one closed."""
    for closes in (False, True):
        session = _session(cast, say, "调解二室")
        dispute = session.dispute
        terms = [TermDraft(date(2026, 12, 1), dispute.parties[1].name, "宋佳", 90_000,
                           account=say("account", "本人银行卡")),
                 TermDraft(date(2026, 12, 5), act=say("act", "注销会员卡"), place=say("place", "店内"),
                           proof=say("proof", "出具注销单"))]  # fmt: skip
        with cast.acting(MEDIATOR) as change:
            session.conclude(change, session.version, Conclusion(
                Outcome.AGREED, on_site=True, default_clause=say("default", "逾期按日计息"), terms=terms))  # fmt: skip
        if not closes:
            _final(cast, session)
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


def _subsidies(cast: Cast, say: Say) -> None:
    """What was closed stands in an approved list; the next one corrects it and is being drawn up."""
    last = date(2026, 11, 23)
    closed = db.session.scalars(select(Dispute).where(Dispute.closed_at.is_not(None))).one()
    body, files = closed.sessions[0].body, {closed.id: Evidence(papers=8, lacking=0)}
    with cast.acting(MANAGER) as change:
        rates = {grade: 100_00 * place for place, grade in enumerate(PAID, 1)}
        SubsidyRateTable.enter(change, cast.centre, date(2027, 1, 1), say("basis", "演示数据"), rates)
    with cast.acting() as change:
        drawn = SubsidyList.draw_up(change, body, last, last, files)
        drawn.submit(change, drawn.version)
    with cast.acting(MANAGER) as change:
        drawn.send_back(change, drawn.version, say("sent back", "请核对"))
    with cast.acting() as change:
        drawn.submit(change, drawn.version)
    with cast.acting(MANAGER) as change:
        drawn.approve(change, drawn.version)
    with cast.acting() as change:
        following = SubsidyList.draw_up(change, body, last, last, {})
        correct(change, drawn.lines[0], Grade.NOTHING, say("correction", "补助已由他处发放"))
        following.submit(change, following.version)
    with cast.acting(MANAGER) as change:
        following.send_back(change, following.version, say("sent back", "请说明依据"))


def _final(cast: Cast, session: MediationSession) -> None:
    """The agreement is final, both sides agree to sign on a screen, and the text is open for the first of them."""
    matter = matter_of(db.session(), session.dispute, cast.app.extensions["sealer"], now())
    text = kept(draft(matter, session, PaperKind.AGREEMENT))
    with cast.acting(MEDIATOR) as change:
        paper = finalise(change, session, PaperKind.AGREEMENT, text)
    with cast.acting(MEDIATOR) as change:
        for signer in (one for one in paper.signers if one.is_party):
            agree_to_ink(change, paper, signer, Consent.AGREES)
        open_link(change, paper, paper.signers[0])


def _deadlines(cast: Cast, say: Say) -> None:
    """Accepted, and waiting for an appraisal: periods stand still, are longer, were met, have no effect."""
    dispute, today = _entry(cast, say), date(2026, 11, 23)
    with cast.acting() as change:
        dispute.accept(change)
    codes = ("court_ordinary", "wage_limitation", "judicial_confirmation", "reconsideration")
    with cast.acting() as change:
        longer, renewed, done, mistaken = (start(change, dispute, code, today) for code in codes)
        done.meet(change, done.version, today, say("met", "司法确认申请书"))
        mistaken.void(change, mistaken.version, say("void", "误起算"))
        renewed.renew(change, renewed.version, today, say("renewal", "向调解组织提出请求"))
        longer.extend(change, longer.version, 10, say("longer", "同意延长笔录"), say("agreed", "双方"), today)
        longer.pause(change, longer.version, today, say("appraisal", "伤残鉴定委托书"))


def _ended(cast: Cast, say: Say, outcome: Outcome) -> None:
    session = _session(cast, say, "调解四室")
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


def _batch(cast: Cast) -> None:
    """The whole file of a closed dispute lies ready for the clerk who ordered it."""
    clerk = cast.person(CLERK)
    settled = db.session.scalars(select(Dispute).where(Dispute.closed_at.is_not(None)).limit(1)).all()
    with cast.acting() as change:
        batch = Batch.order(change, cast.centre, clerk.id, "b" * 32, settled)
    [file] = batch.files
    address = cast.app.extensions["files"].keep_long(batch.uid, str(file.place), BytesIO(b"PK"))
    with writing() as session:
        take(session, now(), "worker")
        settle(session, file.id, "worker", now(), (address, 24, 2))
    with cast.acting() as change:
        batch.finish(change)


@dataclass
class Morning(Cast):
    """Who asks, and what may be asked for."""

    def one_per_role(self) -> dict[Role, str]:
        """For each role somebody who holds it, with as few other roles as possible."""
        held = db.session.execute(select(Person, RoleHeld.role).join(RoleHeld).order_by(Person.id)).all()
        found: dict[Role, str] = {Role.CLERK: CLERK, Role.DUTY_LEADER: LEADER, Role.MEDIATOR: MEDIATOR,
                                  Role.CENTRE_MANAGER: MANAGER}  # fmt: skip
        for person, role in sorted(held, key=lambda row: (len(row[0].roles), row[0].id)):
            found.setdefault(role, person.username)
        missing = set(ROLE_PERMISSIONS) - found.keys()
        assert not missing, f"the demo has nobody with {missing}"
        return found

    def screen(self, face: Face) -> FlaskClient:
        """A screen of this face, paired."""
        with self.acting(MANAGER) as change:
            room = self.room("调解三室") if face in (Face.DOOR, Face.CODE) else None
            screen, token = Screen.make(change, self.centre, face, "新屏幕", room)
            cookie = screen.pair(change, token)
        client = self.app.test_client()
        client.set_cookie(access.DEVICE_COOKIE, cookie)
        return client

    @property
    def open_callout(self) -> Callout:
        """A callout whose officer has not come yet and has told nothing; once all have come, the newest of all."""
        waiting = and_(Callout.arrived_at.is_(None), Callout.stood_down_at.is_(None))
        return db.session.scalars(select(Callout).order_by(waiting.desc(), Callout.id.desc()).limit(1)).one()

    def officer(self) -> FlaskClient:
        """A phone on which the links of an open callout, of a meeting and of a released callout were opened."""
        joined = db.session.scalars(
            select(Callout).where(Callout.arrival_method == ArrivalMethod.VIDEO).order_by(Callout.id.desc())
        )
        client, cookie, sealer = self.app.test_client(), "", self.app.extensions["sealer"]
        for callout in (*joined, self.open_callout):
            cookie = links.cookie_with(cookie, links.token_for(sealer, callout))
        client.set_cookie(links.COOKIE, cookie)
        return client

    def askers(self) -> dict[str, FlaskClient]:
        """Everybody who may ask: each role, the officer by link, each screen, and nobody."""
        everybody = {role.value: self.signed_in(username) for role, username in self.one_per_role().items()}
        everybody["district"] = self.signed_in(self.holding(Role.DUTY_LEADER, "甘州区").username)
        everybody |= {f"screen:{face.value}": self.screen(face) for face in Face}
        return everybody | {"link": self.officer(), "nobody": self.app.test_client()}
