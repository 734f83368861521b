"""What stands around every page: the centre's name, the way to other pages, who is signed in."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext
from jinja2 import pass_context
from jinja2.runtime import Context

from models.centre import DEFAULTS
from models.words import _
from security.identity import current
from security.permissions import OF_THE_FILE, Permission
from transaction import now
from web.archived import is_archived
from web.labels import label
from web.language import html_language, named

# Endpoint, label, the permission that shows it. Blueprints add themselves here in the order of the work.
NAVIGATION: list[tuple[str, str, Permission]] = [
    ("work.show_work", _("My work"), Permission.WORK_READ),
    ("board.show_desk", _("Dispatch board"), Permission.BOARD_READ),
    ("decisions.list_decisions", _("Decisions"), Permission.OBJECTION_DECIDE),
    ("intake.new_visit", _("Register"), Permission.DISPUTE_REGISTER),
    ("disputes.list_disputes", _("Disputes"), Permission.DISPUTE_READ),
    ("deadlines.list_deadlines", _("Deadlines"), Permission.DEADLINE_EDIT),
    ("court.list_referrals", _("Matters of the court"), Permission.REFERRAL_READ),
    ("follow_ups.list_follow_ups", _("Follow-up"), Permission.FOLLOW_UP_RECORD),
    ("archive.list_archive", _("Archive of files"), Permission.DISPUTE_ARCHIVE),
    ("subsidy.list_lists", _("Subsidy lists"), Permission.SUBSIDY_READ),
    ("subsidy.list_own", _("My subsidies"), Permission.SUBSIDY_OWN),
    ("shifts.show_shift", _("Change of shift"), Permission.BOARD_READ),
    ("callouts.list_callouts", _("Callouts of my unit"), Permission.CALLOUT_RESPOND),
    ("record.list_units", _("Records of units"), Permission.RECORD_READ),
    ("windows.list_windows", _("Windows today"), Permission.ATTENDANCE_RECORD),
    ("duty.list_duty", _("Duty roster"), Permission.ROSTER_EDIT),
    ("admin.show_administration", _("Administration"), Permission.CENTRE_MANAGE),
    ("people.list_people", _("Accounts"), Permission.PERSON_MANAGE),
    ("audit.list_events", _("Audit"), Permission.AUDIT_READ),
]


def init_app(app: Flask) -> None:
    app.context_processor(around)


def around() -> dict[str, Any]:
    """Names every layout may use. A page that cannot ask the database, or need not, renders with the defaults."""
    failed = request.endpoint is None or "without_database" in g
    identity = current()
    centre = None if failed else identity.centre
    settings = DEFAULTS if failed else identity.settings
    title = settings["bar_title"]
    if title == DEFAULTS["bar_title"]:
        title = gettext("Whistle Dispatch")
    return {
        "lang": html_language(),
        "bar_title": f"{named(centre)} {title}" if centre else title,
        "demo": current_app.config["DEMO"],
        "centre": centre,
        "navigation": navigation(),
        "home_url": "/",
        "search_url": _search_url(),
        "language_url": url_for("auth.change_language"),
        "password_url": url_for("auth.edit_password"),
        "sign_out_url": url_for("auth.sign_out"),
        "signed_in": _signed_in(),
        "server_now": now(),
        "shortcuts_on": settings["shortcuts"],
        "may": may,
        "Permission": Permission,
    }


@pass_context
def may(context: Context, permission: Permission, *, of_archived: bool = False) -> bool:
    """Whether the page offers it. `of_archived` says that this one is also done in an archived file."""
    is_held = current().may(permission)
    return is_held and (of_archived or permission not in OF_THE_FILE or not is_archived(context))


def _search_url() -> str | None:
    """Where the search box of the bar sends; nobody sees it who may not read disputes."""
    found = "disputes.search_disputes"
    may = current().may(Permission.DISPUTE_READ) and found in current_app.view_functions
    return url_for(found) if may else None


def navigation() -> list[tuple[str, str, bool]]:
    identity = current()
    here = request.blueprint
    return [
        (gettext(words), url_for(endpoint), endpoint.split(".")[0] == here)
        for endpoint, words, permission in NAVIGATION
        if identity.may(permission) and endpoint in current_app.view_functions
    ]


def _signed_in() -> dict[str, Any] | None:
    person = current().person
    if person is None:
        return None
    return {"name": named(person), "roles": [f"{named(held.unit)} {label(held.role)}" for held in person.roles]}
