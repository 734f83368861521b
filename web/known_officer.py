"""Who comes for a unit, as far as it is known before he is there: nobody types what was typed or entered already."""

from collections.abc import Iterator

from flask import current_app

from models.callout import Callout, Officer
from models.duty import on_duty
from models.visit_plan import walker
from transaction import db, now
from web.officer_forms import ScanForm


def known_officer(callout: Callout) -> Officer:
    """Who is expected, without his telephone."""
    officer = next(_known_officers(callout), Officer())
    return Officer(officer.name, officer.post)


def asks_phone(callout: Callout) -> bool:
    """Whether the telephone of the one who is expected is not known yet."""
    return not _phone_of(callout, known_officer(callout).name)


def _phone_of(callout: Callout, name: str) -> str:
    """The telephone that is known of this officer, from wherever it was entered."""
    return next((known.phone for known in _known_officers(callout) if known.name == name and known.phone), "")


def _known_officers(callout: Callout) -> Iterator[Officer]:
    """Whom the unit may send, the likeliest first: named for this room, or in another of the same visit, or on duty."""
    sealer = current_app.extensions["sealer"]
    for named in (callout, walker(db.session(), callout)):
        if named is not None and named.officer_name:
            yield Officer(named.officer_name, named.officer_post, named.clear_phone(sealer))
    duty = on_duty(db.session(), callout.unit, now(), sealer)
    if duty:
        yield Officer(duty.name, duty.post, duty.telephone or "")


def named_officer(callout: Callout, form: ScanForm) -> Officer | None:
    """Who the form names. Whoever is known need not type the telephone that is known."""
    name, post, phone = (form[field].data or "" for field in ("name", "post", "phone"))
    if not name:
        if not form.known.data:
            return None
        known = known_officer(callout)
        name, post = known.name, known.post
    return Officer(name, post, phone or _phone_of(callout, name)) if name else None
