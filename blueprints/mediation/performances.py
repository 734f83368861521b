"""What was paid or done under a term, and what follows when it was not: reminder, ruling, the next way."""

from flask import Response, url_for
from flask_babel import gettext

from blueprints.mediation import bp
from blueprints.mediation.performance_forms import PerformanceForm, ReminderForm, RulingForm, StrikeForm
from blueprints.mediation.queries import agreements, performances, terms
from models.agreement import Agreement, Term
from models.breach import ReminderChannel, is_in_default, is_overdue, remind, reminder_words, whole_rest
from models.clock import local_day
from models.enforcement import WORDS, CourtRuling, Way, next_way, ruling_of
from models.errors import TransitionNotAllowed
from models.performance import PaidBy, Performance, note_performance
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, go, page, see_other


@bp.get("/terms/<int:term_id>/performance/new")
@requires(Permission.DISPUTE_EDIT)
def new_performance(term_id: int) -> Response:
    term = found_or_404(terms(Permission.DISPUTE_EDIT, term_id))
    if term.performed_on is not None:
        raise TransitionNotAllowed(_("This term has been performed already"))
    return _ask_performance(term, PerformanceForm(performed_on=local_day(now()), amount_fen=term.rest_fen))


@bp.post("/terms/<int:term_id>/performance")
@requires(Permission.DISPUTE_EDIT)
def create_performance(term_id: int) -> Response:
    """Noting it twice changes nothing."""
    term, form = found_or_404(terms(Permission.DISPUTE_EDIT, term_id)), PerformanceForm()
    home = _home(term.agreement)

    def do() -> None:
        paid_by = PaidBy(form.paid_by.data) if form.paid_by.data else None
        with transaction(current().actor, form.submitted) as change:
            change.location = home
            note_performance(change, term, form.performed_on.data, form.amount_fen.data if term.amount_fen else None,
                             paid_by, form.evidence.data or "")  # fmt: skip

    return see_other(home) if form.accepts(do) else _ask_performance(term, form)


def _ask_performance(term: Term, form: PerformanceForm) -> Response:
    return page("mediation/performance.html", form.status, term=term, dispute=term.agreement.mediation.dispute,
                form=form)  # fmt: skip


@bp.get("/performances/<int:performance_id>/strike/new")
@requires(Permission.DISPUTE_EDIT)
def new_strike(performance_id: int) -> Response:
    entry = found_or_404(performances(Permission.DISPUTE_EDIT, performance_id))
    if entry.struck_at is not None:
        raise TransitionNotAllowed(_("This entry has been struck out already"))
    return _ask_strike(entry, StrikeForm())


@bp.post("/performances/<int:performance_id>/strike")
@requires(Permission.DISPUTE_EDIT)
def create_strike(performance_id: int) -> Response:
    entry, form = found_or_404(performances(Permission.DISPUTE_EDIT, performance_id)), StrikeForm()
    home = _home(entry.term.agreement)

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = home
            entry.strike(change, form.reason.data)

    return see_other(home) if form.accepts(do) else _ask_strike(entry, form)


def _ask_strike(entry: Performance, form: StrikeForm) -> Response:
    dispute = entry.term.agreement.mediation.dispute
    return page("mediation/strike.html", form.status, entry=entry, term=entry.term, dispute=dispute, form=form)


@bp.get("/terms/<int:term_id>/breach")
@requires(Permission.DISPUTE_EDIT)
def show_breach(term_id: int) -> Response:
    """The reminder to read out or send, and what comes next."""
    return _breach(found_or_404(terms(Permission.DISPUTE_EDIT, term_id)), RulingForm(formdata=None))


@bp.post("/terms/<int:term_id>/reminders")
@requires(Permission.DISPUTE_EDIT)
def create_reminder(term_id: int) -> Response:
    """The same way on the same day is the same reminder."""
    term, form = found_or_404(terms(Permission.DISPUTE_EDIT, term_id)), ReminderForm()
    if form.validate_on_submit():
        with transaction(current().actor) as change:
            remind(change, term, ReminderChannel(form.channel.data))
    return go("mediation.show_breach", term_id=term_id)


@bp.post("/terms/<int:term_id>/ruling")
@requires(Permission.DISPUTE_EDIT)
def create_ruling(term_id: int) -> Response:
    """司法确认裁定 of the agreement this term belongs to."""
    term, form = found_or_404(terms(Permission.DISPUTE_EDIT, term_id)), RulingForm()
    agreement = found_or_404(agreements(Permission.DISPUTE_EDIT, term.agreement_id))
    here = url_for("mediation.show_breach", term_id=term_id)

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = here
            CourtRuling.note(change, agreement, form.ruled_on.data, form.number.data or "")

    return see_other(here) if form.accepts(do) else _breach(term, form)


# Which paper writes the application for a way.
PAPERS = {Way.ENFORCEMENT: "enforcement", Way.PAYMENT_ORDER: "payment-order", Way.SUIT: "suit"}


def _breach(term: Term, form: RulingForm) -> Response:
    agreement, today = term.agreement, local_day(now())
    dispute = agreement.mediation.dispute
    way = next_way(db.session(), term)
    return page("mediation/breach.html", form.status, term=term, dispute=dispute, agreement=agreement, form=form,
                overdue=is_overdue(term, today), days=(today - term.due_on).days, way=way,
                way_words=gettext(WORDS[way.way]),
                application=PAPERS.get(way.way) if is_overdue(term, today) else None,
                words=reminder_words(term, dispute.centre, today), in_default=is_in_default(agreement, today),
                whole_rest=whole_rest(agreement), ruling=ruling_of(db.session(), agreement),
                channels=list(ReminderChannel))  # fmt: skip


def _home(agreement: Agreement) -> str:
    return url_for("disputes.show_dispute", reference=agreement.mediation.dispute.reference)
