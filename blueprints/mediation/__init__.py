"""Sessions: who sits there, what is said, how it ends, and what is performed or replied afterwards."""

from flask import Blueprint

bp = Blueprint("mediation", __name__)

from blueprints.mediation import (  # noqa: E402, F401 - routes attach themselves
    afterwards,
    agreements,
    conclusions,
    mandates,
    participants,
    performances,
    routes,
    supplements,
)
