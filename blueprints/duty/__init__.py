"""The duty roster: who of each unit answers the whistle on which day."""

from flask import Blueprint

bp = Blueprint("duty", __name__)

from blueprints.duty import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
