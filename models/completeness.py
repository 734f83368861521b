"""补全: what a file still lacks, and which paper needs it. The card says it; nothing is refused because of it."""

from dataclasses import dataclass

from models.dispute import Dispute
from models.party import Party, Side
from models.party_kind import PartyKind
from models.words import _


@dataclass(frozen=True)
class Missing:
    """One thing still to be entered: its label, the paper that needs it, and where to enter it."""

    what: str
    paper: str
    field: str
    party_id: int | None = None


APPLICATION, RECORD, AGREEMENT, ARCHIVE = _("application"), _("mediation record"), _("agreement"), _("file")


def missing(dispute: Dispute) -> list[Missing]:
    """Everything still lacking, in the order of the form."""
    found = [Missing(_("Facts of the dispute"), APPLICATION, "facts")] if not dispute.facts else []
    if not dispute.claims:
        found.append(Missing(_("Claims"), APPLICATION, "claims"))
    if not any(party.side is Side.RESPONDENT for party in dispute.parties):
        found.append(Missing(_("The other side"), APPLICATION, "parties"))
    for party in dispute.parties:
        found += _of_party(party)
    heads = dispute.head_count
    represented = any(party.represents_others for party in dispute.parties)
    if heads >= 5 and not represented:
        found.append(Missing(_("Elected representatives (at most 5)"), RECORD, "parties"))
    return found


def _of_party(party: Party) -> list[Missing]:
    wanted = (
        [("id_number", party.id_number_sealed, _("ID number"), AGREEMENT),
         ("ethnic_group", party.ethnic_group, _("Ethnic group"), APPLICATION)]
        if party.kind is PartyKind.PERSON
        else [("credit_code", party.credit_code, _("Unified social credit code"), AGREEMENT)]
    )  # fmt: skip
    wanted += [
        ("phone", party.phone_sealed, _("Telephone"), APPLICATION),
        ("address", party.address_sealed or party.division_code, _("Address"), APPLICATION),
    ]
    return [Missing(label, paper, field, party.id) for field, value, label, paper in wanted if not value]
