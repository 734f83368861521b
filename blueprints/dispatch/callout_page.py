"""The page of one callout, and how a tap on it or on a board is done and answered."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, url_for
from flask_babel import gettext

from blueprints.dispatch import answer_forms as forms
from blueprints.dispatch.queries import Directory, callout_in_scope
from models.callout import Callout
from models.change import Change
from models.clock import local_day
from models.coordination import arrangements
from models.correction import reversible
from models.duty_turn import turn_of
from models.ladder import Step, proposed
from models.receipt import may_have_receipt
from models.room import room_of
from models.sending import deliveries
from models.time_request import waiting_request
from models.unit_answer import newest_answer
from models.visit_plan import at_once
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.filters import clock_time
from web.known_officer import known_officer
from web.labels import label
from web.officer_forms import TimeForm
from web.parts import PartForm
from web.responses import done, found_or_404, is_htmx, page, see_other

FORMS: tuple[type[PartForm], ...] = (
    forms.ArrivalForm, forms.TelephoneForm, forms.StandDownForm, forms.CorrectionForm, forms.ObjectionForm,
    forms.DecisionForm, forms.PauseForm, forms.ExtensionForm, forms.NoShowForm, forms.LateArrivalForm, forms.ReplyForm,
    TimeForm,
)  # fmt: skip


def find(callout_id: int, permission: Permission = Permission.CALLOUT_RECORD) -> Callout:
    return found_or_404(callout_in_scope(callout_id, permission))


def do(callout: Callout, verb: Callable[[Change], object], form: PartForm | None = None) -> Response:
    """Do it and go back to where the tap was made; a refused form stays on the callout's page with everything typed."""

    def act() -> None:
        with transaction(current().actor) as change:
            verb(change)

    if form is None:
        act()
    elif not form.accepts(act):
        if is_htmx():
            return see_other(url_for(".show_callout", callout_id=callout.id) + f"#{form.word}")
        return show(callout, form.status, form)
    return done(url_for(".show_callout", callout_id=callout.id))


def show(callout: Callout, status: int = 200, sent: PartForm | None = None, link: str = "") -> Response:
    officer, at = known_officer(callout), now()
    typed = {
        forms.ArrivalForm: {"name": officer.name, "post": officer.post},
        forms.TelephoneForm: {"name": officer.name},
        forms.DecisionForm: {"question": callout.question},
        forms.ReplyForm: {"replied_on": local_day(at)},
        forms.ExtensionForm: {"version": callout.version},
        forms.CorrectionForm: {"tap": next(iter(reversible(callout)), None)},
    }
    each = {
        kind.word.replace("-", "_"): sent if isinstance(sent, kind) else kind(data=typed.get(kind, {}))
        for kind in FORMS
    }
    taps = reversible(callout)
    each["correction"].tap.choices = [(tap.value, label(tap)) for tap in taps]
    session, day = db.session(), local_day(at)
    settings = callout.dispute.centre.settings(session)
    room = room_of(session, callout.dispute_id) if callout.is_open else callout.whistle.room
    return page("dispatch/callout.html", status, callout=callout, form=sent, forms=each, link=link, taps=taps,
                room=room, duty=turn_of(session, callout.unit, day),
                no_links=settings["no_internet"], late=callout.is_late(at), steps=proposed(callout, at, settings),
                Step=Step, log=log(callout), time_request=waiting_request(session, callout),
                deliveries=deliveries(session, "callout", callout.id),
                said=newest_answer(session, callout), has_receipt=may_have_receipt(callout),
                others=len(at_once(session, callout)) - 1 if callout.is_open else 0,
                units=Directory(day).units if callout.open_objection else [])  # fmt: skip


def log(callout: Callout) -> list[tuple[datetime, str]]:
    """What was done about the unit beside its own line, in the order of time."""
    lines = [(step.at, label(step.step)) for step in callout.steps]
    if (asked := arrangements(db.session(), callout.dispute).get(callout.id)) and asked.arranged_at:
        lines.append((asked.arranged_at, gettext("The district arranged: %(words)s", words=asked.arranged)))
    lines += [(call.at, f"{label(call.result)} {call.name}".strip()) for call in callout.calls]
    for pause in callout.pauses:
        words = f"{label(pause.reason)} {pause.words}".strip()
        lines.append((pause.since, gettext("Time stood still: %(reason)s", reason=words)))
        if pause.taken_back_at is None and pause.until is not None:
            lines.append((pause.until, gettext("Time went on")))
    for one in callout.extensions:
        before, after = clock_time(one.due_before), clock_time(one.due_after)
        lines.append((one.at, gettext("Time extended from %(before)s to %(after)s: %(reason)s", before=before,
                                      after=after, reason=one.reason)))  # fmt: skip
    for one in callout.objections:
        if one.decided_at is not None:
            lines.append((one.raised_at, gettext("Objection: %(reason)s", reason=one.reason)))
            words = gettext("Objection upheld") if one.upheld else gettext("Objection not upheld")
            lines.append((one.decided_at, words))
    for one in callout.corrections:
        lines.append((one.at, gettext("%(tap)s taken back: %(reason)s", tap=label(one.tap), reason=one.reason)))
    return sorted(lines)
