"""Matters of the court: what it passes to the house, the queue, and what goes back."""

from flask import Blueprint

from web.large_form import takes_files

bp = Blueprint("court", __name__)
takes_files(bp, "create_import")

from blueprints.court import (  # noqa: E402, F401 - they attach
    answers,
    case_types,
    ends,
    import_routes,
    imports,
    letters,
    outward,
    routes,
    sheets,
    table,
)
