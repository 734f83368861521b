"""The court's own page for a new matter, signing for several at once, and taking a matter of the house to the court."""

from flask import Response, flash, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from blueprints.court import bp, queries
from blueprints.court.letter_forms import LetterForm, ReceiptForm
from blueprints.court.own_forms import OwnForm
from models.case_type import CaseType, case_type_for, case_types_of
from models.centre import Centre
from models.dispute import Dispute
from models.referral import CourtReferral
from models.referral_course import MODE_SETTINGS, CourtMode, ReferralStatus
from models.referral_end import take_to_court
from models.referral_sending import send
from models.unit import Unit
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.converters import id_in
from web.labels import label
from web.language import named
from web.responses import found_or_404, page, see_other

P = Permission


@bp.get("/referrals/new")
@requires(P.REFERRAL_SEND)
def new_referral() -> Response:
    return _ask(_offered(LetterForm(formdata=None)))


@bp.post("/referrals")
@requires(P.REFERRAL_SEND)
def create_referral() -> Response:
    centre, form = house(), _offered(LetterForm())
    made: list[str] = []

    def pass_on() -> None:
        letter, court = form.letter(), db.session().get_one(Unit, int(form.court.data))
        with transaction(current().actor, form.submitted) as change:
            referral = send(change, centre, court, letter)
            change.location = url_for("court.show_referral", referral_id=referral.id)
            made.append(change.location)

    if form.accepts(pass_on):
        flash(gettext("Sent. The clock begins when the centre signs for it."), "ok")
        return see_other(made[-1])
    return _ask(form)


@bp.post("/referrals/receipts")
@requires(P.REFERRAL_HANDLE)
def create_receipts() -> Response:
    """交接清单: everything ticked is signed for at once; mediators are named later."""
    form = ReceiptForm()
    ticked = request.form.getlist("referrals")[: queries.MOST]
    wanted = [number for one in ticked if (number := id_in(one)) is not None]
    found = current().referrals(P.REFERRAL_HANDLE).where(CourtReferral.id.in_(wanted)).order_by(CourtReferral.id)
    rows = list(db.session().scalars(found.where(CourtReferral.status == ReferralStatus.SENT)))
    form.referrals.choices = [(str(one), str(one)) for one in wanted]
    onward = url_for("court.list_referrals", tab="sign")

    def sign() -> None:
        with transaction(current().actor, form.submitted) as change:
            change.location = onward
            change.open_streams(*(row.stream for row in rows))
            for row in rows:
                row.receive(change, form.signed_on.data)

    if form.accepts(sign):
        flash(gettext("Signed for: %(n)s", n=len(rows)), "ok")
        return see_other(url_for("court.list_receipts", day=form.signed_on.data.isoformat()))
    for error in (error for field in form for error in field.errors):
        flash(error, "late")
    return see_other(onward)


@bp.get("/disputes/<ref:reference>/referral/new")
@requires(P.REFERRAL_HANDLE)
def new_own_referral(reference: str) -> Response:
    dispute = _dispute(reference)
    usual = case_type_for(db.session(), house(), dispute.category)
    return _ask_own(dispute, _offered_own(OwnForm(formdata=None, case_type=str(usual.id) if usual else "")))


@bp.post("/disputes/<ref:reference>/referral")
@requires(P.REFERRAL_HANDLE)
def create_own_referral(reference: str) -> Response:
    """自行调解: the parties' own matter goes to the court, to be confirmed or filed."""
    dispute, form = _dispute(reference), _offered_own(OwnForm())
    made: list[str] = []

    def pass_on() -> None:
        court, kind = (db.session().get_one(table, int(field.data))
                       for table, field in ((Unit, form.court), (CaseType, form.case_type)))  # fmt: skip
        with transaction(current().actor, form.submitted) as change:
            referral = take_to_court(change, dispute, court, kind)
            change.location = url_for("court.show_referral", referral_id=referral.id)
            made.append(change.location)

    return see_other(made[-1]) if form.accepts(pass_on) else _ask_own(dispute, form)


def house() -> Centre:
    centre = current().centre
    if centre is None:
        raise NotFound
    return centre


def _offered(form: LetterForm) -> LetterForm:
    settings = current().settings
    modes = [mode for mode in CourtMode if mode is not CourtMode.OWN and settings[MODE_SETTINGS[mode]]]
    form.mode.choices = [(mode.value, label(mode)) for mode in modes]
    form.court.choices = [(str(court.id), named(court)) for court in queries.courts()]
    form.case_type.choices = [("", gettext("Choose")), *_kinds()]
    return form


def _offered_own(form: OwnForm) -> OwnForm:
    form.court.choices = [(str(court.id), named(court)) for court in queries.courts()]
    form.case_type.choices = [("", gettext("Choose")), *_kinds()]
    return form


def _kinds() -> list[tuple[str, str]]:
    rows = db.session().scalars(case_types_of(house()).where(CaseType.is_active))
    return [(str(one.id), named(one)) for one in rows]


def _dispute(reference: str) -> Dispute:
    return found_or_404(current().disputes(P.REFERRAL_HANDLE).where(Dispute.reference == reference))


def _ask(form: LetterForm) -> Response:
    return page("court/new.html", form.status, form=form, until_chosen=queries.modes_until_chosen())


def _ask_own(dispute: Dispute, form: OwnForm) -> Response:
    return page("court/new_own.html", form.status, form=form, dispute=dispute)
