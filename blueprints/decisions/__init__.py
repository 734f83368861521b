"""The duty leader's three decisions, on a telephone or at the desk."""

from flask import Blueprint

bp = Blueprint("decisions", __name__)

from blueprints.decisions import entry, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
