"""What the region of a dispute's callouts asks while it is drawn on pages of other areas."""

from blueprints.dispatch import bp
from models.assignment import Duty, assigned
from models.dispute import Dispute
from models.invitation import PhoneResult
from models.room import Room, room_of
from transaction import db
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
def phone_results() -> list[PhoneResult]:
    return list(PhoneResult)
