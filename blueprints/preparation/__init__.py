"""等待这 20 分钟: the sheet that mediator and recorder read until everybody is in the room."""

from flask import Blueprint

bp = Blueprint("preparation", __name__)

from blueprints.preparation import routes  # noqa: E402, F401 - routes attach themselves to the blueprint
