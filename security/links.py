"""The officer's link: one callout, recomputable, revoked by raising its number, dead at release or at midnight.

The token travels once, in the address of the message; opening it sets a cookie and leads to an address without it.
"""

from models.callout import Callout
from models.clock import local_day
from models.codes import link_token, read_link_token
from models.sealed import Sealer
from transaction import db, now

COOKIE = "callout"


def token_for(sealer: Sealer, callout: Callout) -> str:
    return link_token(sealer.key("callout-link"), callout.id, callout.link_number)


def callout_of(sealer: Sealer, token: str) -> Callout | None:
    """The callout this link still opens."""
    read = read_link_token(sealer.key("callout-link"), token)
    callout = db.session.get(Callout, read[0]) if read else None
    if read is None or callout is None or callout.link_number != read[1]:
        return None
    alive = callout.is_open and local_day(callout.due_at) >= local_day(now())
    no_internet = callout.dispute.centre.setting(db.session(), "no_internet")
    return callout if alive and not no_internet else None
