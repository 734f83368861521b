"""One folder per area of the house; each has routes, forms and queries of its own and knows no other."""

import pkgutil
from importlib import import_module

from flask import Flask

from web.converters import Id, Reference


def register_blueprints(app: Flask) -> None:
    """Every folder here is an area and offers its blueprint as `bp`."""
    app.url_map.converters["ref"] = Reference
    app.url_map.converters["int"] = Id
    for area in pkgutil.iter_modules(__path__):
        app.register_blueprint(import_module(f"{__name__}.{area.name}").bp)
