"""What an officer may do about a callout: the same forms and answers by the unit's link and signed in."""

import unicodedata
from typing import Any
from uuid import uuid4

from flask import Response, current_app, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Regexp

from models.arrival import arrive_by_code
from models.callout import WRONG_CODES, Callout, Officer
from models.clock import local_day
from models.identity import phone_problem
from models.objection import Objection, ObjectionChannel
from models.opening import Opening
from models.room import room_of
from models.words import _
from security.identity import current
from transaction import db, now, transaction
from web.forms import BaseForm, Checked, CreatingForm, Line, Lines, Needed
from web.parts import PartForm
from web.responses import page


def digits(value: str | None) -> str | None:
    """A code as people type it: with spaces between, or in full-width digits."""
    return "".join(unicodedata.normalize("NFKC", value).split()) if value else value


class OfficerForm(PartForm):
    """改派他人: who comes instead."""

    word = "substitute"

    name = Line(_("Officer's name"), Needed(_("Enter the officer's name")), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)


class CodeForm(CreatingForm):
    """报到 by the four digits; sent twice it is counted once."""

    name = Line(_("Officer's name"), Needed(_("Enter the officer's name")), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)
    code = StringField(
        lazy_gettext(_("Arrival code")),
        [
            Needed(_("Enter the four digits shown inside the centre")),
            Regexp(r"^[0-9]{4}$", message=lazy_gettext(_("The code has four digits"))),
        ],
        filters=[digits],
    )


class ObjectionForm(PartForm):
    word = "objection"
    reason = Lines(_("Why the matter is not yours"), Needed(_("Enter why the matter is not yours")), most=500)
    basis = Line(_("Legal or organisational basis"), most=200)


def show(callout: Callout, status: int = 200, **bound: BaseForm) -> Response:
    """The officer's page; a form that was refused comes bound, with everything typed."""
    return page("arrival/page.html", status, **context(callout, bound))


def context(callout: Callout, bound: dict[str, BaseForm]) -> dict[str, Any]:
    officer = known_officer(callout)
    typed = {"name": officer.name, "post": officer.post}
    centre = callout.dispute.centre
    return {
        "callout": callout,
        "house": centre,
        "room": room_of(db.session(), callout.dispute_id),
        "code_form": bound.get("code") or CodeForm(formdata=None, data=typed),
        "substitute": bound.get("substitute") or OfficerForm(),
        "objection": bound.get("objection") or ObjectionForm(),
        "asks_phone": not _phone_is_known(callout),
        "codes_off": centre.setting(db.session(), "no_internet"),
        "late": callout.is_late(now()),
        "pause": Opening(centre.settings(db.session())).break_between(callout.sounded_at, callout.due_at),
        "others": [other for other in current().linked if other.id != callout.id],
        "back": url_for("callouts.list_callouts") if current().person else None,
        "form": next(iter(bound.values()), None),
    }


def known_officer(callout: Callout) -> Officer:
    """Who is expected: named by the unit or on the telephone, else today's duty officer."""
    if callout.officer_name:
        return Officer(callout.officer_name, callout.officer_post)
    duty = callout.unit.duty_on(db.session(), local_day(now()))
    return Officer(duty.name, duty.post) if duty else Officer()


def _phone_is_known(callout: Callout) -> bool:
    duty = callout.unit.duty_on(db.session(), local_day(now()))
    return bool(callout.officer_phone_sealed or (duty and duty.telephone_sealed and not callout.officer_name))


def named_officer(callout: Callout, form: Any) -> Officer:
    """Who the form names. The duty officer need not type the telephone that the roster knows."""
    name, post, phone = (form[field].data or "" for field in ("name", "post", "phone"))
    duty = callout.unit.duty_on(db.session(), local_day(now()))
    if not phone and not callout.officer_phone_sealed and duty and duty.name == name and duty.telephone_sealed:
        sealer = current_app.extensions["sealer"]
        phone = sealer.open("duty_turns", "telephone", duty.uid, duty.telephone_sealed)
    return Officer(name, post, phone)


def acknowledge(callout: Callout) -> None:
    with transaction(current().actor) as change:
        callout.acknowledge(change)


def set_out(callout: Callout) -> None:
    with transaction(current().actor) as change:
        callout.set_out(change)


def arrive(callout: Callout, form: CodeForm, location: str) -> bool:
    """报到 by code. A wrong code is counted, kept apart from its own double tap, and told with what is left."""
    officer = named_officer(callout, form)
    right = []

    def verb() -> None:
        with transaction(current().actor, form.submitted) as change:
            right.append(arrive_by_code(change, callout, form.code.data, officer))
            change.location = location

    if not form.accepts(verb):
        return False
    if right[0]:
        return True
    form.submission.data = uuid4().hex
    left = WRONG_CODES - callout.wrong_codes
    form.code.errors = [
        gettext("The code is wrong or has changed meanwhile: read it again. %(left)s tries left.", left=left)
        if left > 0
        else gettext("Five wrong codes: please let the desk or the mediator record your arrival")
    ]
    return False


def substitute(callout: Callout, form: OfficerForm) -> bool:
    officer = Officer(form.name.data or "", form.post.data or "", form.phone.data or "")

    def verb() -> None:
        with transaction(current().actor) as change:
            callout.substitute(change, officer)

    return form.accepts(verb)


def object_to(callout: Callout, form: ObjectionForm) -> bool:
    def verb() -> None:
        with transaction(current().actor) as change:
            Objection.raise_for(change, callout, form.reason.data, form.basis.data or "", ObjectionChannel.LINK)

    return form.accepts(verb)
