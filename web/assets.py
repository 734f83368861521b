"""Addresses of static files carry a digest of their content, so that browsers may keep them for a year.

All of them together with the templates are the version by which a page notices that it is an old one.
"""

import functools
import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.extensions["version"] = app.jinja_env.globals["version"] = version(
        Path(app.static_folder or ""), Path(app.root_path) / (app.template_folder or "")
    )
    app.after_request(keep)


def asset(name: str) -> str:
    return _address(current_app.static_folder or "", request.script_root, name)


@functools.cache
def _address(folder: str, _script_root: str, name: str) -> str:
    """A page has a dozen of these, always the same ones; the root under which we are reached is part of them."""
    digest = hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=name, v=digest)


@functools.cache
def version(*folders: Path) -> str:
    """Another one after every upgrade that changes what a browser shows."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
        response.headers["Cache-Control"] = YEAR
    return response
