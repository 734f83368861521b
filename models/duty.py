"""The duty roster 值班表: who of a unit answers the whistle on a day, entered and swapped by the unit itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from models.centre import renew_boards
from models.change import Change
from models.clock import local_day
from models.duty_turn import DutyTurn, turn_of
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.sealed import Sealer
from models.unit import Unit, UnitKind
from models.words import _

WEEK = 7
# Who answers whistles and therefore needs somebody on every working day.
NEEDS_DUTY = (UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)


@dataclass(frozen=True)
class Turn:
    """One person of the roster as entered. A telephone of None keeps the one of the same person."""

    name: str = ""
    post: str = ""
    telephone: str | None = None

    def tidy(self) -> "Turn":
        return Turn(self.name.strip(), self.post.strip(), self.telephone)

    def kept(self, held: "Turn") -> "Turn":
        """With the telephone that is known, while the name stays and no other is given."""
        known = held.telephone if held.name == self.name else ""
        return Turn(self.name, self.post, self.telephone if self.telephone is not None else known)


NOBODY = Turn("", "", "")


def on_duty(session: Session, unit: Unit, at: datetime, sealer: Sealer | None = None) -> Turn | None:
    """Who is to be told now: the officer, the deputy while he stands in or is alone, nobody when the day is open.

    The telephone comes only with the keys; without them it is None.
    """
    turn = turn_of(session, unit, local_day(at))
    if turn is None:
        return None
    officer, deputy = told(turn, sealer) if sealer else _named(turn)
    return deputy if turn.tells_deputy else officer


def told(turn: DutyTurn, sealer: Sealer) -> tuple[Turn, Turn]:
    """Officer and deputy of a day with their telephones."""
    return (
        Turn(turn.name, turn.post, turn.clear_telephone(sealer)),
        Turn(turn.deputy_name, turn.deputy_post, turn.clear_deputy_telephone(sealer)),
    )


def _named(turn: DutyTurn) -> tuple[Turn, Turn]:
    return Turn(turn.name, turn.post), Turn(turn.deputy_name, turn.deputy_post)


def somebody() -> ColumnElement[bool]:
    """A turn in which anybody can be told."""
    return or_(DutyTurn.name != "", DutyTurn.deputy_name != "")


def enter(change: Change, unit: Unit, day: date, officer: Turn, deputy: Turn = NOBODY, *, deputised: bool = False,
          seen: str | None = None) -> None:  # fmt: skip
    """Enter who answers the whistle on this day; without officer and deputy the day is open again.

    `seen` is the mark of the turn the reader had before him. Entering the same again changes nothing.
    """
    change.open_streams(f"unit:{unit.id}")
    turn = turn_of(change.session, unit, day)
    _unchanged(turn, seen)
    before = told(turn, change.sealer) if turn else (NOBODY, NOBODY)
    wanted = officer.tidy().kept(before[0]), deputy.tidy().kept(before[1])
    if deputised and not wanted[1].name:
        raise RuleBroken(_("Enter the name of the deputy who stands in"), field="deputy_name")
    if (wanted, deputised) == (before, turn.is_deputised if turn else False):
        return
    _write(change, unit, day, turn, wanted, deputised)
    change.record(f"unit:{unit.id}", EventKind.UNIT_ROSTER, ("unit", unit.id), unit=unit.id, day=day.isoformat())


def swap(change: Change, unit: Unit, first: tuple[date, str], second: tuple[date, str]) -> None:
    """Two days change places in one step, deputies with them. Each day comes with the mark the reader saw."""
    if first[0] == second[0]:
        raise RuleBroken(_("Choose two different days"), field="second")
    change.open_streams(f"unit:{unit.id}")
    turns = [turn_of(change.session, unit, day) for day, _mark in (first, second)]
    for turn, (_day, mark) in zip(turns, (first, second), strict=True):
        _unchanged(turn, mark)
    if not any(turns):
        raise RuleBroken(_("Nobody is on duty on either day"), field="first")
    people = [told(turn, change.sealer) if turn else (NOBODY, NOBODY) for turn in turns]
    deputised = [turn.is_deputised if turn else False for turn in turns]
    _write(change, unit, first[0], turns[0], people[1], deputised[1])
    _write(change, unit, second[0], turns[1], people[0], deputised[0])
    change.record(f"unit:{unit.id}", EventKind.UNIT_SWAP_DUTY, ("unit", unit.id), unit=unit.id,
                  day=first[0].isoformat(), other=second[0].isoformat())  # fmt: skip


def copy(change: Change, unit: Unit, source: date, target: date) -> bool:
    """Take the turn of one day over to another; where nobody is on the source nothing changes."""
    turn = turn_of(change.session, unit, source)
    if turn is None:
        return False
    officer, deputy = told(turn, change.sealer)
    enter(change, unit, target, officer, deputy)
    change.session.flush()  # the next day may be copied from this one
    return True


def copy_week(change: Change, unit: Unit, start: date) -> int:
    """Take seven days over to the same weekdays of the next week; a day that has somebody already is kept."""
    change.open_streams(f"unit:{unit.id}")
    days = [start + timedelta(days=offset) for offset in range(WEEK)]
    later = [(day, day + timedelta(days=WEEK)) for day in days]
    return sum(
        copy(change, unit, day, target) for day, target in later if turn_of(change.session, unit, target) is None
    )


def _unchanged(turn: DutyTurn | None, seen: str | None) -> None:
    if seen is not None and seen != (turn.uid if turn else ""):
        raise Stale(_("Somebody else has changed this record in the meantime"))


def _write(
    change: Change, unit: Unit, day: date, turn: DutyTurn | None, people: Sequence[Turn], deputised: bool
) -> None:
    if day == local_day(change.at):
        renew_boards(change, unit)
    officer, deputy = people
    if not officer.name and not deputy.name:
        if turn is not None:
            change.session.delete(turn)
        return
    turn = turn or DutyTurn(unit_id=unit.id, day=day)
    # A new mark: whoever still looks at the old turn is told so.
    turn.uid, turn.person_id, turn.is_deputised = uuid4().hex, None, deputised
    turn.name, turn.post = officer.name, officer.post
    turn.deputy_name, turn.deputy_post = deputy.name, deputy.post
    turn.telephone_sealed = _sealed(change, turn.uid, "telephone", officer)
    turn.deputy_telephone_sealed = _sealed(change, turn.uid, "deputy_telephone", deputy)
    change.session.add(turn)


def _sealed(change: Change, uid: str, column: str, person: Turn) -> bytes | None:
    return change.sealer.seal("duty_turns", column, uid, person.telephone) if person.telephone else None
