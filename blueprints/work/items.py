"""One list of things that wait, and how its lines are written."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from models.callout import Callout
from models.dispute import Dispute
from security.identity import current
from transaction import db, now
from web.language import named
from web.standing import standing

SHOWN = 8
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One thing that waits: what, how it stands, and the page where it is done."""

    words: str
    url: str
    end: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Waiting:
    """A heading with its things. `more` is where all of them are listed."""

    title: str
    items: list[Item] = field(default_factory=list)
    more: str = ""

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.items) > SHOWN

    @property
    def count(self) -> str:
        return f"{SHOWN}+" if self.has_more else str(len(self.items))

    @property
    def is_late(self) -> bool:
        return any(item.is_late for item in self.items)


def some(statement: Select[Any]) -> list[Any]:
    """One more than is shown, to know whether there are more."""
    return list(db.session().scalars(statement.limit(SHOWN + 1)).unique())


def me() -> int:
    person = current().person
    return person.id if person is not None else 0


def page_of(dispute: Dispute) -> str:
    return url_for("disputes.show_dispute", reference=dispute.reference)


def called(dispute: Dispute) -> str:
    return f"{dispute.short_number} {named(dispute.category)}"


def beside() -> list[Any]:
    """What a line about a callout looks at, read with it."""
    return [selectinload(Callout.objections), selectinload(Callout.pauses)]


def of_callout(callout: Callout, url: str) -> Item:
    """How far a unit is: by when it is awaited, or since when it is there."""
    words = f"{named(callout.unit)} {callout.dispute.short_number}"
    return Item(words, url, standing(callout), callout.is_late(now()))
