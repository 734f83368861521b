"""`flask files`: strays are taken away in time, missing files named."""

import os
import time
from pathlib import Path

import pytest
from flask import Flask

from blueprints.attachments.intake import keep
from commands.files import PATIENCE
from models.attachment import Attachment, AttachmentKind
from security.files import FileStore
from security.inspection import inspect
from tests.support.cast import Cast
from tests.support.papers import photo


@pytest.fixture
def store(app: Flask) -> FileStore:
    return app.extensions["files"]


@pytest.fixture
def attachment(cast: Cast) -> Attachment:
    dispute, kept = cast.registered(), keep(inspect("借条.jpg", photo()))
    with cast.acting() as change:
        return Attachment.upload(change, dispute, [kept], AttachmentKind.EVIDENCE)[0]


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["files", *arguments])
    return done.exit_code, done.output


def stray(store: FileStore, folder: str, age: float) -> Path:
    path = store.root / folder / ("c" * 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_a_store_that_fits_its_rows_is_good(app: Flask, attachment: Attachment) -> None:
    assert run(app, "reconcile") == (0, "ok rows=2 files=2 strays=0 young=0 missing=0\n")
    assert run(app, "verify") == (0, "ok files=2\n")


def test_an_empty_installation_is_good(app: Flask) -> None:
    assert run(app, "reconcile") == (0, "ok rows=0 files=0 strays=0 young=0 missing=0\n")
    assert run(app, "verify") == (0, "ok files=0\n")


def test_strays_older_than_a_day_are_removed_and_younger_ones_wait(
    app: Flask, store: FileStore, attachment: Attachment
) -> None:
    old, half = stray(store, "cc", PATIENCE + 60), stray(store, "arriving", PATIENCE + 60)
    young = stray(store, "cd", PATIENCE - 60)
    code, output = run(app, "reconcile", "--dry-run")
    assert (code, output.count("kept\n"), old.exists(), half.exists()) == (0, 2, True, True)
    code, output = run(app, "reconcile")
    assert (code, output.count("removed\n"), old.exists(), half.exists()) == (0, 2, False, False)
    assert output.endswith("ok rows=2 files=5 strays=2 young=1 missing=0\n")
    assert young.exists()
    assert store.holds(attachment.address)
    assert store.holds(attachment.preview_address or "")


def test_a_row_without_its_file_is_named_and_ends_with_one(
    app: Flask, store: FileStore, attachment: Attachment
) -> None:
    store.discard(attachment.address)
    line = f"attachment={attachment.id} dispute={attachment.dispute_id} number=1"
    assert run(app, "reconcile") == (
        1, f"missing {line}\nbroken rows=2 files=1 strays=0 young=0 missing=1\n"
    )  # fmt: skip
    assert run(app, "verify") == (1, f"broken {line} reason=missing\n")


def test_a_changed_file_is_named(app: Flask, store: FileStore, attachment: Attachment) -> None:
    path = store.root / attachment.address[:2] / attachment.address
    path.write_bytes(b"changed")
    assert run(app, "verify") == (
        1, f"broken attachment={attachment.id} dispute={attachment.dispute_id} number=1 reason=changed\n"
    )  # fmt: skip
