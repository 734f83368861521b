"""The faces of the board: the desk's, the dispatch wall, the hall screen, the door screens and the arrival code."""

from flask import Blueprint

from blueprints.board.changes import install

bp = Blueprint("board", __name__)
bp.record_once(install)

from blueprints.board import code, routes  # noqa: E402, F401 - routes attach themselves to the blueprint
