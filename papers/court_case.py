"""A matter between house and court as its papers see it: the referral with everything around it, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.contact_attempt import ContactAttempt
from models.filing_handover import FilingHandover
from models.party import Side
from models.referral import CourtReferral
from models.referral_course import CourtMode, EndGround, ReferralStatus
from models.referral_nodes import ANSWERED, Node

MODES = {CourtMode.ASSIGNED: "委派调解", CourtMode.ENTRUSTED: "委托调解", CourtMode.OWN: "自行调解"}


@dataclass(frozen=True)
class CourtCase:
    """`agreement` is its number in the register, `phones` those of the parties by id.

    `is_dismissed`: the court did not confirm what was agreed.
    """

    referral: CourtReferral
    mediator: str = ""
    body: str = ""
    attempts: Sequence[ContactAttempt] = ()
    nodes: Sequence[Node] = ()
    handover: FilingHandover | None = None
    is_dismissed: bool = False
    agreement: str = ""
    phones: Mapping[int, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.referral.number

    @property
    def answered_on(self) -> date | None:
        return next((node.on for node in self.nodes if node.name == ANSWERED), None)

    @property
    def brought_on(self) -> datetime | None:
        """When the parties themselves came to the centre."""
        return self.referral.dispute.registered_at if self.referral.dispute is not None else None

    @property
    def is_suit(self) -> bool:
        return self.referral.mode is CourtMode.ENTRUSTED

    @property
    def is_agreed(self) -> bool:
        return self.referral.status is ReferralStatus.SUCCEEDED

    @property
    def has_left(self) -> bool:
        """What the house says of its end is the court's to read once the pack is released."""
        return self.handover is not None and self.handover.released_at is not None

    @property
    def is_told(self) -> bool:
        """Whether the court may know why it ended: of a refusal and of a suspicion at once, else with the pack."""
        at_once = self.referral.status is ReferralStatus.DECLINED or self.referral.ground is EndGround.SHAM
        return at_once or self.has_left

    @property
    def titles(self) -> tuple[str, str]:
        """Who asks and who answers are called so in a suit, and otherwise in mediation."""
        return ("原告", "被告") if self.is_suit else ("申请人", "被申请人")


def sides(referral: CourtReferral) -> tuple[str, str]:
    """Who asks, and against whom."""
    named = {side: [party.name for party in referral.parties if party.side is side] for side in Side}
    return "、".join(named[Side.APPLICANT]), "、".join(named[Side.RESPONDENT])
