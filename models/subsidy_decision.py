"""A person decides otherwise than the record: another grade for a line of a draft, or a correction of a closed line."""

from models.change import Change
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.subsidy_grade import Grade
from models.subsidy_line import SubsidyLine, SubsidyShare
from models.subsidy_list import SubsidyList, open_list
from models.subsidy_rate import rate_tables
from models.words import _


def regrade(change: Change, line: SubsidyLine, version: int, grade: Grade, reason: str) -> None:
    """Set the grade of a line of a draft; `version` is the list's. Back to the record's grade it needs no reason.

    Raises RuleBroken without a reason, and for whoever mediated the dispute.
    """
    drawn = line.subsidy_list
    drawn.open(change, version)
    change.lock(f"centre:{drawn.centre_id}", line)
    _refuse_own(change, line)
    is_own_idea = line.corrects_id is not None or grade is not line.recorded_grade
    if is_own_idea and not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    reason = reason.strip() if is_own_idea else ""
    if (line.grade, line.reason) == (grade, reason):
        return
    before, line.grade = line.grade, grade
    line.reason, line.graded_by_id = reason, change.by.id if is_own_idea else None
    _price(change, line, drawn)
    drawn.note(change, EventKind.SUBSIDY_GRADE, matter=line.dispute.reference, grade_before=before.value,
               grade=grade.value)  # fmt: skip


def correct(change: Change, closed: SubsidyLine, grade: Grade, reason: str) -> SubsidyLine:
    """Put an approved line right in the body's open list: what is paid there is the difference.

    Raises RuleBroken without an open draft, without a reason, and when nothing would change.
    """
    first = closed.corrects or closed
    body = first.subsidy_list.body
    change.open_streams(f"centre:{body.centre_id}")
    if first.listed_at is None:
        raise TransitionNotAllowed(_("Only a line of an approved list is corrected"))
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    _refuse_own(change, first)
    drawn = open_list(change, body)
    if drawn is None or not drawn.is_draft:
        raise RuleBroken(_("First draw up the body's next list: a correction stands in a later one"))
    line = next((row for row in drawn.lines if row.dispute_id == first.dispute_id), None)
    if line is None:
        line = SubsidyLine(dispute_id=first.dispute_id, corrects_id=first.id, closed_on=first.closed_on,
                           ground=first.ground, papers=first.papers, lacking=0, archive_number=first.archive_number,
                           shares=[SubsidyShare(person_id=share.person_id, position=share.position)
                                   for share in first.shares])  # fmt: skip
        drawn.lines.append(line)
    line.grade, line.reason, line.graded_by_id = grade, reason.strip(), change.by.id
    _price(change, line, drawn)
    drawn.note(change, EventKind.SUBSIDY_CORRECT, matter=first.dispute.reference, grade=grade.value)
    return line


def take_out(change: Change, line: SubsidyLine, version: int) -> None:
    """Take a correction out of the draft again. What the record put there is not taken out, but graded 不予补助."""
    drawn = line.subsidy_list
    drawn.open(change, version)
    if line.corrects_id is None:
        raise RuleBroken(_("Only a correction is taken out. To pay nothing for a dispute, change its grade."))
    gone = line.dispute.reference
    drawn.lines.remove(line)
    drawn.note(change, EventKind.SUBSIDY_TAKE_OUT, matter=gone)


def _price(change: Change, line: SubsidyLine, drawn: SubsidyList) -> None:
    with change.session.no_autoflush:
        line.price(change.session, rate_tables(change.session, drawn.centre_id))
    if line.corrects_id is not None and all(share.amount_fen == 0 for share in line.shares):
        raise RuleBroken(_("Nothing would change: choose another grade"), field="grade")
    change.session.flush()


def _refuse_own(change: Change, line: SubsidyLine) -> None:
    if any(share.person_id == change.by.id for share in line.shares):
        raise RuleBroken(_("Nobody decides on the grade of a dispute he mediated himself"))
