"""The disputes: lists, search, the page of one, and the decisions about it outside a session."""

from flask import Blueprint

bp = Blueprint("disputes", __name__)

from blueprints.disputes import decisions, lists, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
