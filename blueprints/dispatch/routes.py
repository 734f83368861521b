"""吹哨: one page, one click; nothing asks back."""

from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext

from blueprints.dispatch import bp
from blueprints.dispatch.forms import WhistleForm
from blueprints.dispatch.queries import Directory
from models.clock import local_day
from models.dispute import Dispute
from models.person import Person
from models.room import Room
from models.whistle import Level, WhistleOrder, sound
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.language import named
from web.responses import found_or_404, page, see_other

MOST_LINES = 40


@bp.get("/disputes/<ref:reference>/whistles/new")
@requires(Permission.WHISTLE_SOUND)
def new_whistle(reference: str) -> Response:
    dispute, directory = _dispute(reference), Directory(local_day(now()))
    return _page(dispute, WhistleForm(dispute, directory))


@bp.post("/disputes/<ref:reference>/whistles")
@requires(Permission.WHISTLE_SOUND)
def create_whistle(reference: str) -> Response:
    dispute, directory = _dispute(reference), Directory(local_day(now()))
    form = WhistleForm(dispute, directory)
    if "more" in request.form and len(form.lines) < MOST_LINES:
        form.lines.append_entry()
        return _page(dispute, form)
    after = url_for("board.show_desk")

    def verb() -> None:
        order = _order(dispute, form)
        form.opening.refuse_in_break(now(), waits=order.level in (Level.ORDINARY, Level.VIDEO),
                                     by_leader=current().may(Permission.OBJECTION_DECIDE))  # fmt: skip
        with transaction(current().actor, form.submitted) as change:
            sound(change, dispute, order)
            change.location = after

    called = [line.name.data for line in form.called_lines]
    if form.accepts(verb):
        flash(gettext("Whistle blown: %(units)s", units=gettext(", ").join(called)), "ok")
        return see_other(after)
    return _page(dispute, form, form.status)


def _order(dispute: Dispute, form: WhistleForm) -> WhistleOrder:
    """What the form says. Its choices hold only rooms and people of this house."""
    invited = set(form.invite.data or ())
    return WhistleOrder(
        callouts=form.orders(),
        level=form.level.data,
        room=_chosen(Room, form.room_id.data),
        mediator=_chosen(Person, form.mediator_id.data),
        recorder=_chosen(Person, form.recorder_id.data),
        appointed_at=form.appointed,
        video_url=form.video_url.data or "",
        is_drill=bool(form.is_drill.data) and current().settings_of(dispute.centre)["drills"],
        invite=[party for party in dispute.parties if party.id in invited] if invited else [],
    )


def _chosen(table: Any, key: int) -> Any:
    return db.session.get(table, key) if key else None


def _page(dispute: Dispute, form: WhistleForm, status: int = 200) -> Response:
    directory = form.directory
    telephones = [
        (named(unit), unit.telephone, directory.duty.get(unit.id, ""))
        for line in form.lines
        if (unit := directory.find(line.form.name.data or "")) and unit.telephone
    ]
    at, opening = now(), form.opening
    return page("dispatch/whistle.html", status, dispute=dispute, form=form, directory=directory,
                telephones=telephones, pause=opening.break_at(at), later=opening.put_off(at),
                drills=current().settings_of(dispute.centre)["drills"],
                closed_until=None if opening.period_at(at) else opening.next_opening(at))  # fmt: skip


def _dispute(reference: str) -> Dispute:
    scope = current().disputes(Permission.WHISTLE_SOUND)
    return found_or_404(scope.where(Dispute.reference == reference))
