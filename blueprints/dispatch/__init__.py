"""The whistle and what the desk does until everybody is in the room."""

from flask import Blueprint

bp = Blueprint("dispatch", __name__)

from blueprints.dispatch import (  # noqa: E402, F401
    callout_routes,
    inquiry_routes,
    invitation_routes,
    ladder_routes,
    plan_routes,
    receipt_routes,
    region,
    room_routes,
    routes,
)
