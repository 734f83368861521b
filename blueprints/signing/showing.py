"""The page 签署 with all its forms; the one that was refused stands on it as it was sent."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_babel import gettext

from blueprints.signing import queries
from blueprints.signing.forms import (
    EndForm,
    FinaliseForm,
    LineForm,
    PaperSigningForm,
    ReadOutForm,
    RefusalForm,
    ScanForm,
    StrikeForm,
    paper_signing_form,
)
from models.clock import local_day
from models.consent import OTHER_WAYS
from models.final_paper import FinalPaper
from models.ink import have_agreed, why_no_ink
from models.mediation import MediationSession
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.forms import BaseForm
from web.responses import go, page

P = Permission


def answer(final: FinalPaper, form: BaseForm, verb: Callable[[], Any]) -> Response:
    """Do it and show how things stand now, or show what is to be mended."""
    session_id, kind = final.session_id, final.kind.value
    if form.accepts(verb):
        return go("signing.show_signing", session_id=session_id, _anchor=kind)
    return show(queries.session_called(session_id, P.PAPER_MAKE), form, final)


def show(session: MediationSession, wrong: BaseForm | None = None, about: FinalPaper | None = None) -> Response:
    found = queries.bundles(session, with_texts=current().may(P.MEDIATION_CONDUCT))
    forms = {
        one.paper.id: _forms(one.paper, wrong if about is not None and one.paper.id == about.id else None)
        for one in found if one.paper is not None
    }  # fmt: skip
    finalise_forms = {one.kind: FinaliseForm(formdata=None, kind=one.kind.value, seen=one.seen)
                      for one in found if one.text}  # fmt: skip
    return page("signing/show.html", wrong.status if wrong else 200, mediation=session, dispute=session.dispute,
                bundles=found, forms=forms, finalise_forms=finalise_forms, form=wrong,
                other_ways=OTHER_WAYS, no_ink=why_no_ink(session), have_agreed=have_agreed,
                no_links=session.dispute.centre.setting(db.session(), "no_internet"))  # fmt: skip


def scan_choices(final: FinalPaper) -> list[tuple[str, str]]:
    return [("", "-"), *((str(one.id), gettext("No. %(number)s %(title)s", number=one.number, title=one.title))
                         for one in queries.scans_to_link(final))]  # fmt: skip


def _forms(final: FinalPaper, wrong: BaseForm | None) -> dict[str, BaseForm]:
    """Several stand on one page, so the ids of their fields begin with the paper and the form."""
    forms: dict[str, BaseForm] = {
        "signing": paper_signing_form(final, None, usual=bool(request.args.get("all")), signed_on=local_day(now())),
        "scan": ScanForm(formdata=None),
        "refusal": RefusalForm(formdata=None),
        "end": EndForm(formdata=None),
        "strike": StrikeForm(formdata=None),
        "reading": ReadOutForm(formdata=None, reader=final.mediation.mediator.name),
    }
    for word, form in forms.items():
        if wrong is not None and _is_same(form, wrong):
            forms[word] = form = wrong
        if isinstance(form, ScanForm):
            form.scan.choices = scan_choices(final)
        if isinstance(form, LineForm):
            form.offer(final, only_parties=True)
        for field in form:
            field.id = f"{final.kind.value}-{word}-{field.name}"
    return forms


def _is_same(form: BaseForm, wrong: BaseForm) -> bool:
    return type(form) is type(wrong) or (isinstance(form, PaperSigningForm) and isinstance(wrong, PaperSigningForm))
