"""What is done by itself: reminders of the ladder and of deadlines, the second whistle where the house wants it so.

The ladder does nothing while desks and screens are silent (中心断线,暂停催办): nobody there could see or stop it.
"""

from collections.abc import Callable

from sqlalchemy.orm import joinedload, selectinload

from models.actor import WORKER
from models.callout import Callout
from models.change import Change
from models.deadline import Deadline
from models.dispute import Dispute
from models.errors import TransitionNotAllowed
from models.ladder import Step, by_itself, take, tell_leader, unpressed, waiting
from models.presence import holds
from models.reminder import remind, to_remind
from transaction import db, now, transaction


def climb() -> int:
    """Take every step that is due and needs nobody's tap; returns how many there were.

    Of what a person should have pressed, the duty leader is told.
    """
    session, at = db.session(), now()
    awaited = waiting(at).options(
        joinedload(Callout.whistle), joinedload(Callout.dispute).joinedload(Dispute.centre),
        selectinload(Callout.steps), selectinload(Callout.pauses), selectinload(Callout.notices),
    )  # fmt: skip
    callouts = session.scalars(awaited).all()
    centres = {callout.dispute.centre for callout in callouts}
    settings = {centre.id: centre.settings(session) for centre in centres if not holds(session, centre, at)}
    steps = [
        (callout.id, step)
        for callout in callouts if callout.dispute.centre_id in settings
        for step in by_itself(callout, at, settings[callout.dispute.centre_id])
    ]  # fmt: skip
    overlooked = [
        (callout.id, step)
        for callout in callouts if callout.dispute.centre_id in settings
        for step in unpressed(callout, at, settings[callout.dispute.centre_id])
    ]  # fmt: skip
    session.rollback()
    _each(take, steps)
    _each(tell_leader, overlooked)
    return len(steps)


def _each(verb: Callable[[Change, Callout, Step], None], steps: list[tuple[int, Step]]) -> None:
    for callout_id, step in steps:
        try:
            with transaction(WORKER) as change:
                verb(change, change.session.get_one(Callout, callout_id), step)
        except TransitionNotAllowed:
            continue  # somebody came, or another worker was faster


def remind_of_deadlines() -> int:
    """Say what has to be said of deadlines today; returns how many there were."""
    session = db.session()
    ids = to_remind(session, now())
    session.rollback()
    said = 0
    for deadline_id in ids:
        with transaction(WORKER) as change:
            said += remind(change, change.session.get_one(Deadline, deadline_id))
    return said
