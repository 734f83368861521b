"""The list, the page of one follow-up, and the result of a call."""

from collections.abc import Callable

from flask import Response, flash, request, url_for
from flask_babel import gettext

from blueprints.follow_ups import bp
from blueprints.follow_ups.forms import CallForm, TapForm
from blueprints.follow_ups.queries import follow_ups, waiting
from models.breach import is_overdue
from models.clock import local_day
from models.follow_up import FollowUp, FollowUpReason
from models.follow_up_call import CallOutcome, CallReport, failed_calls, mediated, note_follow_up
from models.reopening import Rebounds, rebounds
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.responses import found_or_404, page, see_other

P = Permission


@bp.get("/follow-ups")
@requires(P.FOLLOW_UP_RECORD)
def list_follow_ups() -> Response:
    only_mine = request.args.get("whose") == "mine"
    days = waiting(local_day(now()), only_mine=only_mine)
    groups = [("late", gettext("Late"), days.late), ("today", gettext("Today"), days.today),
              ("week", gettext("This week"), days.week)]  # fmt: skip
    centre = current().centre
    counted = rebounds(db.session(), centre.id, now()) if centre else Rebounds(0, 0)
    return page("follow_ups/list.html", groups=groups, only_mine=only_mine, has_more=days.has_more, counted=counted,
                outcomes=list(CallOutcome), tap=lambda: TapForm(formdata=None), failed=failed_calls)  # fmt: skip


@bp.get("/follow-ups/<int:follow_up_id>")
@requires(P.FOLLOW_UP_RECORD)
def show_follow_up(follow_up_id: int) -> Response:
    return _show(found_or_404(follow_ups(follow_up_id)), CallForm(formdata=None))


@bp.post("/follow-ups/<int:follow_up_id>/taps")
@requires(P.FOLLOW_UP_RECORD)
def create_tap(follow_up_id: int) -> Response:
    """The result from the list, with nothing to type."""
    follow_up, form = found_or_404(follow_ups(follow_up_id)), TapForm()
    return _note(follow_up, form, lambda: CallReport(CallOutcome(form.outcome.data)))


@bp.post("/follow-ups/<int:follow_up_id>/calls")
@requires(P.FOLLOW_UP_RECORD)
def create_call(follow_up_id: int) -> Response:
    """The result with what was heard."""
    follow_up, form = found_or_404(follow_ups(follow_up_id)), CallForm()
    return _note(follow_up, form, lambda: form.report)


def _note(follow_up: FollowUp, form: TapForm, report: Callable[[], CallReport]) -> Response:
    onward = _onward(follow_up, form.outcome.data)

    def do() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = onward
            note_follow_up(change, follow_up, report())

    if form.accepts(do):
        flash(gettext("Noted: %(number)s", number=follow_up.dispute.short_number), "ok")
        return see_other(onward)
    return _show(follow_up, form if isinstance(form, CallForm) else _as_call(form))


def _onward(follow_up: FollowUp, outcome: str) -> str:
    """From the call straight to the receipt, or to the reminder; otherwise back to the list."""
    term = follow_up.term
    if term is not None and term.performed_on is None and current().may(P.DISPUTE_EDIT):
        if outcome == CallOutcome.PERFORMED:
            return url_for("mediation.new_performance", term_id=term.id)
        if outcome == CallOutcome.UNPERFORMED and is_overdue(term, local_day(now())):
            return url_for("mediation.show_breach", term_id=term.id)
    return url_for(".list_follow_ups")


def _as_call(form: TapForm) -> CallForm:
    """What the tap said wrong, on the page that has room for it."""
    shown = CallForm(formdata=None)
    shown.rule_errors = (*form.rule_errors, *(error for field in form for error in field.errors))
    return shown


def _show(follow_up: FollowUp, form: CallForm) -> Response:
    person = current().person
    is_mediator = mediated(follow_up.dispute, person.id if person else None)
    return page("follow_ups/show.html", form.status, follow_up=follow_up, dispute=follow_up.dispute, form=form,
                is_mediator=is_mediator, outcomes=list(CallOutcome), failed=failed_calls(follow_up),
                is_of_term=follow_up.reason is FollowUpReason.TERM)  # fmt: skip
