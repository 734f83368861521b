"""What an agreement would say before anybody signs: its terms as they were typed, and what they are held against."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from models.calendar import working_days
from models.change import Change
from models.clock import local_day
from models.interest import four_times
from models.mandate import unauthorised
from models.natures import OF_COMMITTEES, is_official
from models.search_keys import folded

if TYPE_CHECKING:
    from models.mediation import MediationSession


class Manner(StrEnum):
    """How a payment is made."""

    CASH = "cash"
    TRANSFER = "transfer"
    WECHAT = "wechat"
    OTHER = "other"


@dataclass(frozen=True)
class TermDraft:
    """One term: somebody pays an amount, or does something, by a day. `payer` is whoever is bound by it.

    `account` says into which account, `place` where the act is done, `proof` by what anybody can tell that it was.
    """

    due_on: date | None
    payer: str = ""
    payee: str = ""
    amount_fen: int | None = None
    act: str = ""
    manner: Manner | None = None
    account: str = ""
    place: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Wording:
    """The agreement as it would be recorded. Names of parties are folded; `total_fen` is the sum that was stated."""

    terms: Sequence[TermDraft]
    today: date
    default_clause: str = ""
    total_fen: int | None = None
    performed_at_once: bool = False
    parties: Sequence[str] = ()
    unbound: Sequence[str] = ()
    field_of_law: str = ""
    organs_only: bool = False
    days_off: frozenset[date] = field(default_factory=frozenset)
    dearest: Decimal = Decimal(12)

    @classmethod
    def of(cls, session: Session, mediation: "MediationSession", today: date, terms: Sequence[TermDraft],
           default_clause: str, total_fen: int | None, *, performed_at_once: bool) -> "Wording":  # fmt: skip
        """With everything the record and the calendar of the centre know about it."""
        dispute = mediation.dispute
        due = {term.due_on for term in terms if term.due_on is not None}
        return cls(
            terms, today, default_clause, total_fen, performed_at_once,
            parties=[folded(party.name) for party in dispute.parties],
            unbound=[folded(party.name) for party in unauthorised(session, dispute)],
            field_of_law=dispute.category.main.name,
            organs_only=mediation.nature in OF_COMMITTEES and is_official(session, dispute),
            days_off=frozenset(due - working_days(session, dispute.centre_id, due)),
            dearest=four_times(dispute.centre.setting(session, "lpr")),
        )  # fmt: skip

    @classmethod
    def of_change(cls, change: Change, mediation: "MediationSession", terms: Sequence[TermDraft], default_clause: str,
                  total_fen: int | None, *, performed_at_once: bool) -> "Wording":  # fmt: skip
        return cls.of(change.session, mediation, local_day(change.at), terms, default_clause, total_fen,
                      performed_at_once=performed_at_once)  # fmt: skip
