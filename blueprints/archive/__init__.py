"""归档: the whole file of a dispute or of many, the way into the archive, legal holds, and what lies there."""

from flask import Blueprint

bp = Blueprint("archive", __name__)

from blueprints.archive import batch_routes, dossier_routes, routes  # noqa: E402, F401 - routes attach themselves
