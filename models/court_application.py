"""What can be asked of a court or the arbitration commission about an agreement, and why not where it cannot."""

from datetime import date

from sqlalchemy.orm import Session

from models.agreement import Agreement, AgreementForm, Term
from models.breach import is_overdue
from models.due_day import due_day
from models.effect import counted_from
from models.enforcement import LABOUR, CourtRuling
from models.natures import OF_COMMITTEES
from models.words import _


def is_labour(agreement: Agreement) -> bool:
    return agreement.mediation.dispute.category.main.name == LABOUR


def unkept(agreement: Agreement, today: date) -> list[Term]:
    """The terms whose day has passed without performance."""
    return [term for term in agreement.terms if is_overdue(term, today)]


def why_no_payment_order(agreement: Agreement, ruling: CourtRuling | None, today: date) -> str:
    """支付令 for what an employer owes under an agreement (劳动争议调解仲裁法 art. 16)."""
    if not is_labour(agreement):
        return _("An order for payment on an agreement is for wages, work injuries and compensation")
    if agreement.form is AgreementForm.ORAL:
        return _("An order for payment needs a written agreement")
    if ruling is not None:
        return _("The court has confirmed the agreement: apply for enforcement")
    if not any(term.amount_fen for term in unkept(agreement, today)):
        return _("No payment under this agreement is overdue")
    return ""


def why_no_enforcement(agreement: Agreement, ruling: CourtRuling | None, today: date) -> str:
    """强制执行 of an agreement the court has confirmed (民事诉讼法 art. 206)."""
    if ruling is None:
        return _("Only an agreement the court has confirmed can be enforced")
    return "" if unkept(agreement, today) else _("Nothing under this agreement is overdue")


def review_ends(session: Session, agreement: Agreement) -> date:
    """The last of the fifteen days; the first is not counted, a holiday moves it (民法典 art. 201, 203)."""
    dispute = agreement.mediation.dispute
    return due_day(session, dispute.centre_id, "arbitration_review", counted_from(agreement))


def why_no_review(agreement: Agreement, last: date, today: date) -> str:
    """仲裁审查: both sides ask the labour arbitration commission together, within fifteen days, until `last`."""
    if not is_labour(agreement):
        return _("Only a labour agreement is reviewed by the arbitration commission")
    if agreement.mediation.nature not in OF_COMMITTEES or agreement.form is AgreementForm.ORAL:
        return _("Only a committee's written agreement is reviewed")
    return _("The fifteen days for the review are over") if today > last else ""
