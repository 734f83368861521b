"""应急包: what is printed every morning for the hour in which nothing works."""

from flask import Blueprint

bp = Blueprint("packs", __name__)

from blueprints.packs import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
