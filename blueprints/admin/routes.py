"""What can be managed, and the settings of the centre."""

from typing import Any

from flask import Response, url_for
from sqlalchemy import func, select

from blueprints.admin import bp, queries
from blueprints.admin.forms import FACTS, SettingsForm
from models.case_type import case_types_of
from models.centre import DEFAULTS, Centre
from models.channel import MessageChannel
from models.clock import local_day
from models.opening import DEFAULTS as OPENING
from models.screen import Screen
from models.unit import Unit
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, now, transaction
from web.editing import edited
from web.responses import page

# How the settings stand on their page; one that is not named here comes last.
GROUPS: list[tuple[str, list[str]]] = [
    (_("Whistle and arrival"), ["in_house_limit", "urgent_limit", "mediator_limit", "deputy_minutes",
                                "reminder_minutes", "second_minutes", "automatic_second", "coordination_minutes",
                                "unpressed_minutes", "objection_minutes", "default_question", "confirm_arrival",
                                "no_internet"]),
    (_("Work at the desk"), ["hand_over_days", "idle_minutes", "shortcuts", "exclusive_administrators"]),
    (_("Matters of the court"), ["mode_entrusted", "mode_assigned", "mode_own", "pack_by_two",
                                "court_table_days"]),
    (_("Opening hours"), list(OPENING)),
]  # fmt: skip
GROUPS[1][1].extend(name for name in DEFAULTS if name != "bar_title" and all(name not in group for _t, group in GROUPS))


@bp.get("/administration")
@requires(Permission.CENTRE_MANAGE)
def show_administration() -> Response:
    centre = queries.own_centre()
    units = db.session.scalars(queries.units_in_reach().where(Unit.is_active)).all()
    screens = select(func.count(Screen.id)).where(Screen.centre_id == centre.id, Screen.revoked_at.is_(None))
    channels = select(func.count(MessageChannel.id)).where(
        MessageChannel.centre_id == centre.id, MessageChannel.is_active
    )
    return page("admin/administration.html", screens_url=url_for("screens.list_screens"),
                channels_url=url_for("channels.list_channels"), counts={
        "units": len(units),
        "open_duty": len(units) - len(queries.on_duty(units, local_day(now()))),
        "rooms": queries.count(queries.rooms_of(centre)),
        "bodies": queries.count(queries.bodies_of(centre)),
        "categories": queries.count(queries.categories_of(centre)),
        "case_types": queries.count(case_types_of(centre)),
        "screens": db.session.scalar(screens),
        "channels": db.session.scalar(channels),
    })  # fmt: skip


@bp.get("/administration/settings")
@requires(Permission.CENTRE_MANAGE)
def edit_settings() -> Response:
    return page("admin/settings.html", form=_stored(queries.own_centre()), differences=None, groups=GROUPS)


@bp.post("/administration/settings")
@requires(Permission.CENTRE_MANAGE)
def update_settings() -> Response:
    centre, form = queries.own_centre(), SettingsForm()

    def save() -> None:
        facts = {name: form[name].data or ("" if name != "name_en" else None) for name in FACTS}
        with transaction(current().actor) as change:
            centre.revise(change, form.version.data, facts, {name: form[name].data for name in DEFAULTS})

    return edited(form, save, to=url_for("admin.edit_settings"), template="admin/settings.html",
                  stored=lambda: _stored(centre), groups=GROUPS)  # fmt: skip


def _stored(centre: Centre) -> Any:
    return SettingsForm(formdata=None, obj=centre, **centre.settings(db.session()))
