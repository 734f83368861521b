"""Lists in reach, and what their pages read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.category import Category
from models.centre import Centre, centres_below
from models.dispute import Dispute
from models.event import Event
from models.presiding_body import BodyKind, PresidingBody
from models.register_number import RegisterNumber
from models.subsidy_line import SubsidyLine, SubsidyShare
from models.subsidy_list import ListState, SubsidyList
from security.identity import current
from security.permissions import Permission
from transaction import db
from web.responses import found_or_404

P = Permission
NEWEST = 100
PAGE = 50
COMMITTEES = (BodyKind.PEOPLE_COMMITTEE, BodyKind.INDUSTRY_COMMITTEE)


def houses(permission: Permission) -> Select[tuple[int]]:
    """Ids of the centres for which the permission is held."""
    return centres_below(current().paths(permission)).with_only_columns(Centre.id).order_by(None)


def lists(permission: Permission) -> Select[tuple[SubsidyList]]:
    return select(SubsidyList).where(SubsidyList.centre_id.in_(houses(permission))).options(
        joinedload(SubsidyList.body), joinedload(SubsidyList.drawn_up_by), joinedload(SubsidyList.approved_by)
    )  # fmt: skip


def list_called(list_id: int, permission: Permission) -> SubsidyList:
    """With everything its page and its paper say of each line."""
    return found_or_404(lists(permission).where(SubsidyList.id == list_id).options(
        selectinload(SubsidyList.lines).options(
            joinedload(SubsidyLine.dispute).joinedload(Dispute.category).joinedload(Category.parent),
            joinedload(SubsidyLine.corrects).joinedload(SubsidyLine.subsidy_list),
            selectinload(SubsidyLine.shares).joinedload(SubsidyShare.person),
        ),
    ))  # fmt: skip


def line_called(line_id: int, permission: Permission) -> SubsidyLine:
    rows = select(SubsidyLine).join(SubsidyLine.subsidy_list).where(
        SubsidyLine.id == line_id, SubsidyList.centre_id.in_(houses(permission))
    )  # fmt: skip
    return found_or_404(rows)


def newest_lists() -> Sequence[SubsidyList]:
    return db.session.scalars(lists(P.SUBSIDY_READ).order_by(SubsidyList.id.desc()).limit(NEWEST)).all()


def sums(rows: Sequence[SubsidyList]) -> dict[int, tuple[int, int]]:
    """Of each list: how many lines, and what those that are ready come to, in fen."""
    ready = case((SubsidyLine.lacking == 0, SubsidyLine.amount_fen))
    counted = db.session.execute(
        select(SubsidyLine.list_id, func.count(), func.coalesce(func.sum(ready), 0))
        .where(SubsidyLine.list_id.in_([row.id for row in rows])).group_by(SubsidyLine.list_id)
    )  # fmt: skip
    return {list_id: (count, int(fen)) for list_id, count, fen in counted}


def bodies() -> Sequence[PresidingBody]:
    """The committees whose lists this person may draw up."""
    rows = select(PresidingBody).where(
        PresidingBody.centre_id.in_(houses(P.SUBSIDY_PREPARE)), PresidingBody.kind.in_(COMMITTEES),
        PresidingBody.is_active,
    )  # fmt: skip
    return db.session.scalars(rows.order_by(PresidingBody.kind.desc(), PresidingBody.id)).all()


def course(drawn: SubsidyList) -> Sequence[Event]:
    rows = select(Event).where(Event.subject_kind == "subsidy-list", Event.subject_id == drawn.id)
    return db.session.scalars(rows.order_by(Event.id)).all()


def register_texts(drawn: SubsidyList) -> dict[int, str]:
    """The number each dispute bears in the body's own register."""
    ids = [line.dispute_id for line in drawn.lines]
    rows = select(RegisterNumber.dispute_id, RegisterNumber.text).where(
        RegisterNumber.body_id == drawn.body_id, RegisterNumber.dispute_id.in_(ids)
    )  # fmt: skip
    return dict(db.session.execute(rows).tuples().all())


def own_shares(after: int | None) -> tuple[Sequence[SubsidyShare], bool]:
    """A page of what this person is paid for: list after list, in the order of the disputes' numbers; and whether
    more follow."""
    rows = (
        _own(select(SubsidyShare)).where(SubsidyList.state != ListState.DISCARDED)
        .order_by(SubsidyList.id.desc(), SubsidyLine.dispute_id)
        .options(joinedload(SubsidyShare.line).options(
            joinedload(SubsidyLine.dispute).joinedload(Dispute.category),
            joinedload(SubsidyLine.subsidy_list).joinedload(SubsidyList.body),
            selectinload(SubsidyLine.shares), joinedload(SubsidyLine.corrects),
        ))
    )  # fmt: skip
    last = db.session.scalars(_own(select(SubsidyLine)).where(SubsidyShare.id == after)).first() if after else None
    if last is not None:
        same = and_(SubsidyList.id == last.list_id, SubsidyLine.dispute_id > last.dispute_id)
        rows = rows.where(or_(SubsidyList.id < last.list_id, same))
    found = db.session.scalars(rows.limit(PAGE + 1)).all()
    return found[:PAGE], len(found) > PAGE


def own_paid_fen() -> int:
    """What the approved lists come to for this person, in fen."""
    rows = _own(select(func.coalesce(func.sum(SubsidyShare.amount_fen), 0)))
    return int(db.session.scalar(rows.where(SubsidyList.state == ListState.APPROVED)) or 0)


def _own(rows: Select[Any]) -> Select[Any]:
    mine = SubsidyShare.person_id == current().somebody.id
    return rows.select_from(SubsidyShare).join(SubsidyShare.line).join(SubsidyLine.subsidy_list).where(mine)


def may_read(dispute: Dispute) -> bool:
    return db.session.scalar(current().disputes(P.DISPUTE_READ).where(Dispute.id == dispute.id)) is not None


def readable(dispute_ids: Sequence[int]) -> set[int]:
    """Those of the disputes whose page this person may open."""
    rows = current().disputes(P.DISPUTE_READ).where(Dispute.id.in_(dispute_ids)).with_only_columns(Dispute.id)
    return set(db.session.scalars(rows))
