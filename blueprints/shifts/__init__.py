"""交接班: everything that is open, on one page, taken over by name."""

from flask import Blueprint

bp = Blueprint("shifts", __name__)

from blueprints.shifts import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
