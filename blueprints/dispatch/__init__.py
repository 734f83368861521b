"""The whistle and what the desk does until everybody is in the room."""

from flask import Blueprint

bp = Blueprint("dispatch", __name__)

from blueprints.dispatch import callout_routes, inquiry_routes, invitation_routes, region, room_routes, routes  # noqa: E402, F401
