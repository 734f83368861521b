"""文书: the papers of a dispute, written from its record, as print page, DOCX and PDF."""

from flask import Blueprint

bp = Blueprint("papers", __name__)

from blueprints.papers import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
