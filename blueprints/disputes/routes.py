"""The page of one dispute."""

from flask import Response

from blueprints.disputes import bp
from blueprints.disputes.next_step import further_steps, next_step
from blueprints.disputes.queries import SHOWN, deadlines_of, leading, reasons, shelved, story, whole
from models.assignment import Duty, assigned
from models.completeness import missing
from models.hand_over import current_hand_over
from models.lateness import WORDS, late_marks
from models.next_date import next_date
from models.room import room_of
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.responses import found_or_404, page


@bp.get("/disputes/<ref:reference>")
@requires(Permission.DISPUTE_READ)
def show_dispute(reference: str) -> Response:
    dispute = found_or_404(whole(reference))
    limit = int(dispute.centre.setting(db.session(), "mediator_limit"))
    lines = story(dispute)
    return page(
        "disputes/show.html",
        dispute=dispute,
        step=next_step(dispute, current()),
        further=further_steps(dispute, current()),
        missing=missing(dispute) if dispute.is_open else [],
        lead=leading(dispute),
        mediator=assigned(dispute, Duty.MEDIATOR),
        recorder=assigned(dispute, Duty.RECORDER),
        room=room_of(db.session(), dispute.id),
        next_on=next_date(dispute) or dispute.next_on,
        hand_over=current_hand_over(dispute),
        late=late_marks(db.session(), [dispute.id], now(), limit).get(dispute.id, []),
        late_words=WORDS,
        deadlines=deadlines_of(dispute),
        remarks=reasons(dispute),
        lines=lines[:SHOWN],
        older_lines=lines[SHOWN:],
        papers=shelved(dispute),
    )
