"""How a session ends: its outcome, what each outcome needs, and what it does to the dispute."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.agreement import Agreement, AgreementForm, TermDraft
from models.change import Change
from models.confirmation import why_not
from models.consent import refusing
from models.due_course import appraise, conclude
from models.ending import withdraw
from models.errors import RuleBroken
from models.follow_up import plan
from models.hand_over import HandOver, HandOverOrder
from models.lifecycle import Move
from models.next_date import next_date
from models.register_number import enter_in_register
from models.remark import keep_reason
from models.words import _

if TYPE_CHECKING:
    from models.mediation import MediationSession


class Outcome(StrEnum):
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    NOT_AGREED = "not_agreed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why no agreement was reached (在线调解规则 art. 25, 特邀调解规定 art. 26)."""

    REFUSED = "refused"
    GAP = "gap"
    UNREACHABLE = "unreachable"
    TIME_OUT = "time_out"
    UNSIGNED = "unsigned"
    OTHER = "other"


@dataclass(frozen=True)
class Conclusion:
    """Everything the outcome form says; which parts are needed depends on the outcome."""

    outcome: Outcome
    on_site: bool = False
    reason: str = ""
    ground: Ground | None = None
    routes_told: bool = False
    for_appraisal: bool = False
    form: AgreementForm = AgreementForm.WRITTEN
    is_partial: bool = False
    performed_at_once: bool = False
    default_clause: str = ""
    total_fen: int | None = None
    copies: int | None = None
    terms: Sequence[TermDraft] = ()
    hand_over: HandOverOrder | None = None

    def carry_out(self, change: Change, session: "MediationSession") -> None:
        """What the outcome does to the dispute. Raises RuleBroken when something it needs is not said."""
        getattr(self, f"_{self.outcome}")(change, session)

    def _agreed(self, change: Change, session: "MediationSession") -> None:
        if refusing(change.session, session.dispute):
            raise RuleBroken(_("A party has refused mediation on record. Note first that it now agrees; "
                               "nobody is mediated against his will (人民调解法 art. 17)."))  # fmt: skip
        session.dispute.advance(change, Move.AGREE)
        agreement = Agreement.conclude(change, session, self.form, self.terms, self.default_clause,
                                       is_partial=self.is_partial, performed_at_once=self.performed_at_once,
                                       total_fen=self.total_fen, copies=self.copies)  # fmt: skip
        conclude(change, agreement, is_reviewed=session.by_committee and self.form is AgreementForm.WRITTEN,
                 is_confirmed=session.by_committee and not why_not(agreement))  # fmt: skip
        enter_in_register(change, session.dispute, session.body)
        session.dispute.next_on = next_date(session.dispute)
        plan(change, session.dispute)

    def _handed_over(self, change: Change, session: "MediationSession") -> None:
        if self.hand_over is None:
            raise RuleBroken(_("Choose the unit that takes over"), field="hand_over_unit")
        HandOver.make(change, session.dispute, self.hand_over, mediation=session)

    def _not_agreed(self, change: Change, session: "MediationSession") -> None:
        if self.ground is None:
            raise RuleBroken(_("Choose the ground"), field="ground")
        if self.ground is Ground.OTHER:
            self._needs_reason()
        if not self.routes_told:
            raise RuleBroken(_("Tell the parties the other routes and tick that it was done (人民调解法 art. 26)"),
                             field="routes_told")  # fmt: skip
        session.dispute.advance(change, Move.END_WITHOUT)
        enter_in_register(change, session.dispute, session.body)

    def _suspended(self, change: Change, session: "MediationSession") -> None:
        self._needs_reason()
        session.dispute.advance(change, Move.SUSPEND)
        keep_reason(change, session.dispute, Move.SUSPEND, self.reason)
        if self.for_appraisal:
            appraise(change, session.dispute, self.reason)

    def _withdrawn(self, change: Change, session: "MediationSession") -> None:
        self._needs_reason()
        withdraw(change, session.dispute, self.reason)

    def _needs_reason(self) -> None:
        if not self.reason.strip():
            raise RuleBroken(_("Enter the reason"), field="reason")
