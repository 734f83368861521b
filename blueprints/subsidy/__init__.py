"""以案定补: lists of settled disputes with grade, amount and evidence, their approval, the rates, one's own lines."""

from flask import Blueprint

bp = Blueprint("subsidy", __name__)

# The routes attach themselves to the blueprint.
from blueprints.subsidy import (  # noqa: E402
    export_routes,  # noqa: F401
    line_routes,  # noqa: F401
    own_routes,  # noqa: F401
    rate_routes,  # noqa: F401
    routes,  # noqa: F401
    step_routes,  # noqa: F401
)
