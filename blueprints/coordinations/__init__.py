"""Requests to the district: what its duty leader was asked, and what he arranged."""

from flask import Blueprint

bp = Blueprint("coordinations", __name__)

from blueprints.coordinations import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
