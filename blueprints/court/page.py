"""The page of one referral: what is known, and a form for each step that is possible now and meant for this person."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Response, flash, url_for
from flask_babel import gettext

from blueprints.court import forms, queries
from blueprints.court.forms import StepForm
from blueprints.court.sheets import has_pack, read, shelf
from models.change import Change
from models.clock import local_day
from models.confirmation import why_not
from models.confirmation_application import application_of
from models.dismissal import OVER, dismissal_of
from models.filing_handover import handover_of
from models.referral import CourtReferral
from models.referral_answer import roster, same_parties
from models.referral_course import AT_WORK, IN_HAND, WAYS, CourtMode, ReferralStatus, ReferralStep, SuccessWay
from models.referral_end import AGREED, agreement_of, clocks_of, proposal
from security.identity import current
from security.permissions import Permission
from transaction import SubmittedForm, db, now, transaction
from web.choices import category_choices
from web.labels import label
from web.language import named
from web.responses import found_or_404, page, see_other

P = Permission
STATUS = ReferralStatus
HANDLE, FILE = P.REFERRAL_HANDLE, P.REFERRAL_FILE
# Name on the page → form, who sees it, and the field that holds today when the page is opened.
FORMS: dict[str, tuple[type[StepForm], Permission, str]] = {
    "sign": (forms.SignForm, HANDLE, "signed_on"),
    "accept": (forms.AcceptForm, HANDLE, ""),
    "decline": (forms.DeclineForm, HANDLE, ""),
    "consent": (forms.ConsentForm, HANDLE, ""),
    "mediator": (forms.MediatorForm, HANDLE, ""),
    "success": (forms.SuccessForm, HANDLE, ""),
    "anew": (forms.ResumeForm, HANDLE, ""),
    "attempt": (forms.AttemptForm, HANDLE, ""),
    "facts": (forms.FactsForm, HANDLE, "undisputed_on"),
    "failure": (forms.FailureForm, HANDLE, ""),
    "pack": (forms.PackForm, HANDLE, ""),
    "release": (forms.PackForm, HANDLE, ""),
    "application": (forms.ApplicationForm, HANDLE, "applied_on"),
    "filing": (forms.FilingForm, FILE, "filed_on"),
    "court-acceptance": (forms.CourtAcceptanceForm, FILE, "accepted_on"),
    "ruling": (forms.RulingForm, FILE, "ruled_on"),
    "number": (forms.NumberForm, FILE, ""),
}


def referral_page(referral: CourtReferral, tried: str = "", form: StepForm | None = None) -> Response:
    """The page; the form that was tried keeps what was typed."""
    session = db.session()
    hint = proposal(session, referral, now()) if current().may(HANDLE) else None
    offered = {name: _fresh(referral, name, hint) for name in possible(referral)}
    if form is not None:
        offered[tried] = form
    case, agreement, clocks = read(referral), agreement_of(referral), clocks_of(session, referral)
    runs = referral.status in IN_HAND and not any(one.open_pause for one in clocks)
    return page("court/show.html", form.status if form else 200, referral=referral, forms=offered, tried=form,
                proposal=hint, attempts=case.attempts, nodes=case.nodes, today=local_day(now()),
                clocks=clocks, runs=runs, handover=case.handover, papers=shelf(case), pack=has_pack(case),
                agreement=agreement, application=application_of(session, agreement))  # fmt: skip


def possible(referral: CourtReferral) -> list[str]:
    """Which steps the state allows and this person may take."""
    session = db.session()
    pack, agreement = handover_of(session, referral), agreement_of(referral)
    asked = application_of(session, agreement)
    agreed = referral.dispute is not None and referral.dispute.status in AGREED and agreement is not None
    is_closed = referral.dispute is not None and referral.dispute.status in OVER
    at_work, dismissed = referral.status in AT_WORK and not agreed, dismissal_of(session, referral) is not None
    may_ask = referral.status is STATUS.SUCCEEDED and agreement is not None and not why_not(agreement)
    offered = {
        "sign": referral.can_do(ReferralStep.RECEIVE),
        "accept": referral.can_do(ReferralStep.ACCEPT),
        "decline": referral.can_do(ReferralStep.DECLINE),
        "consent": referral.can_do(ReferralStep.CONSENT),
        "mediator": referral.can_do(ReferralStep.APPOINT) and referral.mode is not CourtMode.OWN and at_work,
        "success": referral.can_do(ReferralStep.SUCCEED) and agreed,
        "anew": dismissed and not is_closed,
        "attempt": at_work,
        "facts": at_work,
        "failure": at_work or (dismissed and not is_closed),
        "pack": referral.status is STATUS.FAILED and pack is None,
        "release": pack is not None and pack.released_at is None and pack.prepared_by_id != current().actor.id,
        "application": may_ask and asked is None,
        "filing": referral.can_do(ReferralStep.FILE),
        "court-acceptance": asked is not None and asked.accepted_on is None,
        "ruling": asked is not None and asked.accepted_on is not None and asked.result is None,
        "number": referral.status not in (STATUS.DECLINED, STATUS.FILED),
    }
    return [name for name, is_offered in offered.items() if is_offered and current().may(FORMS[name][1])]


def take(referral_id: int, name: str, verb: Callable[[CourtReferral, Any, Change], Any]) -> Response:
    """One step: find it in reach, read its form, do the verb, go back to the page."""
    kind, permission, _today = FORMS[name]
    referral = found_or_404(queries.referral(permission, referral_id))
    form = _choices(referral, kind(is_sent=True))
    here = url_for("court.show_referral", referral_id=referral_id)

    def save() -> None:
        key = SubmittedForm.of(form["submission"].data, form.data) if "submission" in form else None
        with transaction(current().actor, key) as change:
            change.location = here
            verb(referral, form, change)

    if not form.accepts(save):
        return referral_page(referral, name, form)
    flash(gettext("Saved"), "ok")
    return see_other(here)


def _fresh(referral: CourtReferral, name: str, hint: Any) -> StepForm:
    kind, _permission, today = FORMS[name]
    values: dict[str, Any] = {"version": referral.version} | ({today: local_day(now())} if today else {})
    if name == "attempt":
        values["submission"] = uuid4().hex
    if name == "facts":
        values["undisputed"] = referral.undisputed
    if name == "accept" and referral.case_type.category_id:
        values["category"] = str(referral.case_type.category_id)
    if name == "failure" and hint is not None and hint.ground is not None:
        values["ground"] = hint.ground.value
    form = kind(**values)
    for field in form:
        field.id = f"{name}-{field.name}"  # two forms of one kind may stand on the page
    return _choices(referral, form)


def _choices(referral: CourtReferral, form: StepForm) -> StepForm:
    if isinstance(form, forms.AcceptForm):
        form.category.choices = [("", gettext("Choose")), *category_choices(referral.centre)]
        new = ("", gettext("a new dispute of the house"))
        form.dispute.choices = [new, *((str(one.id), f"{one.number} {named(one.category)}")
                                       for one in same_parties(db.session(), referral))]  # fmt: skip
    elif isinstance(form, forms.MediatorForm):
        form.mediator.choices = [
            (str(person.id), gettext("%(name)s, open matters: %(n)s", name=named(person), n=load))
            for person, load in roster(db.session(), referral)
        ]
    elif isinstance(form, forms.AttemptForm):
        form.party.choices = [(str(party.id), party.name) for party in referral.parties]
    elif isinstance(form, forms.SuccessForm):
        agreement = agreement_of(referral)
        barred = agreement is not None and why_not(agreement)
        ways = [way for way in WAYS[referral.mode] if way is not SuccessWay.CONFIRM or not barred]
        form.way.choices = [(way.value, label(way)) for way in ways]
    return form
