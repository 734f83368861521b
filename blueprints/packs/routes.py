"""The pack of today: prepared by one button, printed as one paper; every look at it is kept."""

from flask import Response
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from blueprints.packs import bp
from blueprints.packs.queries import open_matters, telephones
from models.centre import Centre
from models.clock import local_day
from models.event_kinds import EventKind
from models.reserved_number import prepare_pack, reserved
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.language import CHINESE
from web.responses import go, page

P = Permission


@bp.get("/emergency-pack")
@requires(P.BOARD_READ)
def show_pack() -> Response:
    numbers = reserved(db.session(), _house(), local_day(now()))
    return page("packs/show.html", numbers=numbers, used=sum(number.used_at is not None for number in numbers))


@bp.post("/emergency-pack")
@requires(P.BOARD_READ)
def create_pack() -> Response:
    """Asked for twice it has the same numbers."""
    centre = _house()
    with transaction(current().actor) as change:
        prepare_pack(change, centre)
    return go("packs.show_paper")


@bp.get("/emergency-pack/paper")
@requires(P.BOARD_READ)
@audited
def show_paper() -> Response:
    """Holds the telephones of the officers on duty: who looked is kept."""
    centre = _house()
    numbers = reserved(db.session(), centre, local_day(now()))
    if not numbers:
        return go("packs.show_pack")
    with transaction(current().actor) as change:
        change.record(f"centre:{centre.id}", EventKind.PACK_SHOW, ("centre", centre.id), count=len(numbers))
    numbers = reserved(db.session(), centre, local_day(now()))  # the change has made the others forget
    with force_locale(CHINESE):
        return page("packs/paper.html", house=centre, numbers=numbers, telephones=telephones(centre),
                    matters=open_matters(), printed_at=now())  # fmt: skip


def _house() -> Centre:
    """The house whose board the person sees; a department has none."""
    centre, paths = current().centre, current().paths(P.BOARD_READ)
    if centre is None or not centre.unit.path.startswith(tuple(paths)):
        raise NotFound
    return centre
