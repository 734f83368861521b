"""Where the worker dies by its own hand, so that the tests can prove that nothing is lost or sent twice then."""

import os
import signal

from flask import current_app

POINTS = ("inbox-after-claim", "inbox-before-mark", "after-claim", "before-send", "after-send", "before-mark")

# The same for a batch of whole files, which the worker draws beside its messages.
BATCH_POINTS = ("batch-after-keep", "batch-after-take", "batch-between-files", "batch-before-finish")

# And for a table of the court.
IMPORT_POINTS = ("import-after-take", "import-between-chunks", "import-before-release")


def crash_at(point: str) -> None:
    """Die as a power cut would if the operator named this point (`CRASH_AT`); never in production."""
    if current_app.config["SETTINGS"].crash_at == point:
        os.kill(os.getpid(), signal.SIGKILL)
