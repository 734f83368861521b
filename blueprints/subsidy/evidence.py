"""What the files of settled disputes hold, read before a list is written: drawing papers takes its time."""

from datetime import date

from flask import current_app

from models.dispute import Dispute
from models.presiding_body import PresidingBody
from models.subsidy_line import Evidence
from models.subsidy_matter import settled
from papers.index import Need, Standing, applicable, contents_of, shelf
from papers.matter import Matter
from papers.reading import matter_of
from transaction import db, now

# More files than this are not looked through at once; the others come with the next list.
MOST = 150


def evidence(body: PresidingBody, last_day: date) -> dict[int, Evidence]:
    """By dispute. What is in the archive was complete when it went there."""
    found = settled(db.session(), body, last_day)[:MOST]
    return {row.dispute.id: _counted(row.dispute, is_archived=bool(row.archive_number)) for row in found}


def papers_of(dispute: Dispute) -> tuple[list[Standing], list[str]]:
    """The papers of the file that must be there, as they stand now; and the names of the others that lie in it."""
    matter = _matter(dispute)
    must = _required(matter)
    names = {paper.name for paper in must}
    return must, [name for name in contents_of(matter) if name not in names]


def _counted(dispute: Dispute, *, is_archived: bool) -> Evidence:
    if is_archived:
        return Evidence(sum(need is Need.MUST for _entry, need in applicable(_matter(dispute))), 0)
    papers = _required(_matter(dispute))
    return Evidence(len(papers), sum(bool(paper.missing) for paper in papers))


def _required(matter: Matter) -> list[Standing]:
    return [paper for paper in shelf(matter) if paper.need is Need.MUST]


def _matter(dispute: Dispute) -> Matter:
    return matter_of(db.session(), dispute, current_app.extensions["sealer"], now())
