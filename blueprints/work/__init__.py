"""The start page: what waits for this person."""

from flask import Blueprint

bp = Blueprint("work", __name__)

from blueprints.work import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
