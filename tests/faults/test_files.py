"""The plug is pulled between file and row: no row is ever without its file, and what is left over is found."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from models.attachment import Attachment
from tests.support.cast import Cast
from tests.support.databases import Database
from transaction import db

ROOT = Path(__file__).resolve().parents[2]
UPLOAD = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from app import create_app
from blueprints.attachments.intake import keep
from config import Config
from models.actor import OPERATOR
from models.attachment import Attachment, AttachmentKind
from models.dispute import Dispute
from security.inspection import inspect
from tests.support.papers import photo
from transaction import db, transaction
url, data, keys, point = sys.argv[1:]
config = replace(Config.from_environment(), database_url=url, data_dir=Path(data), keys_dir=Path(keys))
app = create_app(config)

def die(*_any):
    os.kill(os.getpid(), signal.SIGKILL)

if point == "writing":
    os.fsync = die
elif point == "renaming":
    Path.rename = die
elif point == "second file":
    first = Path.rename
    Path.rename = lambda self, to: (setattr(Path, "rename", die), first(self, to))
with app.app_context():
    dispute = db.session.query(Dispute).first()
    kept = keep(inspect("a.jpg", photo()))
    if point == "before row":
        die()
    with transaction(OPERATOR) as change:
        Attachment.upload(change, dispute, [kept], AttachmentKind.EVIDENCE)
        if point == "before commit":
            change.flush_events()
            die()
    die()
"""
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
    config = database.config()
    command = [sys.executable, "-c", UPLOAD, config.database_url, str(database.data_dir), str(database.keys_dir), point]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    files = list(app.extensions["files"].everything())
    rows = db.session.query(Attachment).all()
    assert (len(files), len(rows)) == POINTS[point]
    assert all(app.extensions["files"].is_whole(row.address) for row in rows)
    result = app.test_cli_runner().invoke(args=["files", "reconcile"])
    young = len(files) - 2 * len(rows)
    assert (result.exit_code, f"young={young} missing=0" in result.output) == (0, True)
