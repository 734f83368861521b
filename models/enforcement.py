"""What comes next when a term is not kept: it follows from the nature of the mediation and a ruling of the court."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.agreement import Agreement, AgreementForm, Term
from models.base import Base, Key
from models.change import Change
from models.clock import local_day
from models.due_course import running
from models.due_day import due_day
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.natures import Nature
from models.words import _

DECIDED = "法院已作出裁定"
LABOUR = "劳动争议"  # the main kind whose wages, injuries and compensation have a way of their own


class CourtRuling(Base):
    """司法确认裁定: the court has confirmed the agreement, which can be enforced from now on (民事诉讼法 art. 206)."""

    __tablename__ = "court_rulings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), unique=True)
    ruled_on: Mapped[date] = mapped_column(Date)
    number: Mapped[str] = mapped_column(String(60), default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(Key)

    agreement: Mapped[Agreement] = relationship()

    @classmethod
    def note(cls, change: Change, agreement: Agreement, ruled_on: date, number: str = "") -> None:
        """Note the ruling; noting it twice changes nothing. Raises RuleBroken for an oral agreement or a wrong day."""
        dispute = agreement.mediation.dispute
        dispute.lock_file(change)
        change.lock(dispute.stream, agreement)
        if ruling_of(change.session, agreement) is not None:
            return
        if agreement.form is AgreementForm.ORAL:
            raise RuleBroken(_("An oral agreement is not confirmed by a court"))
        if not local_day(agreement.concluded_at) <= ruled_on <= local_day(change.at):
            raise RuleBroken(_("The ruling lies between the agreement and today"), field="ruled_on")
        change.session.add(cls(agreement=agreement, ruled_on=ruled_on, number=number.strip(), noted_at=change.at,
                               noted_by_id=change.by.id))  # fmt: skip
        for one in running(change, dispute, "judicial_confirmation"):
            one.end(change, ruled_on, DECIDED)
        change.record(dispute.stream, EventKind.AGREEMENT_CONFIRM, ("agreement", agreement.id))


class Way(StrEnum):
    ENFORCEMENT = "enforcement"
    PAYMENT_ORDER = "payment_order"
    ARBITRATION = "arbitration"
    SUIT = "suit"


WORDS: dict[Way, str] = {
    Way.ENFORCEMENT: _("Apply to the court for compulsory enforcement"),
    Way.PAYMENT_ORDER: _("Apply to the court for an order for payment"),
    Way.ARBITRATION: _("Apply for labour arbitration"),
    Way.SUIT: _("Sue on the agreement before the court"),
}
LAWS: dict[Way, str] = {
    Way.ENFORCEMENT: "民事诉讼法第二百零六条、第二百五十条",
    Way.PAYMENT_ORDER: "劳动争议调解仲裁法第十六条",
    Way.ARBITRATION: "劳动争议调解仲裁法第十五条",
    Way.SUIT: "人民调解法第三十二条",
}
SUIT_LAW = "民法典第五百七十七条"  # outside people's mediation it is a contract like any other


@dataclass(frozen=True)
class NextWay:
    """The way, the article, and the last day where a time runs."""

    way: Way
    law: str
    until: date | None = None


def ruling_of(session: Session, agreement: Agreement) -> CourtRuling | None:
    return session.scalars(select(CourtRuling).where(CourtRuling.agreement_id == agreement.id)).one_or_none()


def next_way(session: Session, term: Term) -> NextWay:
    """What the other side can do when this term is not kept."""
    agreement = term.agreement
    if ruling_of(session, agreement) is not None:
        return NextWay(Way.ENFORCEMENT, LAWS[Way.ENFORCEMENT], enforcement_ends(session, agreement))
    return way_without_ruling(term)


def way_without_ruling(term: Term) -> NextWay:
    """What is open while no court has confirmed the agreement."""
    mediation = term.agreement.mediation
    if mediation.dispute.category.main.name == LABOUR:
        way = Way.PAYMENT_ORDER if term.amount_fen is not None else Way.ARBITRATION
        return NextWay(way, LAWS[way])
    is_peoples = mediation.nature in (Nature.PEOPLES, Nature.INDUSTRY)
    return NextWay(Way.SUIT, LAWS[Way.SUIT] if is_peoples else SUIT_LAW)


def enforcement_ends(session: Session, agreement: Agreement) -> date:
    """Two years from the last day of performance, of the last instalment where there are several (art. 250).

    A last day that is a holiday moves to the next working day (民法典 art. 203).
    """
    last = max((term.due_on for term in agreement.terms), default=local_day(agreement.concluded_at))
    return due_day(session, agreement.mediation.dispute.centre_id, "execution", last)
