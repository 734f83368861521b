"""Words of the session, its papers and their signatures."""

from enum import StrEnum

from models.agreement import AgreementForm
from models.assignment import Duty
from models.breach import ReminderChannel
from models.conclusion import Ground, Outcome
from models.consent import Consent, Telling
from models.final_paper import PaperKind
from models.finding import Weight
from models.mandate import MandatePaper
from models.natures import Nature
from models.participant import Invitee
from models.performance import PaidBy
from models.record_reading import ReadingWay
from models.recusal import RecusalGround
from models.signature import SigningWay
from models.signer import SignerRole
from models.wording import Manner
from models.words import _

PAIRS: tuple[tuple[StrEnum, str], ...] = (
    (Duty.MEDIATOR, _("presiding mediator")),
    (Duty.RECORDER, _("recorder")),
    (Nature.PEOPLES, _("People's mediation")),
    (Nature.INDUSTRY, _("Industry committee mediation")),
    (Nature.ADMINISTRATIVE, _("Administrative mediation")),
    (Nature.COURT_ENTRUSTED, _("Entrusted by the court")),
    (Nature.PETITION, _("Coordination of a petition matter")),
    (Nature.WITNESSED, _("Witnessed reconciliation")),
    (Outcome.AGREED, _("Agreement reached")),
    (Outcome.HANDED_OVER, _("Handed over to a unit")),
    (Outcome.NOT_AGREED, _("No agreement")),
    (Outcome.SUSPENDED, _("Mediation suspended")),
    (Outcome.WITHDRAWN, _("Withdrawn by the applicant")),
    (Ground.REFUSED, _("A party refuses or withdraws")),
    (Ground.GAP, _("The gap is too wide")),
    (Ground.UNREACHABLE, _("A party cannot be reached")),
    (Ground.TIME_OUT, _("The time is over and not both agree to extend")),
    (Ground.UNSIGNED, _("A party refuses to sign")),
    (Ground.OTHER, _("Another ground")),
    (Telling.PAPER, _("on paper")),
    (Telling.ALOUD, _("read aloud")),
    (Telling.TELEPHONE, _("by telephone")),
    (Consent.AGREES, _("Agrees to mediation")),
    (Consent.REFUSES, _("Refuses mediation")),
    (Invitee.KIN, _("Kin")),
    (Invitee.NEIGHBOUR, _("Neighbour")),
    (Invitee.COLLEAGUE, _("Colleague")),
    (Invitee.EXPERT, _("Expert")),
    (Invitee.ORGANISATION, _("Social organisation")),
    (PaperKind.AGREEMENT, _("Agreement in writing")),
    (PaperKind.RECORD, _("Mediation record")),
    (SignerRole.PARTY, _("Party")),
    (SignerRole.MEDIATOR, _("Mediator")),
    (SignerRole.RECORDER, _("Recorder")),
    (SignerRole.BODY, _("Seal of the body")),
    (SigningWay.HAND, _("signed by hand")),
    (SigningWay.FINGERPRINT, _("by fingerprint")),
    (SigningWay.BOTH, _("signed, with fingerprint")),
    (SigningWay.SEAL, _("stamped")),
    (SigningWay.INK, _("signed on a screen")),
    (SigningWay.REFUSED, _("refuses to sign")),
    (SigningWay.STRUCK, _("noted by mistake, struck out")),
    (ReadingWay.OWN, _("Read it")),
    (ReadingWay.ALOUD, _("Was read to")),
    (ReadingWay.INTERPRETER, _("Through an interpreter")),
    (ReadingWay.REFUSED, _("Does not confirm")),
    (RecusalGround.INTEREST, _("Has an interest in the matter")),
    (RecusalGround.KIN, _("Related to a party")),
    (RecusalGround.OTHER, _("Another ground")),
    (AgreementForm.WRITTEN, _("written")),
    (AgreementForm.ORAL, _("oral")),
    (Manner.CASH, _("in cash")),
    (Manner.TRANSFER, _("by bank transfer")),
    (Manner.WECHAT, _("by WeChat")),
    (Manner.OTHER, _("in another way")),
    (MandatePaper.ELECTION, _("Letter of election")),
    (MandatePaper.POWER, _("Power of attorney")),
    (Weight.MUST, _("must be changed")),
    (Weight.ADVICE, _("should be changed")),
    (PaidBy.CASH, _("Cash")),
    (PaidBy.TRANSFER, _("Bank transfer")),
    (PaidBy.WECHAT, _("WeChat or Alipay")),
    (PaidBy.GOODS, _("Goods instead of money")),
    (PaidBy.OTHER, _("Otherwise")),
    (ReminderChannel.TELEPHONE, _("read out by telephone")),
    (ReminderChannel.MESSAGE, _("sent as a message")),
    (ReminderChannel.IN_PERSON, _("told in person")),
)
