"""Signing in and out, one's own password and language."""

from flask import Blueprint

bp = Blueprint("auth", __name__)

from blueprints.auth import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
