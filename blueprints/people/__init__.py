"""Accounts: who may sign in, with which roles at which units."""

from flask import Blueprint

bp = Blueprint("people", __name__)

from blueprints.people import rights, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
