"""Material of a dispute: the list of evidence, files taken in, looked at, downloaded, removed with a reason."""

from flask import Blueprint

from web.large_form import takes_files

bp = Blueprint("attachments", __name__)
takes_files(bp, "create_attachments", "create_scan")

from blueprints.attachments import edits, routes, scans  # noqa: E402, F401 - routes attach themselves to the blueprint
