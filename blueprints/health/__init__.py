"""Whether the house can work: asked by the start script and by whoever watches the server."""

from flask import Blueprint

bp = Blueprint("health", __name__)

from blueprints.health import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
