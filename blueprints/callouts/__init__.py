"""The callouts of one's own unit, for officers who sign in."""

from flask import Blueprint

bp = Blueprint("callouts", __name__)

from blueprints.callouts import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
