"""A party 当事人 of a dispute or of a consultation: on which side it stands, who it is, who speaks for it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.dispute import Dispute
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.party_kind import PartyKind, kind_of
from models.representative import Authority, Representative
from models.sealed import Sealer
from models.search_keys import folded
from models.visit import Visit
from models.words import _

if TYPE_CHECKING:
    from models.consent import RightsNotice
    from models.investigation import Investigation
    from models.recusal import Recusal
    from models.signer import Signer


class Side(StrEnum):
    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD = "third"


LONGEST = 200  # characters of a name, and of the key it is compared by
SEALED = ("id_number", "phone", "address")
MOST_REPRESENTING = 5  # of a group, which sends two to five of its people (民事诉讼法 art. 56)


class Party(Base):
    """ID number, telephone and address are sealed; look-up goes through blind indexes."""

    __tablename__ = "parties"
    __table_args__ = (
        CheckConstraint("dispute_id IS NOT NULL OR visit_id IS NOT NULL", name="belongs"),
        Index("ix_parties_dispute_id", "dispute_id"),
        Index("ix_parties_visit_id", "visit_id"),
        Index("ix_parties_id_number_index", "id_number_index"),
        Index("ix_parties_phone_index", "phone_index"),
        Index("ix_parties_name_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"))
    side: Mapped[Side] = mapped_column(one_of(Side))
    kind: Mapped[PartyKind] = mapped_column(one_of(PartyKind))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(LONGEST))
    name_key: Mapped[str] = mapped_column(String(LONGEST))
    sex: Mapped[str] = mapped_column(String(8), default="")
    birth: Mapped[date | None] = mapped_column(Date)
    ethnic_group: Mapped[str] = mapped_column(String(20), default="")
    interpreter: Mapped[str] = mapped_column(String(40), default="")
    credit_code: Mapped[str] = mapped_column(String(18), default="")
    contact: Mapped[str] = mapped_column(String(60), default="")
    division_code: Mapped[str | None] = mapped_column(String(16))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    represents_others: Mapped[bool] = mapped_column(default=False)
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_index: Mapped[str | None] = mapped_column(String(64))
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(64))
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    dispute: Mapped[Dispute | None] = relationship(back_populates="parties")
    visit: Mapped[Visit | None] = relationship(back_populates="parties")
    representatives: Mapped[list[Representative]] = relationship(cascade="all, delete-orphan",
                                                                 order_by=Representative.id)  # fmt: skip
    # What names the party and stays; written by those nouns alone.
    rights_notices: Mapped[list["RightsNotice"]] = relationship(viewonly=True, order_by="RightsNotice.id")
    recusals: Mapped[list["Recusal"]] = relationship(viewonly=True)
    investigations: Mapped[list["Investigation"]] = relationship(viewonly=True)
    signers: Mapped[list["Signer"]] = relationship(viewonly=True)

    @classmethod
    def add(cls, change: Change, owner: Dispute | Visit, side: Side, name: str, **facts: Any) -> "Party":
        """Add a party. `facts` may hold id_number, phone and address in clear; they are sealed here."""
        party = cls.named(change.sealer, side, name, **facts)
        cls.join(change, owner, party)
        return party

    @classmethod
    def join(cls, change: Change, owner: Dispute | Visit, *parties: "Party") -> None:
        """Put these parties into the matter, in this order."""
        change.open_streams(owner.stream)
        if isinstance(owner, Dispute) and owner.closed_at is not None:
            owner.lock_file(change)
        for party in parties:
            party.position = len(owner.parties)
            owner.parties.append(party)
        change.session.flush()  # events speak of their ids
        for party in parties:
            change.record(owner.stream, EventKind.PARTY_ADD, ("party", party.id), side=party.side.value)
        if isinstance(owner, Dispute):
            owner.touch(change)

    @classmethod
    def named(cls, sealer: Sealer, side: Side, name: str, position: int = 0, **facts: Any) -> "Party":
        """The party as a row that belongs to nobody yet; an import adds many of them."""
        name = name.strip()
        if not name:
            raise RuleBroken(_("Enter the party's name"), field="name")
        party = cls(uid=uuid4().hex, side=side, name=name, name_key=folded(name)[:LONGEST],
                    kind=facts.pop("kind", None) or kind_of(name), position=position, sex="",
                    ethnic_group="", interpreter="", credit_code="", contact="", represents_others=False)  # fmt: skip
        party._write(sealer, facts)
        return party

    def edit(self, change: Change, version: int, *, speakers: Sequence[Authority] | None = None, **facts: Any) -> None:
        """Complete or correct the party; `speakers` replaces its representatives. Raises Stale when overtaken."""
        if self.dispute is not None:
            self.dispute.lock_file(change)
        change.lock(self.owner.stream, self)
        self._require(version)
        changed = [name for name, value in facts.items() if self._read(change.sealer, name) != (value or None)]
        if speakers is not None and list(speakers) != self.speakers:
            self.representatives = [Representative(kind=one.kind, name=one.name, authority=one.authority)
                                    for one in speakers]  # fmt: skip
            changed.append("representatives")
        if not changed:
            return
        if "name" in changed:
            if not facts["name"].strip():
                raise RuleBroken(_("Enter the party's name"), field="name")
            self.name_key = folded(facts["name"])[:LONGEST]
        if "represents_others" in changed and facts["represents_others"] and self._enough_represent():
            too_many = _("At most %(most)s people represent a group")
            raise RuleBroken(too_many, "represents_others", most=MOST_REPRESENTING)
        self._write(change.sealer, facts)
        self.version += 1
        change.record(self.owner.stream, EventKind.PARTY_EDIT, ("party", self.id), fields=sorted(changed))
        if self.dispute is not None:
            self.dispute.touch(change)

    def remove(self, change: Change, version: int) -> None:
        """Take out a party that was entered by mistake; at least one applicant stays, and nobody who took part goes."""
        owner = self.owner
        change.lock(owner.stream, owner, self)
        self._require(version)
        if isinstance(owner, Dispute):
            owner.lock_file(change)
        if isinstance(owner, Dispute) and self._took_part(owner):
            raise RuleBroken(_("This party was invited or took part in a session and cannot be removed"))
        if self.side is Side.APPLICANT and sum(party.side is Side.APPLICANT for party in owner.parties) == 1:
            raise RuleBroken(_("A dispute needs at least one applicant"))
        change.record(owner.stream, EventKind.PARTY_REMOVE, ("party", self.id), side=self.side.value)
        change.session.delete(self)
        change.session.flush()  # gone before its owner's list is read again
        change.session.expire(owner, ["parties"])

    def reveal(self, change: Change, field: str) -> str:
        """Show a masked value in full; who looked is kept (个人信息保护法 art. 51)."""
        change.lock(self.owner.stream, self)
        change.record(self.owner.stream, EventKind.PARTY_REVEAL, ("party", self.id), field=field)
        return self.clear(change.sealer, field)

    def _require(self, version: int) -> None:
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))

    def _took_part(self, dispute: Dispute) -> bool:
        present = [person.party_id for session in dispute.sessions for person in session.participants]
        named = self.rights_notices or self.recusals or self.investigations or self.signers or self.id in present
        return bool(named) or any(invitation.party_id == self.id for invitation in dispute.invitations)

    def _enough_represent(self) -> bool:
        others = [party for party in self.owner.parties if party.side is self.side and party is not self]
        return sum(party.represents_others for party in others) >= MOST_REPRESENTING

    @property
    def speakers(self) -> list[Authority]:
        return [Authority(one.kind, one.name, one.authority) for one in self.representatives]

    @property
    def owner(self) -> Dispute | Visit:
        owner = self.dispute or self.visit
        if owner is None:
            raise LookupError("a party without dispute and visit")  # the CHECK constraint "belongs" forbids it
        return owner

    def clear(self, sealer: Sealer, field: str) -> str:
        """The sealed value in clear, empty when there is none. Show it masked unless `reveal` was asked."""
        sealed = getattr(self, f"{field}_sealed")
        return sealer.open("parties", field, self.uid, sealed) if sealed else ""

    def _read(self, sealer: Sealer, name: str) -> Any:
        return (self.clear(sealer, name) if name in SEALED else getattr(self, name)) or None

    def _write(self, sealer: Sealer, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            if name not in SEALED:
                setattr(self, name, value)
                continue
            setattr(self, f"{name}_sealed", sealer.seal("parties", name, self.uid, value) if value else None)
            if name != "address":
                setattr(self, f"{name}_index", sealer.index(name, value) if value else None)
