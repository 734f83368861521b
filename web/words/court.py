"""Words of what goes between house and court."""

from enum import StrEnum

from models.confirmation_application import RULING_RESULTS
from models.contact_attempt import ATTEMPT_RESULTS
from models.court_columns import MEANINGS
from models.court_import import ImportState
from models.filing_handover import PACKS
from models.referral_course import (
    CHOICES,
    END_GROUNDS,
    MODES,
    PROCEDURES,
    STATUSES,
    SUCCESS_WAYS,
    SUITABILITIES,
    ReferralStep,
)
from models.usual_mode import UsualMode
from models.words import _

PAIRS: tuple[tuple[StrEnum, str], ...] = (
    *MODES.items(),
    *PROCEDURES.items(),
    *STATUSES.items(),
    *END_GROUNDS.items(),
    *SUCCESS_WAYS.items(),
    *CHOICES.items(),
    *SUITABILITIES.items(),
    *ATTEMPT_RESULTS.items(),
    *PACKS.items(),
    *RULING_RESULTS.items(),
    *MEANINGS.items(),
    (UsualMode.NONE, _("Every row says it")),
    (UsualMode.ASSIGNED, _("Assigned before filing")),
    (UsualMode.ORDINARY, _("Entrusted after filing, ordinary procedure")),
    (UsualMode.SUMMARY, _("Entrusted after filing, summary procedure")),
    (ImportState.READING, _("Being looked through")),
    (ImportState.MAPPING, _("Columns to be named")),
    (ImportState.CHECKED, _("Looked through, to be decided")),
    (ImportState.WRITING, _("Being imported")),
    (ImportState.RELEASED, _("Imported")),
    (ImportState.CHANGED, _("To be looked through again")),
    (ImportState.REFUSED, _("Could not be read")),
    (ImportState.CANCELLED, _("Called off")),
    (ReferralStep.RECEIVE, _("Sign for it")),
    (ReferralStep.ACCEPT, _("Take it on")),
    (ReferralStep.DECLINE, _("Do not take it")),
    (ReferralStep.CONSENT, _("The other party agrees")),
    (ReferralStep.APPOINT, _("Name the mediator")),
    (ReferralStep.SUCCEED, _("Report the agreement")),
    (ReferralStep.FAIL, _("End without agreement")),
    (ReferralStep.RESUME, _("Mediate anew")),
    (ReferralStep.RETURN, _("Hand the pack to the court")),
    (ReferralStep.FILE, _("Note the filing")),
)
