"""Figures of one unit and month: one function for each, whose sentence is the definition printed beside it.

What is counted are callouts (单位次), not disputes or visits; a callout belongs to the month of its whistle. Numerator
and denominator are the callouts themselves, so that each figure leads to its list. No figure compares units.
Source: the definitions of 应到, 到场, 准时, 有效报到 as the centres print them; 未到期 stands apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from models import callout_facts as facts
from models.callout import Callout
from models.words import _

Callouts = Sequence[Callout]


class Figure(StrEnum):
    CALLED = "called"
    DUE = "due"
    ARRIVED = "arrived"
    ON_TIME = "on_time"
    EFFECTIVE = "effective"
    NOT_YET_DUE = "not_yet_due"
    UPHELD = "upheld"
    STOOD_DOWN = "stood_down"


NAMES: dict[Figure, str] = {
    Figure.CALLED: _("Times called"),
    Figure.DUE: _("Due to come"),
    Figure.ARRIVED: _("Arrived"),
    Figure.ON_TIME: _("On time"),
    Figure.EFFECTIVE: _("Effective"),
    Figure.NOT_YET_DUE: _("Not yet due"),
    Figure.UPHELD: _("Objection upheld"),
    Figure.STOOD_DOWN: _("Stood down"),
}
DEFINITIONS: dict[Figure, str] = {
    Figure.CALLED: _("All whistles for the unit in the month."),
    Figure.DUE: _("Times called, less those stood down, those whose objection was upheld and those not yet due."),
    Figure.ARRIVED: _("The officer reported in, out of those due to come."),
    Figure.ON_TIME: _("Reported in before the limit was over, out of those due to come."),
    Figure.EFFECTIVE: _(
        "Answered on the spot, or taken back and replied by the promised day, out of those due to come."
    ),
    Figure.NOT_YET_DUE: _("The limit is still running and nobody has arrived yet; counted nowhere else."),
    Figure.UPHELD: _("The matter was not the unit's own; counted nowhere else."),
    Figure.STOOD_DOWN: _("Solved before the arrival or called by mistake; counted nowhere else."),
}
MEDIAN = _("Median from whistle to arrival")
MEDIAN_DEFINITION = _("The middle of the minutes from the whistle to the arrival, out of those arrived.")


def called(every: Callouts, at: datetime) -> list[Callout]:
    """All whistles for the unit in the month."""
    return list(every)


def due(every: Callouts, at: datetime) -> list[Callout]:
    """Times called, less those stood down, those whose objection was upheld and those not yet due."""
    return [callout for callout in every if facts.is_due(callout, at)]


def arrived(every: Callouts, at: datetime) -> list[Callout]:
    """The officer reported in, out of those due to come."""
    return [callout for callout in every if facts.has_arrived(callout)]


def on_time(every: Callouts, at: datetime) -> list[Callout]:
    """Reported in before the limit was over, out of those due to come."""
    return [callout for callout in every if facts.is_on_time(callout)]


def effective(every: Callouts, at: datetime) -> list[Callout]:
    """Answered on the spot, or taken back and replied by the promised day, out of those due to come."""
    return [callout for callout in every if facts.is_effective(callout)]


def not_yet_due(every: Callouts, at: datetime) -> list[Callout]:
    """The limit is still running and nobody has arrived yet; counted nowhere else."""
    return [callout for callout in every if facts.counts(callout) and not facts.is_due(callout, at)]


def upheld(every: Callouts, at: datetime) -> list[Callout]:
    """The matter was not the unit's own; counted nowhere else."""
    return [callout for callout in every if facts.is_upheld(callout)]


def stood_down(every: Callouts, at: datetime) -> list[Callout]:
    """Solved before the arrival or called by mistake; counted nowhere else."""
    return [callout for callout in every if facts.is_stood_down(callout)]


def median_minutes(every: Callouts) -> int | None:
    """The middle of the minutes from the whistle to the arrival, out of those arrived."""
    minutes = [callout.minutes_taken for callout in every if facts.has_arrived(callout)]
    return round(median(taken for taken in minutes if taken is not None)) if minutes else None


COUNTED: dict[Figure, Callable[[Callouts, datetime], list[Callout]]] = {
    Figure.CALLED: called,
    Figure.DUE: due,
    Figure.ARRIVED: arrived,
    Figure.ON_TIME: on_time,
    Figure.EFFECTIVE: effective,
    Figure.NOT_YET_DUE: not_yet_due,
    Figure.UPHELD: upheld,
    Figure.STOOD_DOWN: stood_down,
}
AMONG: dict[Figure, Figure] = {
    Figure.DUE: Figure.CALLED,
    Figure.ARRIVED: Figure.DUE,
    Figure.ON_TIME: Figure.DUE,
    Figure.EFFECTIVE: Figure.DUE,
}


@dataclass(frozen=True)
class Count:
    """A figure of one month: how many, out of how many where it has a denominator."""

    figure: Figure
    number: int
    among: int | None


@dataclass(frozen=True)
class Cost:
    """What the unit gave: officers who came and the minutes they were in the house. Only on the monthly sheet."""

    officers: int
    minutes: int
    still_here: int


def record(every: Callouts, at: datetime) -> list[Count]:
    """Every figure of the month, in the order of the page."""
    numbers = {figure: len(count(every, at)) for figure, count in COUNTED.items()}
    return [
        Count(figure, number, numbers[AMONG[figure]] if figure in AMONG else None) for figure, number in numbers.items()
    ]


def cost(every: Callouts) -> Cost:
    """Officers × minutes: each arrival counts one officer, from reporting in to release."""
    came = [facts.minutes_present(callout) for callout in every if facts.has_arrived(callout)]
    over = [minutes for minutes in came if minutes is not None]
    return Cost(len(came), sum(over), len(came) - len(over))
