"""What is taken down beside the session: investigations, drafts, the record as read out, rights, recusals."""

from flask import Blueprint

bp = Blueprint("taking_down", __name__)

from blueprints.taking_down import drafts, investigations, readings, recusals, rights  # noqa: E402, F401 - routes attach
