"""断线期间谁到了: what happened while desks and screens were silent."""

from flask import Blueprint

bp = Blueprint("outages", __name__)

from blueprints.outages import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
