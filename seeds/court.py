"""Matters of the court for the demo, in every mode and state: invented people, played through the verbs day by day."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from models.actor import Actor, ActorKind
from models.agreement import AgreementForm, TermDraft
from models.case_type import CaseType
from models.centre import Centre
from models.change import Change
from models.clock import SHANGHAI, local_day
from models.conclusion import Conclusion, Ground, Outcome
from models.confirmation_application import RulingResult, application_of
from models.contact_attempt import AttemptResult, note_attempt
from models.court_letter import Letter, SentParty
from models.filing_handover import file_referral, prepare_handover
from models.mediation import MediationSession
from models.natures import Nature
from models.party import Side
from models.person import Person
from models.presiding_body import PresidingBody
from models.referral import CourtReferral
from models.referral_answer import Acceptance, accept, appoint, consent, decline
from models.referral_confirmation import ask_court
from models.referral_course import CourtMode, EndGround, MediatorChoice, Procedure, SuccessWay, Suitability
from models.referral_end import Report, agreement_of, fail, state_facts, succeed, take_to_court
from models.referral_sending import send
from models.registration import Entry, register
from models.unit import Unit
from transaction import db, now, transaction

TABLE = Path(__file__).parent / "ganzhou" / "referrals.csv"
CLERK, LEADER, MEDIATORS, DESK = "xuwenjing", "weiguodong", ("luozhiming", "fengxiufang"), "xieningyuan"
BODY, COURT, HOUSE = "甘州区人民调解委员会", "区人民法院", "620702"
NOT_SUITED, DEALT = "请求确认宅基地权属，不属于调解范围", "双方确认存在该笔往来，数额以对账单为准。"
AGREED_ON, PACKED_ON = 4, 6  # days after the hand-over
BEFORE_MEDIATION = ("sent", "received", "declined", "asking", "agreed_both")
SETTLED = ("agreed", "applied", "valid", "dismissed", "withdrawn", "own")


def load() -> int:
    """Play them all; how many. Nothing of it happens today but what the court sends today."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for place, row in enumerate(rows):
        _Story(row, place, now()).play()
    return len(rows)


