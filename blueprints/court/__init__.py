"""Matters of the court: what it passes to the house, the queue, and what goes back."""

from flask import Blueprint

bp = Blueprint("court", __name__)

from blueprints.court import answers, case_types, ends, letters, outward, routes, sheets, table  # noqa: E402, F401 - they attach
