"""The ways by which messages leave the house: set up, tried out and switched off by the manager."""

from flask import Blueprint

bp = Blueprint("channels", __name__)

from blueprints.channels import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
