"""What a centre manages: its units, rooms, presiding bodies, kinds of disputes and settings."""

from flask import Blueprint

bp = Blueprint("admin", __name__)

from blueprints.admin import (  # noqa: E402, F401 - routes attach
    bodies,
    calendar,
    categories,
    court_modes,
    rooms,
    routes,
    units,
)
