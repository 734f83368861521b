"""How far a called unit is, in the few words a list has for it."""

from flask_babel import gettext

from models.callout import Callout
from web.filters import clock_time, moment
from web.labels import label


def standing(callout: Callout) -> str:
    """Since when it is there, or by when it is awaited; nothing is counted while the time stands still."""
    words = label(callout.state)
    if callout.arrived_at is not None:
        return f"{words} {clock_time(callout.arrived_at)}"
    if callout.open_pause is not None:
        return words
    return f"{words} · {gettext('by %(time)s', time=moment(callout.due_at))}"
