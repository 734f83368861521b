"""Events as sentences for people: the one place that turns a kind and its facts into words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from models.actor import ActorKind
from models.agreement import AgreementForm
from models.assignment import Duty
from models.attachment import AttachmentKind
from models.back_entry import Happened
from models.breach import ReminderChannel
from models.calendar import DayKind
from models.callout import AnswerResult, ArrivalMethod
from models.case_type import CaseType
from models.category import Category
from models.centre import LABELS as SETTINGS
from models.channel import MessageChannel
from models.conclusion import Outcome
from models.confirmation_application import RulingResult
from models.consent import Consent, Telling
from models.contact_attempt import AttemptResult
from models.correction import Tap
from models.deadlines import CLOCKS
from models.event import Event
from models.event_kinds import EventKind
from models.filing_handover import Pack
from models.follow_up_call import CallOutcome
from models.inquiry import InquiryResult
from models.invitation import PhoneResult
from models.ladder import Step
from models.lifecycle import ClosingType
from models.natures import Nature
from models.objection import ObjectionChannel
from models.party import Side
from models.pause import PauseReason
from models.person import Person, Role
from models.presiding_body import PresidingBody
from models.record_reading import ReadingWay
from models.recusal import RecusalGround
from models.referral_course import CourtMode, EndGround, MediatorChoice, SuccessWay
from models.room import Room
from models.screen import Face
from models.signature import SigningWay
from models.signer import SignerRole
from models.subsidy_grade import Grade
from models.telephone_call import CallResult
from models.time_request import TimeWish
from models.unit import Unit
from models.visit import VisitPurpose
from models.whistle import Level
from models.words import _
from papers.index import INDEX
from transaction import db
from web.event_sentences import SENTENCES
from web.field_words import FIELDS
from web.filters import day, moment
from web.labels import label
from web.language import named

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Facts that hold ids, and the table that knows their names; facts that hold words, and the enum of the words.
NAMES: dict[str, Any] = {"unit": Unit, "units": Unit, "room": Room, "person": Person, "category": Category,
                         "gateway": MessageChannel, "body": PresidingBody, "case_type": CaseType}  # fmt: skip
WORDS: dict[str, tuple[type[StrEnum], ...]] = {
    "purpose": (VisitPurpose,),
    "side": (Side,),
    "level": (Level,),
    "method": (ArrivalMethod,),
    "channel": (ObjectionChannel,),
    "result": (AnswerResult, PhoneResult, InquiryResult, CallResult),
    "happened": (Happened,),
    "pause": (PauseReason,),
    "tap": (Tap,),
    "step": (Step,),
    "wish": (TimeWish,),
    "part": (Duty,),
    "nature": (Nature,),
    "outcome": (Outcome,),
    "form": (AgreementForm,),
    "told": (Telling,),
    "consent": (Consent,),
    "reading": (ReadingWay,),
    "ground": (RecusalGround,),
    "closing": (ClosingType,),
    "role": (Role,),
    "face": (Face,),
    "day_kind": (DayKind,),
    "material": (AttachmentKind,),
    "reminder": (ReminderChannel,),
    "call": (CallOutcome,),
    "grade": (Grade,),
    "grade_before": (Grade,),
    "capacity": (SignerRole,),
    "way": (SigningWay, SuccessWay),
    "mode": (CourtMode,),
    "modes": (CourtMode,),
    "choice": (MediatorChoice,),
    "attempt": (AttemptResult,),
    "end": (EndGround,),
    "pack": (Pack,),
    "ruling": (RulingResult,),
}
ACTORS = {
    ActorKind.LINK.value: _("The officer by link"),
    ActorKind.DEVICE.value: _("A screen"),
    ActorKind.WORKER.value: _("The system"),
    ActorKind.OPERATOR.value: _("The operator"),
    ActorKind.RESIDENT.value: _("A resident"),
}
# Facts that hold a code of ours, and the words for it.
REASONS = {
    "sign-in": _("wrong user name or password"),
    "locked": _("account locked after wrong passwords"),
    "permission": _("not permitted"),
    "csrf": _("old or foreign form"),
    "scope": _("outside one's own scope"),
    "limit": _("too many attempts"),
    "link": _("invalid link"),
    "screen": _("unknown screen"),
}
FILES = {"page": _("to print"), "docx": "DOCX", "pdf": "PDF", "zip": "ZIP", "csv": "CSV"}
PAPERS = {entry.code: entry.title for entry in INDEX} | {"court-pack": _("Pack for the court")}
CODES: dict[str, dict[str, str]] = {"setting": SETTINGS, "reason": REASONS,
                                    "clock": {code: clock.name for code, clock in CLOCKS.items()},
                                    "paper": PAPERS, "file": FILES}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a timeline."""

    id: int
    kind: str
    at: datetime
    words: str


def timeline(events: Iterable[Event]) -> list[Line]:
    """Sentences for these events, with every name looked up once."""
    rows = [(event, event.particulars) for event in events]
    names = _names(rows)
    return [
        Line(event.id, event.kind, datetime.fromisoformat(event.at), _say(event, facts, names)) for event, facts in rows
    ]


def _names(rows: list[tuple[Event, dict[str, Any]]]) -> dict[tuple[Any, int], str]:
    wanted: dict[Any, set[int]] = {
        Person: {event.actor_id for event, _facts in rows if event.actor_kind == "user" and event.actor_id}
    }
    for _event, facts in rows:
        for fact, table in NAMES.items():
            value = facts.get(fact)
            if value is not None:
                wanted.setdefault(table, set()).update(value if isinstance(value, list) else [value])
    return {
        (table, row.id): named(row)
        for table, ids in wanted.items()
        for row in db.session.scalars(select(table).where(table.id.in_(ids)))
    }


def _say(event: Event, facts: dict[str, Any], names: dict[tuple[Any, int], str]) -> str:
    who = (
        names.get((Person, event.actor_id or 0), gettext("Somebody"))
        if event.actor_kind == ActorKind.USER
        else gettext(ACTORS[event.actor_kind])
    )
    values = {fact: _show(fact, value, names) for fact, value in facts.items()}
    try:
        return str(gettext(SENTENCES[EventKind(event.kind)], who=who, **values))
    except KeyError:
        # An event of an older format lacks a fact that its sentence names today.
        return f"{who}: {event.kind}"


def _show(fact: str, value: Any, names: dict[tuple[Any, int], str]) -> str:
    if value is None:
        return "-"
    if fact == "original":
        return moment(datetime.fromisoformat(value))
    if fact in NAMES:
        ids = value if isinstance(value, list) else [value]
        return str(gettext(", ")).join(names.get((NAMES[fact], id_), "?") for id_ in ids)
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    if fact in ("field", "fields"):
        named_fields = value if isinstance(value, list) else [value]
        return str(gettext(", ")).join(gettext(FIELDS[name]) if name in FIELDS else name for name in named_fields)
    if fact in CODES:
        return gettext(CODES[fact][value]) if value in CODES[fact] else str(value)
    if value == []:
        return str(gettext("none"))
    for words in WORDS.get(fact, ()):
        if all(one in list(words) for one in (value if isinstance(value, list) else [value])):
            chosen = [label(words(one)) for one in (value if isinstance(value, list) else [value])]
            return str(gettext(", ")).join(chosen)
    return str(gettext(", ")).join(map(str, value)) if isinstance(value, list) else str(value)
