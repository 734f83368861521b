"""签署: final texts of agreements and records, who signs them and how, and the scans that prove it."""

from flask import Blueprint

bp = Blueprint("signing", __name__)

from blueprints.signing import finger, link_routes, routes  # noqa: E402, F401 - routes attach themselves
