"""What a centre manages: its units, rooms, presiding bodies, kinds of disputes and settings."""

from flask import Blueprint

from web.large_form import takes_files

bp = Blueprint("admin", __name__)
takes_files(bp, "create_calendar_lines")

from blueprints.admin import (  # noqa: E402, F401 - routes attach
    bodies,
    calendar,
    categories,
    court_modes,
    rooms,
    routes,
    units,
)
