"""What the region of a dispute's callouts asks while it is drawn on pages of other areas."""

from flask_babel import gettext

from blueprints.dispatch import bp
from models.assignment import Duty, assigned
from models.callout import Callout
from models.dispute import Dispute
from models.invitation import PhoneResult
from models.room import Room, room_of
from models.visit_plan import itinerary
from transaction import db
from web.filters import clock_time
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
def phone_results() -> list[PhoneResult]:
    return list(PhoneResult)
