"""A unit's own page: what it is called for, who is on duty, and what became of the month's whistles."""

from flask import Blueprint

bp = Blueprint("record", __name__)

from blueprints.record import routes, sheet  # noqa: E402, F401 - routes attach themselves to the blueprint
