"""What an officer may do about a callout: the same forms and answers by the unit's link and signed in."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.urls import iri_to_uri

from models.arrival import arrive_by_code
from models.callout import WRONG_CODES, AnswerResult, ArrivalMethod, Callout, Officer
from models.change import Change
from models.meeting import join_meeting
from models.objection import Objection, ObjectionChannel
from models.opening import Opening
from models.receipt import Receipt, may_have_receipt
from models.room import room_of
from models.time_request import TimeWish, ask_for_time, refused_request, waiting_request
from models.unit_answer import UnitAnswer, newest_answer
from models.visit_plan import Stop
from models.words import _
from security.identity import current
from transaction import db, now, transaction
from web.forms import BaseForm, CreatingForm
from web.known_officer import asks_phone, known_officer, named_officer
from web.officer_forms import AnswerForm, CodeForm, ObjectionForm, OfficerForm, TapForm, TimeForm
from web.responses import page, see_other

WRONG = _("The code is wrong or has changed meanwhile: read it again. %(left)s tries left.")


def show(callout: Callout, status: int = 200, **bound: BaseForm) -> Response:
    """The officer's page; a form that was refused comes bound, with everything typed."""
    return page("arrival/page.html", status, **context(callout, bound))


def context(callout: Callout, bound: dict[str, BaseForm]) -> dict[str, Any]:
    officer = known_officer(callout)
    typed = {"name": officer.name, "post": officer.post}
    centre = callout.dispute.centre
    left = WRONG_CODES - callout.wrong_codes
    code = bound.get("code") or CodeForm(formdata=None, data=typed)
    if isinstance(code, CodeForm) and not code.name.data and "name" not in code.errors:
        code.name.data, code.post.data = officer.name, officer.post  # a tap kept over a reload came without
    return {
        "callout": callout,
        "house": centre,
        "room": room_of(db.session(), callout.dispute_id),
        "new_tap": lambda: TapForm(formdata=None),  # each button has a key of its own
        "code_form": code,
        "wrong_code": gettext(WRONG, left=left) if callout.wrong_codes else "",
        "substitute": bound.get("substitute") or OfficerForm(),
        "objection": bound.get("objection") or ObjectionForm(),
        "time": bound.get("time") or TimeForm(),
        "time_request": waiting_request(db.session(), callout),
        "decided": next((one for one in reversed(callout.objections) if one.decided_at), None),
        "time_refused": refused_request(db.session(), callout),
        "answer": bound.get("answer") or AnswerForm(),
        "said": newest_answer(db.session(), callout),
        "has_receipt": may_have_receipt(callout),
        "asks_phone": asks_phone(callout),
        "codes_off": centre.setting(db.session(), "no_internet"),
        "late": callout.is_late(now()),
        "pause": Opening(centre.settings(db.session())).break_between(callout.sounded_at, callout.due_at),
        "others": stops(other for other in current().linked if other.id != callout.id),
        "back": url_for("callouts.list_callouts") if current().person else None,
        "form": next(iter(bound.values()), None),
    }


def stops(callouts: Iterable[Callout]) -> list[Stop]:
    """The rooms a phone was called to, in the order in which the officer comes to them."""
    ordered = sorted(callouts, key=lambda one: (one.planned_at or one.due_at, one.id))
    return [Stop(one, room_of(db.session(), one.dispute_id)) for one in ordered]


def receipt(callout: Callout, back: str) -> Response:
    """应哨回执 as a paper; `back` leads to the page it was opened from."""
    return page("arrival/receipt.html", receipt=Receipt.of(db.session(), callout), callout=callout, back=back)


def acknowledge(callout: Callout, location: str) -> Response:
    return _tap(callout, callout.acknowledge, location)


def set_out(callout: Callout, location: str) -> Response:
    return _tap(callout, callout.set_out, location)


def meeting(callout: Callout, back: str) -> Response:
    """Leads on into the meeting at once: a form itself may not be answered with another house's address."""
    address = callout.whistle.video_url
    if callout.arrival_method is not ArrivalMethod.VIDEO or not address:
        return see_other(back)
    response = page("arrival/meeting.html", callout=callout, back=back)
    response.headers["Refresh"] = f"0; url={iri_to_uri(address)}"
    return response


def join(callout: Callout, location: str, meeting: str) -> Response:
    """加入视频: the arrival first, then the way into the meeting."""
    known = known_officer(callout)
    officer = known if known.name else None
    return _tap(callout, lambda change: join_meeting(change, callout, officer), location, meeting)


def _tap(callout: Callout, verb: Callable[[Change], None], location: str, after: str = "") -> Response:
    """A button alone: it can only be done, or its key is nonsense."""
    form = TapForm()
    if _done(form, verb, after or location):
        return see_other(after or location)
    return show(callout, form.status, tap=form)


def arrive(callout: Callout, form: CodeForm, location: str) -> bool:
    """报到 by code. A wrong code is counted, kept apart from its own double tap, and told with what is left."""
    officer = named_officer(callout, form)
    right = []

    def verb(change: Change) -> None:
        right.append(arrive_by_code(change, callout, form.code.data, officer, form.step.data))

    if not _done(form, verb, location):
        return False
    if right[0]:
        return True
    form.submission.data, form.code.data = uuid4().hex, ""
    left = WRONG_CODES - callout.wrong_codes
    form.code.errors = [
        gettext(WRONG, left=left)
        if left > 0
        else gettext("Five wrong codes: please let the desk or the mediator record your arrival")
    ]
    return False


def substitute(callout: Callout, form: OfficerForm, location: str) -> bool:
    officer = Officer(form.name.data or "", form.post.data or "", form.phone.data or "")
    return _done(form, lambda change: callout.substitute(change, officer), location)


def object_to(callout: Callout, form: ObjectionForm, location: str) -> bool:
    reason, basis = form.reason.data or "", form.basis.data or ""
    return _done(
        form, lambda change: Objection.raise_for(change, callout, reason, basis, ObjectionChannel.LINK), location
    )


def ask_time(callout: Callout, form: TimeForm, location: str) -> bool:
    def verb(change: Change) -> None:
        ask_for_time(change, callout, TimeWish(form.wish.data), form.minutes.data, form.reason.data)

    return _done(form, verb, location)


def see_stand_down(callout: Callout, location: str) -> Response:
    return _tap(callout, callout.see_stand_down, location)


def answer(callout: Callout, form: AnswerForm, location: str) -> bool:
    def verb(change: Change) -> None:
        UnitAnswer.state(change, callout, AnswerResult(form.result.data), form.answer.data or "", form.due_on.data)

    return _done(form, verb, location)


def _done(form: CreatingForm, verb: Callable[[Change], None], location: str) -> bool:
    """Do it under the form's own key; sent a second time it leads to the same place."""

    def act() -> None:
        with transaction(current().actor, form.submitted) as change:
            verb(change)
            change.location = location

    return form.accepts(act)
