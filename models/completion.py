"""补全: everything about the matter itself that is entered after 速登, by whoever has the file open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from models.base import Facts
from models.category import Category
from models.change import Change
from models.claim import Claim
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.follow_up import plan
from models.party import Party, Side
from models.party_kind import PartyKind
from models.risk import Risk, RiskTick
from models.search_keys import folded
from models.words import _


@dataclass(frozen=True)
class Particulars:
    """The matter as the file describes it."""

    category: Category
    demand: str
    facts: str
    claims: Sequence[str]
    amount_fen: int | None
    happened_on: date | None
    non_public: bool
    risks: Collection[Risk]

    @classmethod
    def of(cls, dispute: Dispute) -> "Particulars":
        """As they are stored now."""
        return cls(dispute.category, dispute.demand, dispute.facts, tuple(claim.text for claim in dispute.claims),
                   dispute.amount_fen, dispute.happened_on, dispute.non_public,
                   frozenset(tick.risk for tick in dispute.risks))  # fmt: skip


def complete(change: Change, dispute: Dispute, version: int, wanted: Particulars) -> None:
    """Write the particulars over the stored ones. Raises Stale when somebody else has saved meanwhile."""
    dispute.lock_file(change)
    dispute.require_version(version)
    if not wanted.demand:
        raise RuleBroken(_("Enter what is asked for, in one sentence"), field="demand")
    stored = Particulars.of(dispute)
    also = []
    if tuple(wanted.claims) != stored.claims:
        dispute.claims = [Claim(position=place, text=text) for place, text in enumerate(wanted.claims, 1)]
        also.append("claims")
    if set(wanted.risks) != stored.risks:
        also.append("risks")
        _tick(change, dispute, set(wanted.risks))
    # A kind that is kept off every screen makes the dispute non-public, whatever was ticked before.
    dispute.edit(change, version, also=also, category_id=wanted.category.id, demand=wanted.demand, facts=wanted.facts,
                 amount_fen=wanted.amount_fen, happened_on=wanted.happened_on,
                 non_public=wanted.non_public or wanted.category.non_public)  # fmt: skip


def _tick(change: Change, dispute: Dispute, wanted: set[Risk]) -> None:
    """Who ticked a risk, and when, stays with the tick as long as it stands."""
    dispute.risks = [tick for tick in dispute.risks if tick.risk in wanted]
    ticked = {tick.risk for tick in dispute.risks}
    dispute.risks += [RiskTick(risk=risk, at=change.at, by_id=change.by.id) for risk in sorted(wanted - ticked)]
    change.record(dispute.stream, EventKind.RISK_TICK, ("dispute", dispute.id))
    plan(change, dispute)


def enrol(change: Change, dispute: Dispute, people: Sequence[Facts]) -> int:
    """Take a roster in as applicants; returns how many are new.

    Who is in the file already, by ID number or by a name still without one, is completed and not entered twice.
    """
    dispute.lock_file(change)
    known = [party for party in dispute.parties if party.side is Side.APPLICANT]
    added = 0
    for person in people:
        facts = {name: value for name, value in person.items() if value}
        name, number = facts.pop("name"), facts.get("id_number")
        digest = change.sealer.index("id_number", number) if number else None
        party = next((one for one in known if _is_same(one, name, digest)), None)
        if party is None:
            known.append(Party.add(change, dispute, Side.APPLICANT, name, kind=PartyKind.PERSON, **facts))
            added += 1
        else:
            party.edit(change, party.version, **facts)
    return added


def _is_same(party: Party, name: str, digest: str | None) -> bool:
    if digest and party.id_number_index:
        return party.id_number_index == digest
    return party.name_key == folded(name)
