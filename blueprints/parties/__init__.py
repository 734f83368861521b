"""补全: the matter in full, its parties with all that identifies them, and the roster of a group."""

from flask import Blueprint

bp = Blueprint("parties", __name__)

from blueprints.parties import completion, listing, reveals, roster, routes  # noqa: E402, F401 - routes attach themselves
