"""期限: which clocks run, in one dispute and in the house, and what may be done about them."""

from flask import Blueprint

bp = Blueprint("deadlines", __name__)

from blueprints.deadlines import changes, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
