"""速登: six fields make a visit, a dispute and a slip; the rest is completed while officers are on their way."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.category import Category
from models.centre import Centre
from models.change import Change
from models.dispute import Dispute
from models.dispute_unit import Part, give_part, units_with
from models.due_course import arrive
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.outbox import post
from models.party import Party, Side
from models.unit import Unit
from models.visit import Channel, Visit, VisitPurpose
from models.words import _


@dataclass(frozen=True)
class Entry:
    """What the window types while the people stand there."""

    head_count: int
    name: str
    phone: str
    category: Category
    opposite: str
    demand: str
    channel: Channel = Channel.WINDOW
    from_division: str | None = None
    giver: Unit | None = None


def register(change: Change, centre: Centre, entry: Entry, at: datetime | None = None) -> Visit:
    """One visit that opens one dispute. The other side may be several names, separated by 、 or a comma.

    `at` is when they came, if that is entered later.
    """
    if not entry.demand.strip():
        raise RuleBroken(_("Enter what is asked for, in one sentence"), field="demand")
    dispute = Dispute.register(change, centre, entry.category, entry.demand.strip())
    visit = Visit.open(change, centre, VisitPurpose.NEW, entry.head_count, channel=entry.channel,
                       from_division=entry.from_division, dispute=dispute, at=at)  # fmt: skip
    arrive(change, dispute, is_petition=entry.channel is Channel.PETITION)
    if entry.giver is not None:
        give_part(change, dispute, entry.giver.id, Part.GIVER)
    Party.join(change, dispute, Party.named(change.sealer, Side.APPLICANT, entry.name, phone=entry.phone),
               *(Party.named(change.sealer, Side.RESPONDENT, name) for name in names_in(entry.opposite)))  # fmt: skip
    _tell(change, visit)
    return visit


def join(change: Change, dispute: Dispute, purpose: VisitPurpose, head_count: int, note: str) -> Visit:
    """续访, 补充材料 or 催办: a further visit for an open dispute; the boards and whoever leads are told."""
    dispute.lock(change)
    if not dispute.is_open:
        raise RuleBroken(_("This dispute is closed: reopen it or register a new matter"))
    visit = Visit.open(change, dispute.centre, purpose, head_count, note=note.strip(), dispute=dispute)
    _tell(change, visit)
    change.record(dispute.stream, EventKind.VISIT_JOIN, ("visit", visit.id), purpose=purpose.value)
    post(change, dispute.stream, "further_visit", [("unit", unit.id) for unit in units_with(dispute, Part.LEAD)])
    dispute.touch(change)
    return visit


def consult(
    change: Change, centre: Centre, name: str, phone: str, question: str, head_count: int, answer: str
) -> Visit:
    """A question that ends with an answer: no dispute, no number but the queue's."""
    visit = Visit.open(change, centre, VisitPurpose.CONSULTATION, head_count, note=question.strip())
    Party.add(change, visit, Side.APPLICANT, name, phone=phone)
    _tell(change, visit)
    if answer.strip():
        visit.give_answer(change, answer)
    return visit


def names_in(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[、，,;；\n]", text) if name.strip()]


def _tell(change: Change, visit: Visit, **facts: Any) -> None:
    change.session.flush()  # the event speaks of its id
    change.record(visit.stream, EventKind.VISIT_REGISTER, ("visit", visit.id), queue=visit.queue_number,
                  heads=visit.head_count, purpose=visit.purpose.value, **facts)  # fmt: skip
