"""The buttons that build terms: another row, instalments of a sum, a row for each person, a usual default clause."""

from collections import Counter
from collections.abc import Callable

from flask_babel import gettext

from blueprints.mediation.agreement_forms import MOST_ROWS, AgreementConclusion, manner_of
from models.clauses import CLAUSES
from models.dispute import Dispute
from models.errors import RuleBroken
from models.instalments import instalments, shares
from models.party import Side
from models.search_keys import folded
from models.wording import TermDraft
from models.words import _
from web.language import sentence


def build(pressed: str, form: AgreementConclusion, dispute: Dispute) -> None:
    """Do what the button says; what cannot be done is said at its field."""
    BUTTONS.get(pressed, _row)(form, dispute)


def _row(form: AgreementConclusion, _dispute: Dispute) -> None:
    if len(form.rows) < MOST_ROWS:
        form.rows.append_entry()


def _instalments(form: AgreementConclusion, _dispute: Dispute) -> None:
    """What is left of the whole sum after the payments that stand there already."""
    total, count, first_on = form.total_fen.data, form.count.data, form.first_on.data
    for field in (form.total_fen, form.count, form.first_on):
        if field.data is None:
            field.errors = [gettext("Enter the whole sum, the number of instalments and the day of the first")]
            return
    rest = total - sum(row.amount_fen.data or 0 for row in form.filled)
    if rest <= 0:
        form.total_fen.errors = [gettext("The payments below already make up the whole sum")]
        return
    try:
        drafts = instalments(rest, count, first_on, _pattern(form))
    except RuleBroken as error:
        form.take(error)
        return
    _take(form, drafts)


def _shares(form: AgreementConclusion, dispute: Dispute) -> None:
    """Whoever has a row already gets no second one; namesakes have one each."""
    there, people = Counter(folded(row.payee.data or "") for row in form.filled), []
    for party in (one for one in dispute.parties if one.side is Side.APPLICANT):
        if there[party.name_key]:
            there[party.name_key] -= 1
        else:
            people.append((party.name, party.amount_fen))
    if not people:
        form.rule_errors = (sentence(RuleBroken(_("Everybody of the group has a term already"))),)
    _take(form, shares(people, _pattern(form)))


def _clause(form: AgreementConclusion, _dispute: Dispute) -> None:
    """Put the chosen wording under what is written already."""
    words = CLAUSES.get(form.suggestion.data or "", "")
    written = (form.default_clause.data or "").strip()
    if words and words not in written:
        form.default_clause.data = "\n".join(filter(None, (written, words)))
    form.suggestion.data = ""


def _pattern(form: AgreementConclusion) -> TermDraft:
    return TermDraft(form.first_on.data, form.plan_payer.data or "", form.plan_payee.data or "",
                     manner=manner_of(form.plan_manner), account=form.plan_account.data or "")  # fmt: skip


def _take(form: AgreementConclusion, drafts: list[TermDraft]) -> None:
    if not form.take_rows(drafts):
        form.rule_errors = (sentence(RuleBroken(_("An agreement has at most %(most)s terms"), most=MOST_ROWS)),)


BUTTONS: dict[str, Callable[[AgreementConclusion, Dispute], None]] = {
    "row": _row,
    "instalments": _instalments,
    "shares": _shares,
    "clause": _clause,
}
