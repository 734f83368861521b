"""The record of what happened, for whoever audits the house."""

from flask import Blueprint

bp = Blueprint("audit", __name__)

from blueprints.audit import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
