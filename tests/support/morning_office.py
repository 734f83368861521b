"""What the office keeps beside the matters of the busy morning: subsidies, deadlines, a batch of files."""

from datetime import date
from io import BytesIO

from sqlalchemy import select

from models.batch import Batch
from models.batch_drawing import settle, take
from models.deadline import start
from models.dispute import Dispute
from models.subsidy_decision import correct
from models.subsidy_grade import PAID, Grade
from models.subsidy_line import Evidence
from models.subsidy_list import SubsidyList
from models.subsidy_rate import SubsidyRateTable
from tests.support.cast import CLERK, MANAGER, Cast
from tests.support.morning_window import Say, entry
from transaction import db, now, writing


def subsidies(cast: Cast, say: Say) -> None:
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


def deadlines(cast: Cast, say: Say) -> None:
    """Accepted, and waiting for an appraisal: periods stand still, are longer, were met, have no effect."""
    dispute, today = entry(cast, say), date(2026, 11, 23)
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


def batch(cast: Cast) -> None:
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
