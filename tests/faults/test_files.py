"""The plug is pulled between file and row: no row is ever without its file, and what is left over is found."""

import signal

import pytest
from flask import Flask

from models.attachment import Attachment
from tests.support.cast import Cast
from tests.support.databases import Database
from tests.support.plug import pulled
from transaction import db

# Where the plug is pulled → files that lie in the store, rows that name one.
POINTS = {
    "writing": (1, 0),
    "renaming": (1, 0),
    "second file": (2, 0),
    "before row": (2, 0),
    "before commit": (2, 0),
    "after commit": (2, 1),
}


@pytest.mark.parametrize("point", POINTS)
def test_no_row_is_ever_without_its_file(app: Flask, cast: Cast, database: Database, point: str) -> None:
    cast.registered()
    db.session.close()
    assert pulled(database.config(), point) == -signal.SIGKILL
    files = list(app.extensions["files"].everything())
    rows = db.session.query(Attachment).all()
    assert (len(files), len(rows)) == POINTS[point]
    assert all(app.extensions["files"].is_whole(row.address) for row in rows)
    result = app.test_cli_runner().invoke(args=["files", "reconcile"])
    young = len(files) - 2 * len(rows)
    assert (result.exit_code, f"young={young} missing=0" in result.output) == (0, True)
