"""Somebody hands in a picture, and the plug is pulled at a given point between file and row."""

import os
import signal
from pathlib import Path
from typing import Any

from app import create_app
from blueprints.attachments.intake import keep
from config import Config
from models.actor import OPERATOR
from models.attachment import Attachment, AttachmentKind
from models.dispute import Dispute
from security.inspection import inspect
from tests.support.papers import photo
from tests.support.parts import NURSERY
from transaction import db, transaction


def pulled(config: Config, point: str) -> int:
    """How the process ended in which the picture was handed in."""
    process = NURSERY.Process(target=hand_in, args=(config, point))
    process.start()
    process.join()
    return process.exitcode


def hand_in(config: Config, point: str) -> None:
    app = create_app(config)
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


def die(*_any: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
