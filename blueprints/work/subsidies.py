"""Subsidy lists that wait: for a second person's approval, or for whoever drew them up."""

from flask import url_for
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.work.items import Item, me, some
from models.centre import Centre, centres_below
from models.subsidy_line import SubsidyLine
from models.subsidy_list import ListState, SubsidyList, why_not_approve
from security.identity import current
from security.permissions import Permission
from web.filters import day
from web.language import named

P = Permission


def to_approve() -> list[Item]:
    """Those this person had no hand in."""
    found = some(_in_reach(P.SUBSIDY_APPROVE).where(SubsidyList.state == ListState.SUBMITTED))
    return [_item(one) for one in found if why_not_approve(one, me()) is None]


def sent_back() -> list[Item]:
    return [_item(one) for one in some(_in_reach(P.SUBSIDY_PREPARE).where(
        SubsidyList.state == ListState.DRAFT, SubsidyList.sent_back_reason != ""
    ))]  # fmt: skip


def _in_reach(permission: Permission) -> Select[tuple[SubsidyList]]:
    houses = centres_below(current().paths(permission)).with_only_columns(Centre.id).order_by(None)
    return select(SubsidyList).where(SubsidyList.centre_id.in_(houses)).order_by(SubsidyList.id).options(
        joinedload(SubsidyList.body), selectinload(SubsidyList.lines).selectinload(SubsidyLine.shares)
    )  # fmt: skip


def _item(one: SubsidyList) -> Item:
    period = gettext("%(first)s to %(last)s", first=day(one.first_day), last=day(one.last_day))
    return Item(named(one.body), url_for("subsidy.show_list", subsidy_list_id=one.id), period)
