"""Material of a dispute: the list of evidence, files taken in, looked at, downloaded, removed with a reason."""

from flask import Blueprint

bp = Blueprint("attachments", __name__)

from blueprints.attachments import body, edits, routes, scans  # noqa: E402, F401 - routes attach themselves to the blueprint
