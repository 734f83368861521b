"""The screens of the house: connected by a link that works once, fixed to one face, switched off at any time."""

from flask import Blueprint

bp = Blueprint("screens", __name__)

from blueprints.screens import pairing, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
