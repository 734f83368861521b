"""The course of a court's referral: its modes, the states it passes, and what each step leads to. A table, and no rule.

Modes: 特邀调解规定 art. 2 (委派, 委托), 民事诉讼法 art. 205 (自行). Since 2025-01-01 the ordinary one is 委托.
"""

from enum import StrEnum

from models.words import _


class CourtMode(StrEnum):
    ASSIGNED = "assigned"
    ENTRUSTED = "entrusted"
    OWN = "own"


class Procedure(StrEnum):
    """Of a suit that is filed: it decides how long its mediation may take."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"


class ReferralStatus(StrEnum):
    SENT = "sent"
    RECEIVED = "received"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    CONSENTED = "consented"
    IN_MEDIATION = "in_mediation"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    RETURNED = "returned"
    FILED = "filed"


class ReferralStep(StrEnum):
    RECEIVE = "receive"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONSENT = "consent"
    APPOINT = "appoint"
    SUCCEED = "succeed"
    FAIL = "fail"
    RESUME = "resume"
    RETURN = "return"
    FILE = "file"


class EndGround(StrEnum):
    """Why a referral goes back without an agreement.

    特邀调解规定 art. 12, 18, 26; 在线调解规则 art. 15, 25; 民事诉讼法 art. 206 for what the court did not confirm.
    """

    NO_CONSENT = "no_consent"
    UNREACHABLE = "unreachable"
    NO_MEDIATOR = "no_mediator"
    WITHDRAWN = "withdrawn"
    GAP = "gap"
    TIME_OUT = "time_out"
    UNSIGNED = "unsigned"
    SHAM = "sham"
    DISMISSED = "dismissed"
    OTHER = "other"


class SuccessWay(StrEnum):
    """What follows an agreement: filed with the court or confirmed; of a suit, a court's paper or its withdrawal."""

    REPORT = "report"
    CONFIRM = "confirm"
    COURT_PAPER = "court_paper"
    SUIT_WITHDRAWN = "suit_withdrawn"


class MediatorChoice(StrEnum):
    """How the mediator came to it (特邀调解规定 art. 12)."""

    BOTH = "both"
    HOUSE = "house"


class Suitability(StrEnum):
    """What makes a matter fit for mediation; all three must be so."""

    FACTS = "facts"
    DISPUTE = "dispute"
    RIGHTS = "rights"


_S = ReferralStatus
_AT_WORK = frozenset({_S.ACCEPTED, _S.CONSENTED, _S.IN_MEDIATION})
STEPS: dict[ReferralStep, tuple[frozenset[ReferralStatus], ReferralStatus]] = {
    ReferralStep.RECEIVE: (frozenset({_S.SENT}), _S.RECEIVED),
    ReferralStep.ACCEPT: (frozenset({_S.RECEIVED}), _S.ACCEPTED),
    ReferralStep.DECLINE: (frozenset({_S.RECEIVED}), _S.DECLINED),
    ReferralStep.CONSENT: (frozenset({_S.ACCEPTED}), _S.CONSENTED),
    ReferralStep.APPOINT: (frozenset({_S.CONSENTED, _S.IN_MEDIATION}), _S.IN_MEDIATION),
    ReferralStep.SUCCEED: (frozenset({_S.IN_MEDIATION}), _S.SUCCEEDED),
    # An agreement the court did not confirm is replaced, or the matter goes there as a suit.
    ReferralStep.RESUME: (frozenset({_S.SUCCEEDED}), _S.IN_MEDIATION),
    ReferralStep.FAIL: (_AT_WORK | {_S.SUCCEEDED}, _S.FAILED),
    ReferralStep.RETURN: (frozenset({_S.FAILED}), _S.RETURNED),
    ReferralStep.FILE: (frozenset({_S.RETURNED}), _S.FILED),
}
# Still somebody's work in the house; what was sent back is the court's.
AT_WORK = _AT_WORK
IN_HAND = frozenset({_S.SENT, _S.RECEIVED, _S.FAILED}) | _AT_WORK
BACK = frozenset({_S.DECLINED, _S.SUCCEEDED, _S.RETURNED, _S.FILED})

