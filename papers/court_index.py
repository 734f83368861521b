"""The papers between house and court: when each can be made, and when the court may read it."""

from collections.abc import Callable
from dataclasses import dataclass

from models.referral_course import AT_WORK, CourtMode
from models.words import _
from papers import court_letter, court_list, court_notice, court_pack, court_reply
from papers.blocks import Paper
from papers.court_case import CourtCase


@dataclass(frozen=True)
class CourtPaper:
    """`may` says whether it can be made now, `is_courts` whether the court reads it, `is_filed` whether it lies in the
    file of the dispute.
    """

    code: str
    title: str
    name: str
    write: Callable[[CourtCase], Paper]
    may: Callable[[CourtCase], bool]
    is_courts: Callable[[CourtCase], bool]
    is_filed: Callable[[CourtCase], bool] = lambda case: True


def _sent(case: CourtCase) -> bool:
    return case.referral.mode is not CourtMode.OWN


def _taken(case: CourtCase) -> bool:
    return case.referral.dispute_id is not None


def _over(case: CourtCase) -> bool:
    return _taken(case) and case.referral.ended_on is not None


def _left(case: CourtCase) -> bool:
    return case.has_left


COURT_PAPERS: tuple[CourtPaper, ...] = (
    CourtPaper("court-letter", _("Letter of the court"), court_letter.NAME, court_letter.write, _sent,
               lambda case: True),
    CourtPaper("court-reply", _("Answer to the court's letter"), court_reply.NAME, court_reply.write,
               lambda case: _sent(case) and court_reply.answered(case), lambda case: True),
    CourtPaper("court-notice", _("Notice and consent to mediation"), court_notice.NAME, court_notice.write,
               lambda case: _sent(case) and _taken(case), lambda case: False),
    CourtPaper("court-facts", _("Facts that are not disputed"), court_pack.FACTS, court_pack.facts,
               lambda case: case.referral.status in AT_WORK or bool(case.referral.undisputed), _left,
               lambda case: bool(case.referral.undisputed)),
    CourtPaper("court-report", _("Report on the mediation"), court_pack.REPORT, court_pack.report, _over, _left),
    CourtPaper("court-materials", _("List of papers that go back"), court_pack.MATERIALS, court_pack.materials,
               _over, _left),
    CourtPaper("court-nodes", _("Node sheet"), court_list.NODE_SHEET, court_list.node_sheet,
               lambda case: True, lambda case: True),
)  # fmt: skip
# The letter lies in the file as the court has sealed it.
FILED = tuple(paper for paper in COURT_PAPERS if paper.code != "court-letter")
BY_CODE = {paper.code: paper for paper in COURT_PAPERS}
PACK = "court-pack"
