"""The officer's own page: one link, two taps, no password; arrival by the code or QR shown inside the house."""

from flask import Blueprint

bp = Blueprint("arrival", __name__)

from blueprints.arrival import link_routes, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
