"""The page of the change of shift, and taking over by name."""

from flask import Response, flash, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from blueprints.shifts import bp, queries
from blueprints.shifts.forms import TakeoverForm
from models.centre import Centre
from models.person import Person, RoleHeld
from models.takeover import latest, take_over
from models.unit import Unit
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import ROLE_PERMISSIONS, Permission
from transaction import db, transaction
from web.language import named
from web.responses import page, see_other

P = Permission
KEEPERS = [role for role, permissions in ROLE_PERMISSIONS.items() if P.SHIFT_TAKE_OVER in permissions]


@bp.get("/shifts")
@requires(P.BOARD_READ)
def show_shift() -> Response:
    return _page(_form())


@bp.post("/shifts")
@requires(P.SHIFT_TAKE_OVER)
def create_takeover() -> Response:
    centre, form, me = house(), _form(), current().somebody

    def verb() -> None:
        given_by = db.session.get_one(Person, int(form.given_by.data))
        with transaction(current().actor, form.submitted) as change:
            take_over(change, centre, given_by, me)
            change.location = url_for("shifts.show_shift")

    if form.accepts(verb):
        flash(gettext("You have taken the desk over"), "ok")
        return see_other(url_for("shifts.show_shift"))
    return _page(form)


def house() -> Centre:
    centre = current().centre
    if centre is None:
        raise NotFound
    return centre


def keepers() -> list[Person]:
    """Colleagues who may answer for the desk of this house, without the reader."""
    return list(db.session.scalars(
        select(Person).join(RoleHeld).join(Unit).distinct()
        .where(RoleHeld.role.in_(KEEPERS), Unit.path.startswith(house().unit.path, autoescape=True),
               Person.is_active, Person.id != current().somebody.id)
        .order_by(Person.sort_key)
    ))  # fmt: skip


def _form() -> TakeoverForm:
    last = latest(db.session(), house())
    mine = last is not None and last.to_id == current().somebody.id
    return TakeoverForm(keepers(), last.to_id if last is not None and not mine else None)


def _page(form: TakeoverForm) -> Response:
    lists = [
        (_("Left with somebody off duty"), queries.left_behind(), True),
        (_("Units that are awaited"), queries.open_callouts(), False),
        (_("People in rooms"), queries.in_rooms(), False),
        (_("Waiting for a room"), queries.queue(), False),
        (_("Promised for today"), queries.promises(), False),
        (_("Slips not printed today"), queries.unprinted(), False),
    ]
    last = latest(db.session(), house())
    return page("shifts/show.html", form.status, form=form, last=last, lists=lists,
                who=(named(last.taken_by), named(last.given_by)) if last else None)  # fmt: skip
