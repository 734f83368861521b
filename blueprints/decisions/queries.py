"""What waits for the duty leader's word: objections, steps of the ladder, requests for time. The newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, select
from sqlalchemy.orm import joinedload, selectinload

from models.callout import Callout
from models.dispute import Dispute
from models.ladder import Step, for_leader, moments, waiting
from models.objection import Objection
from models.time_request import TimeRequest
from models.unit import Unit
from models.whistle import Whistle
from security.identity import current
from security.permissions import Permission
from transaction import db, now

STEPS = {Step.SECOND: "second", Step.COORDINATION: "coordination"}


@dataclass(frozen=True)
class Decision:
    """One thing to decide: `kind` is objection, second, coordination or time; `row` what the decision is about."""

    kind: str
    since: datetime
    callout: Callout
    row: Any = None

    @property
    def suggested(self) -> list[str]:
        """Units usually called for such a matter that are not called yet."""
        usual = self.callout.dispute.category.suggested_units()
        return [one.unit.name for one in usual if one.unit_id not in self.called and one.unit.is_active]

    @property
    def called(self) -> set[int]:
        return {callout.unit_id for callout in self.callout.dispute.callouts}

    def names(self, everybody: Sequence[Unit]) -> list[str]:
        """Whom to call instead: the suggested first, then the whole tree; who is called already is no choice."""
        return list(dict.fromkeys([*self.suggested, *(unit.name for unit in everybody if unit.id not in self.called)]))

    def is_overdue(self, at: datetime, minutes: int) -> bool:
        return at - self.since >= timedelta(minutes=minutes)


def waiting_decisions(settings: dict[str, Any]) -> list[Decision]:
    at, session = now(), db.session()
    found = [
        *(Decision("objection", one.raised_at, one.callout, one) for one in session.scalars(objections())),
        *(Decision("time", one.asked_at, one.callout, one) for one in session.scalars(time_requests())),
    ]
    for callout in session.scalars(silent()):
        # The request to the district comes after the second whistle: one tile for a callout.
        for step in for_leader(callout, at, settings)[:1]:
            found.append(Decision(STEPS[step], moments(callout, settings)[step], callout))
    return sorted(found, key=lambda one: one.since, reverse=True)


def objections() -> Select[tuple[Objection]]:
    return (
        select(Objection).join(Callout)
        .where(Objection.decided_at.is_(None), Callout.still_awaited(), reached(Callout.dispute_id))
        .options(joinedload(Objection.callout).options(*_beside()))
    )  # fmt: skip


def time_requests() -> Select[tuple[TimeRequest]]:
    return (
        select(TimeRequest).join(Callout)
        .where(TimeRequest.decided_at.is_(None), Callout.still_awaited(), reached(Callout.dispute_id))
        .options(joinedload(TimeRequest.callout).options(*_beside()))
    )  # fmt: skip


def silent() -> Select[tuple[Callout]]:
    """Callouts the ladder may have something to do with."""
    return waiting(now()).where(reached(Callout.dispute_id)).options(*_beside())


def reached(dispute_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return current().reaches(dispute_id, Permission.OBJECTION_DECIDE)


def _beside() -> tuple[Any, ...]:
    return (
        joinedload(Callout.unit), joinedload(Callout.whistle).load_only(Whistle.level, Whistle.appointed_at),
        joinedload(Callout.dispute).joinedload(Dispute.category), selectinload(Callout.steps),
        selectinload(Callout.pauses), selectinload(Callout.calls),
    )  # fmt: skip
