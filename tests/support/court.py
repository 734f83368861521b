"""Referrals of the court as tests send, sign for and take them."""

from datetime import date
from typing import Any

from models.case_type import CaseType
from models.court_letter import Letter, SentParty
from models.party import Side
from models.person import Person
from models.referral import CourtReferral
from models.referral_answer import Acceptance, accept, appoint, consent
from models.referral_course import CourtMode, MediatorChoice, Procedure, Suitability
from models.referral_sending import send
from tests.support.cast import CLERK, MEDIATOR, Cast
from transaction import db

COURT_DESK = "xieningyuan"
TODAY = date(2026, 11, 23)
NUMBER = "(2026)甘0702民初123号"


def letter(cast: Cast, **facts: Any) -> Letter:
    kind = db.session.query(CaseType).filter_by(name=facts.pop("case_type", "买卖合同")).one()
    parties = [SentParty(Side.APPLICANT, "祁万福", "19000000061", address="甘泉社区"),
               SentParty(Side.RESPONDENT, "甘州某建材公司", "19000000062")]  # fmt: skip
    usual: dict[str, Any] = {"mode": CourtMode.ASSIGNED, "procedure": None, "number": "", "claim": "支付货款 3 万元",
                             "parties": parties, "amount_fen": 3_000_000,
                             "materials": "起诉状副本\n送货单"}  # fmt: skip
    return Letter(case_type=kind, **{**usual, **facts})


def suit(procedure: Procedure = Procedure.ORDINARY, number: str = NUMBER) -> dict[str, Any]:
    return {"mode": CourtMode.ENTRUSTED, "procedure": procedure, "number": number, "both_agreed": True}


def sent(cast: Cast, **facts: Any) -> CourtReferral:
    with cast.acting(COURT_DESK) as change:
        return send(change, cast.centre, cast.unit("区人民法院"), letter(cast, **facts))


def received(cast: Cast, **facts: Any) -> CourtReferral:
    referral = sent(cast, **facts)
    with cast.acting() as change:
        referral.receive(change, TODAY)
    return referral


def taken(cast: Cast, **facts: Any) -> CourtReferral:
    """Signed for and taken on."""
    referral = received(cast, **facts)
    with cast.acting() as change:
        accept(change, referral, referral.version, Acceptance(set(Suitability), cast.category("买卖合同")))
    return referral


def in_mediation(cast: Cast, **facts: Any) -> CourtReferral:
    referral = taken(cast, **facts)
    with cast.acting() as change:
        if not referral.both_agreed:
            consent(change, referral, referral.version)
        appoint(change, referral, referral.version, mediator(cast), MediatorChoice.BOTH)
    return referral


def mediator(cast: Cast) -> Person:
    return cast.person(MEDIATOR)


__all__ = ["CLERK", "COURT_DESK", "NUMBER", "TODAY", "in_mediation", "letter", "mediator", "received", "sent", "suit",
           "taken"]  # fmt: skip
