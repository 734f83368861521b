"""The queue of the court's matters, one of them, and finding one."""

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.court import bp, queries
from blueprints.court.letter_forms import DayForm, FilterForm, FindForm, ReceiptForm
from blueprints.court.page import referral_page
from models.case_type import case_types_of
from models.clock import local_day
from models.person import Role, holders
from models.referral_course import CourtMode
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.choices import blank
from web.converters import id_in
from web.labels import label
from web.language import named
from web.responses import found_or_404, page

P = Permission
TABS = {"sign": _("To be signed for"), "today": _("Due today"), "week": _("This week"), "late": _("Late"),
        "report": _("To be reported"), "open": _("All open"), "back": _("Back to the court")}  # fmt: skip
# What the court reads: what is on its way, at work, and back.
COURTS_TABS = ("sign", "open", "back")
EMPTY = {
    "sign": _("Nothing waits for a signature."), "today": _("Nothing is due today."),
    "week": _("Nothing is due within a week."), "late": _("Nothing is late."),
    "report": _("Nothing is to be reported or returned."), "open": _("No matter of the court is open."),
    "back": _("Nothing has gone back to the court yet."),
}  # fmt: skip


@bp.get("/referrals")
@requires(P.REFERRAL_READ)
def list_referrals() -> Response:
    offered, tab, form = _offered(), chosen_tab(), filter_form()
    rows = queries.listed(tab, narrowed_by(form))
    kept = {name: form[name].data for name in ("mode", "case_type", "mediator") if form[name].data}
    many = queries.counts(narrowed_by(form))
    tabs = [
        (key, f"{gettext(TABS[key])} {many.get(key) or ''}".strip(), url_for("court.list_referrals", tab=key, **kept))
        for key in offered
    ]
    receipt = ReceiptForm(formdata=None, signed_on=local_day(now()))
    receipt.referrals.choices = [(str(row.referral.id), row.referral.number) for row in rows]
    return page("court/list.html", rows=rows[: queries.MOST], tab=tab, title=TABS[tab], tabs=tabs, form=form,
                find=FindForm(), receipt=receipt, printed=DayForm(day=local_day(now())), kept=kept, empty=EMPTY[tab],
                is_narrowed=bool(kept), ticked=request.args.get("ticked") == "all",
                until_chosen=queries.modes_until_chosen(), has_more=len(rows) > queries.MOST,
                most=queries.MOST)  # fmt: skip


@bp.post("/referrals/search")
@requires(P.REFERRAL_READ)
def search_referrals() -> Response:
    """By number or name. Only reads; it is a POST because names travel in it."""
    find = FindForm()
    rows = queries.found(find.wanted.data) if find.validate_on_submit() else []
    return page("court/found.html", find.status, rows=rows, find=find)


@bp.get("/referrals/<int:referral_id>")
@requires(P.REFERRAL_READ)
def show_referral(referral_id: int) -> Response:
    return referral_page(found_or_404(queries.referral(P.REFERRAL_READ, referral_id)))


def _offered() -> list[str]:
    return list(TABS) if current().may(P.REFERRAL_HANDLE) else list(COURTS_TABS)


def chosen_tab() -> str:
    offered = _offered()
    tab = request.args.get("tab", "week" if "week" in offered else "open")
    return tab if tab in offered else offered[0]


def filter_form() -> FilterForm:
    form, centre = FilterForm(request.args), current().centre
    kinds = list(db.session().scalars(case_types_of(centre))) if centre is not None else []
    people = holders(db.session(), Role.MEDIATOR, centre.unit) if centre is not None else []
    form.mode.choices = [blank(gettext("All")), *((mode.value, label(mode)) for mode in CourtMode)]
    form.case_type.choices = [blank(gettext("All")), *((str(one.id), named(one)) for one in kinds)]
    form.mediator.choices = [blank(gettext("All")), *((str(one.id), named(one)) for one in people)]
    return form


def narrowed_by(form: FilterForm) -> queries.Narrowed:
    mode = CourtMode(form.mode.data) if form.mode.data in list(CourtMode) else None
    return queries.Narrowed(mode, id_in(form.case_type.data), id_in(form.mediator.data))
