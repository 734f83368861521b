"""What was recorded beside the dispute is on its papers: tellings, withdrawals, readings, supplements, calls, sums."""

from datetime import UTC, date, datetime

from models.assignment import Duty
from models.conclusion import Ground, Outcome
from models.consent import Consent, Telling, tell_rights
from models.deadline import start
from models.deadline_clock import Bound
from models.deadlines import CLOCKS
from models.follow_up import FollowUp
from models.follow_up_call import CallOutcome, CallReport, note_follow_up
from models.investigation import Investigation, Questioning
from models.mediation import MediationSession
from models.participant import Invitee, Participant, join_session
from models.performance import PaidBy, note_performance
from models.record_reading import ReadingWay, confirm_reading
from models.record_supplement import supplement
from models.recusal import Recusal, RecusalGround
from models.rights_card import NO_RIGHT
from papers import index
from papers.periods import PERIODS
from tests.models.test_mandate import group, note
from tests.models.test_mediation import conclude, open_session, opened, pay
from tests.papers.test_index import matter, text_of
from tests.support.cast import LEADER, MEDIATOR, Cast
from transaction import db


def paper(cast: Cast, session: MediationSession, code: str) -> str:
    return text_of(index.written(matter(cast, session.dispute), index.BY_CODE[code]).blocks)


def test_a_session_prints_who_sat_there_who_read_it_and_what_was_mended(cast: Cast) -> None:
    session = opened(cast)
    with cast.acting(MEDIATOR) as change:
        join_session(change, session, Participant(name="宋明", capacity="兄长", invitee=Invitee.KIN,
                                                  parties_consent=True))  # fmt: skip
        session.state(change, "宋佳", "会员卡还有八个月")
        tell_rights(change, session.dispute.parties[0], Telling.ALOUD, Consent.AGREES, "裕固语", "安玉兰")
        Recusal.ask(change, session.dispute.parties[0], Duty.MEDIATOR, RecusalGround.KIN)
    with cast.acting(LEADER) as change:
        session.dispute.recusals[0].refuse(change, "不是近亲属")
    with cast.acting(MEDIATOR) as change:
        confirm_reading(change, session, session.participants[-1], ReadingWay.INTERPRETER, "安玉兰")
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    with cast.acting(MEDIATOR) as change:
        supplement(change, session, "笔误", "应为九个月")
    record = paper(cast, session, "record")
    for part in (
        "宋明（兄长，亲属，经当事人同意邀请）", "经翻译宣读本记录，翻译：安玉兰", "补正", "原因：笔误。", "应为九个月",
        "申请调解员", "与一方当事人是近亲属", "决定不回避，理由：不是近亲属。",
    ):  # fmt: skip
        assert part in record, part
    rights = paper(cast, session, "rights")
    for part in ("当面口头告知，使用裕固语，翻译：安玉兰，同意调解。", cast.person(MEDIATOR).name):
        assert part in rights, part


def test_an_investigation_is_printed_with_its_supplement_and_no_blank_sheet(cast: Cast) -> None:
    session = opened(cast)
    dispute = session.dispute
    assert "被调查人" in paper(cast, session, "inquiry")
    assert "调查记录" not in index.contents_of(matter(cast, dispute))
    first: Investigation | None = None
    for words in ("问：何时停业？答：上月。", "答：准确说是上月五日。"):
        said = Questioning(datetime(2026, 11, 23, 1, tzinfo=UTC), "甘泉社区", None, "贺英", "邻居",
                           [cast.person(MEDIATOR)], text=words)  # fmt: skip
        with cast.acting(MEDIATOR) as change:
            record = Investigation.begin(change, dispute, said, first)
            record.finish(change)
        first = record
    words = paper(cast, session, "inquiry")
    for part in ("甘泉社区", "贺英", "邻居", "何时停业", "调查记录（补充）", "上月五日", "原记录不变"):
        assert part in words, part
    assert "____年" not in words
    assert "调查记录" in index.contents_of(matter(cast, dispute))


def test_calls_and_payments_fill_the_follow_up_record_and_the_receipts(cast: Cast) -> None:
    session = opened(cast)
    conclude(cast, session, Outcome.AGREED, terms=[pay(900_00)])
    assert session.agreement is not None
    assert "□已履行" in paper(cast, session, "follow-up")
    follow_up = db.session.query(FollowUp).filter_by(dispute_id=session.dispute_id).first()
    with cast.acting(MEDIATOR) as change:
        note_follow_up(change, follow_up, CallReport(CallOutcome.UNPERFORMED, advice="月底付清"))
        note_performance(change, session.agreement.terms[0], date(2026, 11, 23), 400_00, PaidBy.CASH, "收据3号")
    called = paper(cast, session, "follow-up")
    assert "已联系，未履行" in called
    assert "月底付清" in called
    assert "□" not in called
    receipts = paper(cast, session, "receipt")
    for part in ("人民币400元", "付款方式：现金。", "收据3号", "人民币500元"):
        assert part in receipts, part


def test_an_agreement_of_a_group_names_who_signs_for_whom(cast: Cast) -> None:
    dispute, people, agents = group(cast)
    with cast.acting(MEDIATOR) as change:
        session = open_session(cast, change, dispute)
    note(cast, dispute, *((person, agents[0]) for person in people))
    conclude(cast, session, Outcome.AGREED, terms=[pay()])
    words = paper(cast, session, "agreement")
    for part in ("代表人授权", "推选书", "2026年11月20日", "申请人业主丙（签名、按指印）：", "被申请人（盖章或签名）：",
                 *(person.name for person in people)):  # fmt: skip
        assert part in words, part


def test_a_notice_of_termination_says_what_still_runs_and_that_limitation_was_interrupted(cast: Cast) -> None:
    session = opened(cast, "劳动争议")
    with cast.acting() as change:
        start(change, session.dispute, "wage_limitation", date(2026, 11, 23))
    conclude(cast, session, Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True)
    notice = paper(cast, session, "termination")
    for part in ("拖欠劳动报酬仲裁时效", "2027年11月23日", "劳动人事争议仲裁委员会",
                 "当事人于2026年11月23日提出调解请求，诉讼时效自提出请求之日起中断"):  # fmt: skip
        assert part in notice, part


def test_every_period_of_a_party_has_its_words() -> None:
    known = {code for code, clock in CLOCKS.items() if clock.bound is Bound.PARTY} - NO_RIGHT
    assert known == set(PERIODS)
