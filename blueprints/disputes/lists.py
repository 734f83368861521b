"""Lists of disputes, and the search."""

from flask import Response, current_app, request, url_for
from flask_babel import gettext

from blueprints.disputes import bp
from blueprints.disputes.forms import FilterForm, SearchForm, labelled
from blueprints.disputes.queries import Filters, found_by, listed, page_of
from blueprints.disputes.search import by_court_number, by_number, by_words
from models.lack import WORDS as LACKS
from models.lateness import WORDS
from models.lifecycle import DisputeStatus
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from web.choices import blank, category_choices, unit_choices
from web.converters import id_in
from web.responses import go, page

TABS = {"mine": _("Mine"), "open": _("Open disputes"), "late": _("Late"), "all": _("All")}


@bp.get("/disputes")
@requires(Permission.DISPUTE_READ)
def list_disputes() -> Response:
    form = _filter_form()
    days = (form.since.data, form.until.data) if form.validate() else (None, None)
    tab = request.args.get("tab", "open")
    filters = Filters(tab if tab in TABS else "open", form.chosen_status, id_in(form.category.data),
                      id_in(form.unit.data), *days, form.chosen_lack, id_in(form.centre.data))  # fmt: skip
    rows, newer, older = page_of(listed(filters), id_in(form.before.data), id_in(form.after.data))
    kept = {name: value for name, value in request.args.items() if name in form._fields and value}
    kept = {"tab": filters.tab} | {name: value for name, value in kept.items() if name not in ("before", "after")}
    return page("disputes/index.html", form.status, form=form, rows=rows, tab=filters.tab, tabs=_tabs(),
                late_words=WORDS, is_narrowed=len(kept) > 1,
                newer=_turn(kept, after=rows[0].dispute.id) if newer and rows else None,
                older=_turn(kept, before=rows[-1].dispute.id) if older and rows else None)  # fmt: skip


@bp.post("/disputes/search")
@requires(Permission.DISPUTE_READ)
def search_disputes() -> Response:
    """Reads only; by POST, because what is looked for may be a name or a number of somebody."""
    form, rows = SearchForm(), []
    if form.validate_on_submit():
        only = by_number(form.q.data)
        if only is not None:
            return go("disputes.show_dispute", reference=only.reference)
        rows = found_by(by_words(form.q.data, current_app.extensions["sealer"]))
        if not rows and (referral := by_court_number(form.q.data)) is not None:
            return go("court.show_referral", referral_id=referral.id)
    return page("disputes/search.html", form.status, form=form, rows=rows, late_words=WORDS)


def _filter_form() -> FilterForm:
    form, centre = FilterForm(request.args), current().centre
    form.state.choices = [("", gettext("All")), *labelled(DisputeStatus)]
    form.lack.choices = [("", gettext("All")), *((lack.value, gettext(words)) for lack, words in LACKS.items())]
    form.category.choices = [blank(gettext("All")), *(category_choices(centre) if centre else [])]
    form.unit.choices = [blank(gettext("All")), *unit_choices()]
    return form


def _turn(kept: dict[str, str], **edge: int) -> str:
    return url_for("disputes.list_disputes", **kept, **edge)


def _tabs() -> list[tuple[str, str, str]]:
    return [(key, gettext(words), url_for("disputes.list_disputes", tab=key)) for key, words in TABS.items()]
