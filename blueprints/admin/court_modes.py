"""Which matters of the court are taken: one question to the manager of a new house."""

from flask import Response, url_for

from blueprints.admin import bp, queries
from blueprints.admin.forms import CourtModesForm
from models.centre import Centre
from models.court_modes import are_chosen, choose_modes
from models.referral_course import MODE_SETTINGS
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.responses import page, see_other


@bp.get("/administration/court-modes")
@requires(Permission.CENTRE_MANAGE)
def edit_court_modes() -> Response:
    """Once answered, it stands among the settings."""
    centre = queries.own_centre()
    if are_chosen(db.session(), centre):
        return see_other(url_for("admin.edit_settings"))
    return page("admin/court_modes.html", form=_stored(centre), differences=None)


@bp.post("/administration/court-modes")
@requires(Permission.CENTRE_MANAGE)
def update_court_modes() -> Response:
    centre, form = queries.own_centre(), CourtModesForm()

    def save() -> None:
        with transaction(current().actor) as change:
            choose_modes(change, centre, form.version.data,
                         [mode for mode, name in MODE_SETTINGS.items() if form[name].data])  # fmt: skip

    return edited(form, save, to=url_for("work.show_work"), template="admin/court_modes.html",
                  stored=lambda: _stored(centre))  # fmt: skip


def _stored(centre: Centre) -> CourtModesForm:
    return CourtModesForm(formdata=None, obj=centre, **centre.settings(db.session()))