_C, _A, _E, _O = CourtMode, Procedure, CourtMode.ENTRUSTED, CourtMode.OWN
MEDIATION_CLOCKS: dict[tuple[CourtMode, Procedure | None], str] = {
    (_C.ASSIGNED, None): "court_assigned",
    (_E, _A.ORDINARY): "court_ordinary",
    (_E, _A.SUMMARY): "court_summary",
}
COURT_CLOCKS = (*MEDIATION_CLOCKS.values(), "asking_consent")
WAYS: dict[CourtMode, tuple[SuccessWay, ...]] = {
    _C.ASSIGNED: (SuccessWay.CONFIRM, SuccessWay.REPORT),
    _E: (SuccessWay.SUIT_WITHDRAWN, SuccessWay.COURT_PAPER),
    _O: (SuccessWay.CONFIRM, SuccessWay.REPORT),
}
# What may end a matter whose agreement the court did not confirm; of any other the court has dismissed nothing.
AFTER_DISMISSAL = (EndGround.DISMISSED, EndGround.SHAM, EndGround.OTHER)
# Which setting says whether the house takes matters in this mode.
MODE_SETTINGS = {_C.ASSIGNED: "mode_assigned", _E: "mode_entrusted", _O: "mode_own"}

MODES: dict[CourtMode, str] = {
    _C.ASSIGNED: _("Assigned before filing"),
    _E: _("Entrusted after filing"),
    _O: _("The parties' own mediation"),
}
PROCEDURES: dict[Procedure, str] = {
    _A.ORDINARY: _("Ordinary procedure, 15 days"),
    _A.SUMMARY: _("Summary procedure, 7 days"),
}
STATUSES: dict[ReferralStatus, str] = {
    _S.SENT: _("To be signed for"),
    _S.RECEIVED: _("Signed for, to be answered"),
    _S.DECLINED: _("Not taken by the centre"),
    _S.ACCEPTED: _("Taken, asking the other party"),
    _S.CONSENTED: _("Both agree, no mediator yet"),
    _S.IN_MEDIATION: _("Being mediated"),
    _S.SUCCEEDED: _("Agreement reached"),
    _S.FAILED: _("No agreement, to be returned"),
    _S.RETURNED: _("Returned to the court"),
    _S.FILED: _("Filed by the court"),
}
_G = EndGround
END_GROUNDS: dict[EndGround, str] = {
    _G.NO_CONSENT: _("The other party does not agree to mediation"),
    _G.UNREACHABLE: _("A party cannot be reached"),
    _G.NO_MEDIATOR: _("A party refuses the appointed mediator"),
    _G.WITHDRAWN: _("A party does not want to go on"),
    _G.GAP: _("The sides are too far apart"),
    _G.TIME_OUT: _("The time is over and not both agreed to a longer one"),
    _G.UNSIGNED: _("A party refuses to sign"),
    _G.SHAM: _("Suspicion of sham mediation: stopped and reported"),
    _G.DISMISSED: _("The court did not confirm the agreement, no new one was made"),
    _G.OTHER: _("Another ground"),
}
SUCCESS_WAYS: dict[SuccessWay, str] = {
    SuccessWay.REPORT: _("The agreement is filed with the court"),
    SuccessWay.CONFIRM: _("Both apply for judicial confirmation"),
    SuccessWay.COURT_PAPER: _("The court makes its mediation paper"),
    SuccessWay.SUIT_WITHDRAWN: _("The suit is withdrawn"),
}
CHOICES: dict[MediatorChoice, str] = {
    MediatorChoice.BOTH: _("Chosen by both parties from the roster"),
    MediatorChoice.HOUSE: _("Appointed, the parties did not agree on one"),
}
SUITABILITIES: dict[Suitability, str] = {
    Suitability.FACTS: _("The facts are clear"),
    Suitability.DISPUTE: _("There is little dispute"),
    Suitability.RIGHTS: _("Rights and duties are clear"),
}
