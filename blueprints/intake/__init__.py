"""The window: visits, consultations, what somebody was here for before, and the slip."""

from flask import Blueprint

bp = Blueprint("intake", __name__)

from blueprints.intake import back_entries, consultations, routes, slips  # noqa: E402, F401 - routes attach themselves
