"""What the region of a dispute's callouts asks while it is drawn on pages of other areas."""

from flask_babel import gettext

from blueprints.dispatch import bp
from models.assignment import Duty, assigned
from models.callout import AnswerResult, Callout
from models.clock import local_day
from models.dispute import Dispute
from models.invitation import PhoneResult
from models.room import Room, room_of
from models.visit_plan import itinerary
from transaction import db, now
from web.filters import clock_time, day
from web.language import named


@bp.app_template_global()
def room_of_dispute(dispute: Dispute) -> Room | None:
    return room_of(db.session(), dispute.id)


@bp.app_template_global()
def duties_of(dispute: Dispute) -> list[tuple[Duty, str]]:
    """Who leads and who writes, by name."""
    held = [(duty, assigned(dispute, duty)) for duty in Duty]
    return [(duty, named(person) if person else "") for duty, person in held]


@bp.app_template_global()
def way_in_words(callout: Callout) -> str:
    """三室 10:40 → 一室 11:05, for a unit that is planned in several rooms."""
    stops = itinerary(db.session(), callout)
    return " → ".join(
        f"{named(stop.room) if stop.room else gettext('the desk')} {clock_time(stop.callout.planned_at)}"
        for stop in (stops if len(stops) > 1 else [])
    )


@bp.app_template_global()
def reply_words(callout: Callout) -> str:
    """What became of the promised reply; nothing where nothing was promised."""
    if callout.result is not AnswerResult.TAKEN_BACK or callout.answer_due_on is None:
        return ""
    if callout.replied_on is not None:
        words = gettext("replied in time on %(day)s") if callout.is_kept else gettext("replied late on %(day)s")
        return str(words) % {"day": day(callout.replied_on)}
    if callout.reply_missed_at is not None:
        return str(gettext("did not reply by %(day)s", day=day(callout.answer_due_on)))
    late = callout.answer_due_on < local_day(now())
    return str(gettext("promised reply overdue") if late else gettext("reply awaited"))


@bp.app_template_global()
def phone_results() -> list[PhoneResult]:
    return list(PhoneResult)