@dataclass
class _Story:
    """One matter; `_on` lets a step happen so many days after its hand-over, in the morning."""

    row: dict[str, str]
    place: int
    today: datetime

    def play(self) -> None:
        course, mode = self.row["course"], CourtMode(self.row["mode"])
        referral = self._brought() if mode is CourtMode.OWN else self._passed_on()
        if mode is not CourtMode.OWN and course not in BEFORE_MEDIATION:
            self._appointed(referral)
        if course in SETTLED:
            self._settled(referral)
        getattr(self, f"_{course}", lambda _referral: None)(referral)

    # -- the way in ----------------------------------------------------------------------------------------------

    def _passed_on(self) -> CourtReferral:
        row, course = self.row, self.row["course"]
        parties = [SentParty(Side.APPLICANT, row["applicant"], row["phone"], address=row["address"]),
                   SentParty(Side.RESPONDENT, row["respondent"], row["respondent_phone"],
                             address=row["address"])]  # fmt: skip
        letter = Letter(CourtMode(row["mode"]), Procedure(row["procedure"]) if row["procedure"] else None,
                        self._kind(), row["number"], row["claim"], parties,
                        amount_fen=int(row["yuan"]) * 100 if row["yuan"] else None,
                        materials=row["materials"].replace("|", "\n"), contact="立案庭 0936-0000000",
                        both_agreed=course == "agreed_both" or row["mode"] == "entrusted",
                        old_numbers=[row["old_number"]] if row["old_number"] else [])  # fmt: skip
        referral = self._by(0, DESK, lambda change: send(change, self._centre(), self._court(), letter))
        if course == "sent":
            return referral
        self._by(0, CLERK, lambda change: referral.receive(change, local_day(change.at)))
        if course == "declined":
            self._by(
                1,
                CLERK,
                lambda change: decline(change, referral, referral.version, NOT_SUITED),
            )
        elif course != "received":
            category: Any = referral.case_type.category
            self._by(1, CLERK, lambda change: accept(change, referral, referral.version,
                                                     Acceptance(set(Suitability), category)))  # fmt: skip
        return referral

    def _appointed(self, referral: CourtReferral) -> None:
        if not referral.both_agreed:
            self._by(1, CLERK, lambda change: consent(change, referral, referral.version))
        choice = MediatorChoice.BOTH if self.place % 2 else MediatorChoice.HOUSE
        self._by(2, CLERK, lambda change: appoint(change, referral, referral.version, self._mediator(), choice))

    def _brought(self) -> CourtReferral:
        """自行调解: the parties came to the window themselves."""
        row, kind = self.row, self._kind()
        category: Any = kind.category
        entry = Entry(2, row["applicant"], row["phone"], category, row["respondent"], row["claim"])
        visit = self._by(0, CLERK, lambda change: register(change, self._centre(), entry))
        dispute = visit.dispute
        self._by(0, CLERK, dispute.accept)
        return self._by(1, CLERK, lambda change: take_to_court(change, dispute, self._court(), kind))

    # -- the way through -----------------------------------------------------------------------------------------

    def _mediating(self, referral: CourtReferral) -> None:
        self._by(5, CLERK, lambda change: state_facts(
            change, referral, referral.version, "双方确认：合同真实，金额无争议，对付款时间有争议。",
            local_day(change.at)))  # fmt: skip
        self._session(referral, 6, Conclusion(Outcome.SUSPENDED, reason="等待鉴定意见"))

    def _unreachable(self, referral: CourtReferral) -> None:
        for day in (3, 4, 5):
            self._by(day, CLERK, lambda change: note_attempt(change, referral, referral.parties[1],
                                                             AttemptResult.NO_ANSWER))  # fmt: skip

    def _failed(self, referral: CourtReferral) -> None:
        self._by(3, CLERK, lambda change: state_facts(change, referral, referral.version, DEALT,
                                                      local_day(change.at)))  # fmt: skip
        self._session(referral, AGREED_ON, Conclusion(Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True))
        report = Report(EndGround.GAP, "双方对付款数额和期限分歧较大", "被申请人一次约定到场后未到")
        self._by(AGREED_ON, CLERK, lambda change: fail(change, referral, referral.version, report))

    def _returned(self, referral: CourtReferral) -> None:
        self._failed(referral)
        self._by(PACKED_ON, CLERK, lambda change: prepare_handover(change, referral))

    def _filed(self, referral: CourtReferral) -> None:
        self._returned(referral)
        self._by(PACKED_ON + 3, DESK, lambda change: file_referral(change, referral, "", local_day(change.at)))

    def _sham(self, referral: CourtReferral) -> None:
        report = Report(EndGround.SHAM, "双方对大额借款陈述一致，但均无交付凭证")
        self._by(AGREED_ON, LEADER, lambda change: fail(change, referral, referral.version, report))

    # -- the way out ---------------------------------------------------------------------------------------------

    def _settled(self, referral: CourtReferral) -> None:
        debtor, creditor = self.row["respondent"], self.row["applicant"]
        due = self._day(AGREED_ON) + timedelta(days=45)
        term = TermDraft(due, payer=debtor, payee=creditor, amount_fen=int(self.row["yuan"]) * 100)
        self._session(referral, AGREED_ON, Conclusion(Outcome.AGREED, form=AgreementForm.WRITTEN, terms=[term]))
        way = SuccessWay.SUIT_WITHDRAWN if self.row["course"] == "withdrawn" else SuccessWay.CONFIRM
        if self.row["course"] != "agreed":
            self._by(AGREED_ON, CLERK, lambda change: succeed(change, referral, referral.version, way))

    def _applied(self, referral: CourtReferral) -> None:
        asked = self._by(8, CLERK, lambda change: ask_court(change, referral, local_day(change.at)))
        self._by(10, DESK, lambda change: asked.accept(change, local_day(change.at)))

    def _valid(self, referral: CourtReferral) -> None:
        self._ruled(referral, RulingResult.VALID, "(2026)甘0702民特61号")

    def _dismissed(self, referral: CourtReferral) -> None:
        self._ruled(referral, RulingResult.DISMISSED, "(2026)甘0702民特58号", "协议履行期限不明确")

    def _ruled(self, referral: CourtReferral, result: RulingResult, number: str, reason: str = "") -> None:
        self._applied(referral)
        asked: Any = application_of(db.session(), agreement_of(referral))
        self._by(16, DESK, lambda change: asked.rule(change, local_day(change.at), result, number, reason))

    def _session(self, referral: CourtReferral, day: int, end: Conclusion) -> None:
        mediator, dispute = self._mediator(), referral.dispute
        if dispute is None:
            raise LookupError("a matter that was not taken has no session")
        body = db.session.scalars(select(PresidingBody).where(PresidingBody.name == BODY)).one()
        own = referral.mode is CourtMode.OWN
        session = self._by(day, mediator.username, lambda change: MediationSession.open(
            change, dispute, Nature.PEOPLES if own else Nature.COURT_ENTRUSTED, body, mediator, None, None,
            []))  # fmt: skip
        self._by(day, mediator.username, lambda change: session.conclude(change, session.version, end))

    # -- who and when --------------------------------------------------------------------------------------------

    def _by(self, day: int, username: str, do: Callable[[Change], Any]) -> Any:
        person = db.session.scalars(select(Person).where(Person.username == username)).one()
        with self._on(day), transaction(Actor(ActorKind.USER, person.id)) as change:
            return do(change)

    @contextmanager
    def _on(self, day: int) -> Iterator[None]:
        """The clock stands at that morning; what would be later than now is now."""
        kept = current_app.extensions["clock"]
        morning = datetime.combine(self._day(day), datetime.min.time(), SHANGHAI) + timedelta(hours=10)
        current_app.extensions["clock"] = lambda: min(morning, self.today)
        try:
            yield
        finally:
            current_app.extensions["clock"] = kept

    def _day(self, after: int) -> date:
        return min(local_day(self.today) - timedelta(days=int(self.row["days"])) + timedelta(days=after),
                   local_day(self.today))  # fmt: skip

    def _centre(self) -> Centre:
        return db.session.scalars(select(Centre).where(Centre.code == HOUSE)).one()

    def _court(self) -> Unit:
        return db.session.scalars(select(Unit).where(Unit.name == COURT)).one()

    def _kind(self) -> CaseType:
        return db.session.scalars(
            select(CaseType).where(CaseType.centre_id == self._centre().id, CaseType.name == self.row["case_type"])
        ).one()

    def _mediator(self) -> Person:
        username = MEDIATORS[self.place % len(MEDIATORS)]
        return db.session.scalars(select(Person).where(Person.username == username)).one()
