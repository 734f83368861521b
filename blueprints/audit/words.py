"""Words for what the record is about and why somebody was refused."""

import re

from flask_babel import gettext

from models.event_kinds import EventKind
from models.words import _
from web.event_sentences import SENTENCES

STREAM_WORDS: dict[str, str] = {
    "dispute": _("Dispute"),
    "visit": _("Visit"),
    "centre": _("Centre"),
    "person": _("Account"),
    "unit": _("Unit"),
    "security": _("Refusals"),
    "audit": _("Seals"),
}


def kind_words(kind: EventKind) -> str:
    """The sentence of a kind without its names, for the list of kinds to choose from."""
    words = re.sub(r"\s*%\((\w+)\)s\s*", " … ", gettext(SENTENCES[kind]))
    return " ".join(words.split()).strip("… ，,：:") or kind.value
