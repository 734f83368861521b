"""Follow-ups 回访: one list on the telephone or at the desk, and one tap after each call."""

from flask import Blueprint

bp = Blueprint("follow_ups", __name__)

from blueprints.follow_ups import routes  # noqa: E402, F401 - routes attach themselves
