"""What a resident sees with the code from the slip: the step, who leads, the telephone, the next date."""

from flask import Blueprint

bp = Blueprint("status", __name__)

from blueprints.status import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
