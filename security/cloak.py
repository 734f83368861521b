"""What no line of any log shows: addresses that are keys, and the words of a fault, which may be somebody's name."""

import logging
import re
import traceback

from flask.logging import default_handler

# A resident's page, an officer's callout, a leader's page, a final text to sign, an arrival, a screen that is paired.
BEGINNINGS = ("s", "c", "l", "f", "arrival", "screens/pair")
KEYS_IN_PATHS = re.compile(rf"(/(?:{'|'.join(BEGINNINGS)})/)[^\s?\"']+")
LINE = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"


def cloaked(words: str) -> str:
    """The words with every such key left out."""
    return KEYS_IN_PATHS.sub(r"\1...", words)


class Discreet(logging.Formatter):
    """A line of the log: what happened and where in the code. A database quotes in its complaint what was typed."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the words there
        line = cloaked(super().format(record))
        record.exc_text = None
        return line

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name logging calls
        error = ei[1] if isinstance(ei, tuple) else None
        parts: list[str] = []
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(parts))


def keep_silence() -> None:
    """Whatever this process logs goes through it: the application's lines and those of everybody without a handler."""
    default_handler.setFormatter(Discreet(LINE))
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(Discreet(LINE))
