"""A known visitor: earlier matters of the same person, found while the clerk types. Never labels on a person."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.category import Category
from models.dispute import Dispute
from models.lifecycle import OPEN
from models.party import Party
from models.sealed import Sealer
from models.search_keys import folded

SHOWN = 8


def earlier(session: Session, paths: Sequence[str], sealer: Sealer, *, name: str = "", phone: str = "",
            id_number: str = "", opposite: str = "") -> list[Dispute]:  # fmt: skip
    """Disputes in scope with the same ID number or telephone, or between the same two names; open ones first.

    A name alone is not enough: it must meet the other side's name, or be rare enough to be shown as it is.
    """
    same = []
    if id_number:
        same.append(Party.id_number_index == sealer.index("id_number", id_number))
    if phone:
        same.append(Party.phone_index == sealer.index("phone", phone))
    if name and folded(name):
        same.append(Party.name_key == folded(name))
    if not same:
        return []
    # Indexed columns only, newest first and few: flat however many disputes there are.
    ids = select(Party.dispute_id).where(or_(*same), Party.dispute_id.is_not(None)).order_by(Party.id.desc()).limit(50)
    found = list(session.scalars(
        Dispute.visible_to(paths).where(Dispute.id.in_(ids)).order_by(Dispute.id.desc()).limit(SHOWN * 2)
        .options(selectinload(Dispute.parties), joinedload(Dispute.category).joinedload(Category.parent))
    ))  # fmt: skip
    wanted = folded(opposite) if opposite else ""

    def rank(dispute: Dispute) -> tuple[bool, bool, int]:
        meets = bool(wanted) and any(party.name_key == wanted for party in dispute.parties)
        return (not meets, dispute.status not in OPEN, -dispute.id)

    return sorted(found, key=rank)[:SHOWN]
