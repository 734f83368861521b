"""Instalments 分期: one sum in parts that add up to the fen, one each month on the same day."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.errors import RuleBroken
from models.wording import TermDraft
from models.words import _

MOST = 60


def instalments(total_fen: int, count: int, first_on: date, pattern: TermDraft) -> list[TermDraft]:
    """Terms like the pattern: equal parts, the last takes the rest. The 31st is the last day of a shorter month."""
    if not 1 <= count <= MOST:
        raise RuleBroken(_("Enter between 1 and %(most)s instalments"), field="count", most=MOST)
    if total_fen < count:
        raise RuleBroken(_("An amount must be more than zero"), field="total_fen")
    part = total_fen // count
    amounts = [part] * (count - 1) + [total_fen - part * (count - 1)]
    return [
        replace(pattern, amount_fen=fen, act="", due_on=_months_after(first_on, n)) for n, fen in enumerate(amounts)
    ]


def shares(people: Sequence[tuple[str, int | None]], pattern: TermDraft) -> list[TermDraft]:
    """A term for each person of a group, with the amount that is his."""
    return [replace(pattern, payee=name, amount_fen=fen, act="") for name, fen in people]


def _months_after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
