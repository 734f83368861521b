"""What the court brings to the busy morning: matters in three states, and a table that was looked through."""

from datetime import date

from commands.importing import Importing
from models.case_type import CaseType
from models.contact_attempt import AttemptResult, note_attempt
from models.court_letter import Letter, SentParty
from models.filing_handover import prepare_handover
from models.party import Side
from models.referral import CourtReferral
from models.referral_answer import Acceptance, accept
from models.referral_course import CourtMode, EndGround, Procedure, Suitability
from models.referral_end import Report, fail, state_facts
from models.referral_sending import send
from tests.support.cast import Cast
from tests.support.court_import import csv_of, lines, matter, ordered, worked
from tests.support.morning_window import Say
from transaction import db


def table_of_the_court(cast: Cast) -> None:
    """A table of the court is looked through: one row can be taken, one cannot."""
    row = ordered(cast, csv_of(list(lines([matter(1), matter(2, claim="")]))), "案件.csv")
    worked(row, Importing(cast.app))


def matters_of_the_court(cast: Cast, say: Say) -> None:
    """Matters of the court: one to be signed for, one at work, one whose pack has gone back."""
    court, kind = cast.unit("区人民法院"), db.session.query(CaseType).order_by(CaseType.id).first()
    parties = [SentParty(Side.APPLICANT, say("party", "祁万福"), say("phone", "19000000061")),
               SentParty(Side.RESPONDENT, say("party", "甘州某建材公司"),
                         address=say("address", "甘泉社区"))]  # fmt: skip
    for place in range(3):
        letter = Letter(CourtMode.ENTRUSTED, Procedure.ORDINARY, kind, f"(2026)甘0702民初{place + 1}号",
                        say("claim", "支付货款"), parties, materials=say("materials", "起诉状"),
                        contact=say("contact", "民一庭"))  # fmt: skip
        with cast.acting() as change:
            referral = send(change, cast.centre, court, letter)
        if place:
            _taken_on(cast, say, referral)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.NO_CONSENT, say("reason", "对方不同意")))
    with cast.acting() as change:
        prepare_handover(change, referral)


def _taken_on(cast: Cast, say: Say, referral: CourtReferral) -> None:
    with cast.acting() as change:
        referral.receive(change, date(2026, 11, 23))
    with cast.acting() as change:
        accept(change, referral, referral.version, Acceptance(set(Suitability), cast.category("买卖合同")))
    with cast.acting() as change:
        note_attempt(change, referral, referral.parties[1], AttemptResult.NO_ANSWER, say("note", "无人接听"))
        state_facts(change, referral, referral.version, say("facts", "双方确认货款数额"), date(2026, 11, 23))
