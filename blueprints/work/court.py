"""Matters of the court that wait for somebody: in the house by the next step, at the court for its word."""

from collections.abc import Set
from datetime import date

from flask import g, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, exists, true
from sqlalchemy.orm import joinedload, selectinload

from blueprints.work.items import SHOWN, Item, me
from models import court_waiting
from models.assignment import Assignment
from models.clock import local_day
from models.court_waiting import due_on
from models.referral import CourtReferral
from models.referral_course import AT_WORK
from models.referral_course import ReferralStatus as S
from security.identity import current
from security.permissions import Permission
from transaction import db, now
from web.filters import day
from web.labels import label
from web.language import named

P = Permission


def to_sign() -> list[Item]:
    return _lines({S.SENT}, true(), P.REFERRAL_HANDLE)


def to_answer() -> list[Item]:
    """Taken on or declined within three working days."""
    return _lines({S.RECEIVED}, true(), P.REFERRAL_HANDLE)


def to_ask() -> list[Item]:
    """The other party's consent."""
    return _lines({S.ACCEPTED}, true(), P.REFERRAL_HANDLE)


def without_mediator() -> list[Item]:
    return _lines({S.CONSENTED}, true(), P.REFERRAL_HANDLE)


def proposed() -> list[Item]:
    """What the record says should be reported or returned; nothing goes by itself."""
    late = due_on() < local_day(now())
    return _lines(AT_WORK, (court_waiting.is_ended() | late) & _own(), P.REFERRAL_HANDLE)


def to_pack() -> list[Item]:
    return _lines({S.FAILED}, court_waiting.needs_pack() & _own(), P.REFERRAL_HANDLE)


def to_release() -> list[Item]:
    preparer = me() if current().settings["pack_by_two"] else 0
    return _lines({S.FAILED, S.SUCCEEDED}, court_waiting.needs_release(preparer), P.REFERRAL_HANDLE)


def to_apply() -> list[Item]:
    """Both apply together for confirmation, within thirty days."""
    return _lines({S.SUCCEEDED}, court_waiting.needs_application() & _own(), P.REFERRAL_HANDLE)


def dismissed() -> list[Item]:
    """A new agreement, or the suit."""
    return _lines({S.SUCCEEDED}, court_waiting.is_dismissed() & _own(), P.REFERRAL_HANDLE)


def suspect() -> list[Item]:
    """Whoever leads the house, and the court."""
    if not (current().may(P.OBJECTION_DECIDE) or current().may(P.REFERRAL_FILE)):
        return []
    return _lines({S.FAILED, S.RETURNED}, court_waiting.is_suspect(), P.REFERRAL_READ, is_late=True)


def unanswered() -> list[Item]:
    """The centre has not answered in three working days: the court may pass it on elsewhere."""
    if current().may(P.REFERRAL_HANDLE):
        return []
    return _lines({S.RECEIVED}, CourtReferral.answer_due_on < local_day(now()), P.REFERRAL_READ)


def to_file() -> list[Item]:
    """What the court does with a pack is its own to note."""
    return _lines({S.RETURNED, S.SUCCEEDED}, court_waiting.awaits_filing(), P.REFERRAL_FILE)


def to_rule() -> list[Item]:
    """Accepted in three days, decided in fifteen or ten more."""
    return _lines({S.SUCCEEDED}, court_waiting.awaits_court(), P.REFERRAL_FILE)


def _own() -> ColumnElement[bool]:
    """Whoever only mediates sees what is his; window and leader see all."""
    if current().may(P.DISPUTE_DECIDE):
        return true()
    return exists().where(Assignment.dispute_id == CourtReferral.dispute_id, Assignment.person_id == me(),
                          Assignment.until.is_(None))  # fmt: skip


def _there() -> frozenset[S]:
    """The states in which any matter in reach stands, asked once for the page: most houses have few of them."""
    if "court_states" not in g:
        reach = current().referrals(P.REFERRAL_READ).with_only_columns(CourtReferral.status).distinct()
        g.court_states = frozenset(db.session().scalars(reach))
    found: frozenset[S] = g.court_states
    return found


def _lines(states: Set[S], wanted: ColumnElement[bool], permission: P, *, is_late: bool = False) -> list[Item]:
    if not states & _there():
        return []
    due, today = due_on(), local_day(now())
    statement = (
        current().referrals(permission).where(CourtReferral.status.in_(states), wanted).add_columns(due.label("due"))
        .options(joinedload(CourtReferral.case_type), selectinload(CourtReferral.numbers),
                 joinedload(CourtReferral.dispute))
        .order_by(due.is_(None), due, CourtReferral.id).limit(SHOWN + 1)
    )  # fmt: skip
    return [
        Item(_called(one), url_for("court.show_referral", referral_id=one.id), _end(one, by, is_late=is_late),
             is_late or (by is not None and by < today))
        for one, by in db.session().execute(statement)
    ]  # fmt: skip


def _called(referral: CourtReferral) -> str:
    short = referral.dispute.short_number if referral.dispute is not None else ""
    sent = gettext("sent on %(day)s", day=day(local_day(referral.sent_at)))
    return f"{referral.number or short or sent} {named(referral.case_type)}"


def _end(referral: CourtReferral, by: date | None, *, is_late: bool) -> str:
    if is_late:
        return label(referral.status)
    return str(gettext("by %(day)s", day=day(by))) if by is not None else label(referral.mode)
