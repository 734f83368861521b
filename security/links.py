"""Links: the officer's to one callout, the leader's of the day, a signer's to one line of a final text.

An officer's link is recomputable, revoked by raising its number, dead at release or at midnight.

The token travels once, in the address of the message; opening it puts it into a cookie and leads to an address without
it. A phone may hold the links of several callouts; each works for its own callout alone.
"""

from datetime import datetime

from models.callout import Callout
from models.centre import Centre
from models.clock import day_bounds, local_day
from models.codes import leader_token, link_token, read_leader_token, read_link_token
from models.ink import is_link_open
from models.person import Person
from models.sealed import Sealer
from models.signer import Signer
from transaction import db, now

COOKIE = "callout"
# More rooms than one officer can walk to in a day.
MOST_LINKS = 6
_BETWEEN = "."


def token_for(sealer: Sealer, callout: Callout) -> str:
    return link_token(sealer.key("callout-link"), callout.id, callout.link_number)


def callout_of(sealer: Sealer, token: str) -> Callout | None:
    """The callout this link still opens."""
    callout = _genuine(sealer, token)
    if callout is None or not callout.is_open or now() >= dies_at(callout):
        return None
    return None if callout.dispute.centre.setting(db.session(), "no_internet") else callout


def ended_of(sealer: Sealer, token: str) -> Callout | None:
    """The callout of a link that ended today, by release or stand-down: whoever opens it is told so."""
    callout = _genuine(sealer, token)
    if callout is None or callout.is_open or now() >= dies_at(callout):
        return None
    return None if callout.dispute.centre.setting(db.session(), "no_internet") else callout


def ended_today(sealer: Sealer, tokens: list[str]) -> list[Callout]:
    return [callout for token in tokens if (callout := ended_of(sealer, token))]


def house_of(sealer: Sealer, tokens: list[str]) -> Centre | None:
    """Whom to ring about these links: the house that made the first genuine one, however long that is over."""
    read = (read_link_token(sealer.key("callout-link"), token) for token in tokens)
    found = (db.session.get(Callout, known[0]) for known in read if known)
    return next((callout.dispute.centre for callout in found if callout), None)


def dies_at(callout: Callout) -> datetime:
    """Midnight after the day on which the unit has to come."""
    return day_bounds(local_day(callout.due_at))[1]


def tokens_in(cookie: str) -> list[str]:
    """The links this phone holds, the newest first."""
    return [token for token in cookie.split(_BETWEEN) if token][:MOST_LINKS]


def cookie_with(cookie: str, token: str) -> str:
    """What the phone holds after this link was opened."""
    others = [held for held in tokens_in(cookie) if held != token]
    return _BETWEEN.join([token, *others][:MOST_LINKS])


def signing_token_for(sealer: Sealer, signer: Signer) -> str:
    """The link that opens a final text for one signer; opening it again makes the earlier ones void."""
    return link_token(sealer.key("signing-link"), signer.id, signer.link_number)


def signer_of(sealer: Sealer, token: str) -> Signer | None:
    """The line this link still opens for signing."""
    signer = signer_called(sealer, token)
    if signer is None or not is_link_open(signer.paper, signer, now()):
        return None
    return None if signer.paper.mediation.dispute.centre.setting(db.session(), "no_internet") else signer


def signer_called(sealer: Sealer, token: str) -> Signer | None:
    """The line a genuine link of the newest number was made for, whether or not it may still be signed."""
    read = read_link_token(sealer.key("signing-link"), token)
    signer = db.session.get(Signer, read[0]) if read else None
    return signer if read is not None and signer is not None and signer.link_number == read[1] > 0 else None


def leader_token_for(sealer: Sealer, person: Person) -> str:
    """Today's link of a duty leader to the page of decisions; PIN and page are behind it."""
    return leader_token(sealer.key("leader-link"), person.id, person.rights_epoch, local_day(now()))


def leader_of(sealer: Sealer, token: str) -> Person | None:
    """Whose link of today this is."""
    read = read_leader_token(sealer.key("leader-link"), token, local_day(now()))
    person = db.session.get(Person, read[0]) if read else None
    return person if read and person is not None and person.is_active and person.rights_epoch == read[1] else None


def _genuine(sealer: Sealer, token: str) -> Callout | None:
    read = read_link_token(sealer.key("callout-link"), token)
    callout = db.session.get(Callout, read[0]) if read else None
    return callout if read is not None and callout is not None and callout.link_number == read[1] else None
