"""Parties in scope, masked values, and what a form and the record say differently."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext
from sqlalchemy import Select, exists, false, or_, select

from blueprints.parties import bp
from models.centre import Centre
from models.completeness import Missing, missing
from models.dispute import Dispute
from models.division import full_name
from models.identity import mask_id_number, mask_phone
from models.party import Party
from models.referral import unreleased_visits
from models.sealed import Sealer
from models.unit import Unit
from models.visit import Visit
from security.identity import current
from security.permissions import Permission
from transaction import db


def sealer() -> Sealer:
    return current_app.extensions["sealer"]  # type: ignore[no-any-return]


def parties(permission: Permission) -> Select[tuple[Party]]:
    """Parties of the disputes this permission reaches, and of consultations in the houses it is held for."""
    below = [Unit.path.startswith(path, autoescape=True) for path in current().paths(permission)]
    in_house = exists().where(
        Visit.id == Party.visit_id, Visit.dispute_id.is_(None), Visit.id.not_in(unreleased_visits()),
        Centre.id == Visit.centre_id, Unit.id == Centre.unit_id, or_(false(), *below)
    )  # fmt: skip
    return select(Party).where(or_(current().reaches(Party.dispute_id, permission), in_house))


@bp.app_template_global()
def masked(party: Party, field: str) -> str:
    """What may be read without asking: 620702********0037, 190****0001, 三闸镇***."""
    clear = party.clear(sealer(), field)
    if field == "address":
        return f"{clear[:3]}***" if clear else ""
    return mask_id_number(clear) if field == "id_number" else mask_phone(clear)


@bp.app_template_global()
def place_of(party: Party) -> str:
    return full_name(db.session(), party.division_code)


@dataclass(frozen=True)
class Gap:
    """One thing still lacking, in the reader's words, and where it is entered."""

    what: str
    paper: str
    party: Party | None
    field: str


def gaps(dispute: Dispute) -> list[Gap]:
    by_id = {party.id: party for party in dispute.parties}
    return [_gap(lacking, by_id) for lacking in missing(dispute)]


def lacking_of(found: Sequence[Gap]) -> Counter[int]:
    """Party id → how much it lacks."""
    return Counter(gap.party.id for gap in found if gap.party is not None)


def _gap(lacking: Missing, by_id: dict[int, Party]) -> Gap:
    party = by_id.get(lacking.party_id) if lacking.party_id else None
    return Gap(gettext(lacking.what), gettext(lacking.paper), party, lacking.field)
