"""The word shown for each word that is stored. Every member of these enums has one (guard test)."""

from enum import StrEnum

from flask_babel import gettext

from models.party import Party
from models.sending import Reason
from web.words import court, dispatch, house, matter, mediation

PAIRS = matter.PAIRS + dispatch.PAIRS + mediation.PAIRS + house.PAIRS + court.PAIRS
# Members of different enums may be equal as text, so the table is asked by class and value.
LABELS: dict[tuple[type[StrEnum], str], str] = {(type(word), word.value): msgid for word, msgid in PAIRS}


def label(word: StrEnum | None) -> str:
    """The word shown to the reader; nothing for nothing."""
    return gettext(LABELS[type(word), word.value]) if word is not None else ""


def with_side(party: Party) -> str:
    """A party in a list: its name and on which side it stands."""
    return str(gettext("%(name)s (%(side)s)", name=party.name, side=label(party.side)))


def failed_because(reason: str, status: str = "") -> str:
    """Why a message did not go out, with the number or word the other side answered."""
    words = label(Reason(reason)) if reason else ""
    return f"{words} {status}".strip()
