"""Windows of stationed and rotating units: manned or left today."""

from flask import Blueprint

bp = Blueprint("windows", __name__)

from blueprints.windows import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
