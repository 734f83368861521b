"""A list as a table: one row per share, so that it can be summed by whoever pays; no name of a party."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext

from models.subsidy_grade import GROUNDS, Grade
from models.subsidy_line import SubsidyLine
from models.subsidy_list import SubsidyList
from models.words import _
from papers.table import Amount
from papers.wording import capitals
from web.labels import label
from web.language import named

HEADINGS = (_("No."), _("Dispute number"), _("Register number"), _("Kind of dispute"), _("Closed on"), _("Mediator"),
            _("Grade"), _("By the record"), _("Rate, yuan"), _("Amount, yuan"), _("Required papers"),
            _("Archive number"), _("Remarks"))  # fmt: skip


def rows(drawn: SubsidyList, numbers: Mapping[int, str]) -> Iterator[Sequence[str]]:
    """Headings, every share of every line that is ready, and the total."""
    yield [gettext(heading) for heading in HEADINGS]
    ready = [line for line in drawn.lines if line.is_ready]
    for place, line in enumerate(ready, 1):
        for share in line.shares:
            yield [str(place), line.dispute.number, numbers.get(line.dispute_id, ""), named(line.dispute.category),
                   line.closed_on.isoformat(), share.person.name, label(line.grade), gettext(GROUNDS[line.ground]),
                   written(line.rate_fen or 0), written(share.amount_fen),
                   gettext("complete (%(count)s)", count=line.papers), archived(line), remark(line)]  # fmt: skip
    yield [gettext("Total"), *[""] * 8, written(drawn.total_fen), *[""] * 3]


def written(fen: int) -> Amount:
    """-100.00: exact, without separators."""
    whole, rest = divmod(abs(fen), 100)
    return Amount(f"{'-' if fen < 0 else ''}{whole}.{rest:02d}")


def in_words(fen: int) -> str:
    """壹仟贰佰元整, with 负 before what is to be given back."""
    return f"{'负' if fen < 0 else ''}{capitals(abs(fen))}"


def archived(line: SubsidyLine) -> str:
    """2026-0007号: with its sign, or table programs would read a month."""
    return f"{line.archive_number}号" if line.archive_number else ""


def remark(line: SubsidyLine) -> str:
    """Why the line is not simply what the record says."""
    if line.corrects is not None:
        return gettext("Corrects %(number)s: %(reason)s", number=line.corrects.subsidy_list.number, reason=line.reason)
    if line.is_changed:
        return gettext("Grade decided by a person: %(reason)s", reason=line.reason)
    return gettext("Closed before the period") if line.is_late else ""


def totals(drawn: SubsidyList) -> list[tuple[Grade, int, int]]:
    """How many disputes of each grade and what they come to; corrections count with their difference."""
    counts, sums = Counter[Grade](), Counter[Grade]()
    for line in drawn.lines:
        if line.is_ready:
            counts[line.grade] += 1
            sums[line.grade] += line.amount_fen or 0
    return [(grade, counts[grade], sums[grade]) for grade in Grade if counts[grade]]
