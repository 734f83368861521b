"""What a paper is written from: one dispute with everything around it, read once; and the pen that notes each field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.agreement import Agreement, AgreementForm
from models.assignment import Duty, assigned
from models.attachment import Attachment
from models.callout import Callout
from models.clock import local_day
from models.consent import RightsNotice
from models.dispute import Dispute
from models.enforcement import CourtRuling
from models.follow_up import FollowUp
from models.identity import birth_of
from models.mandate import Mandate
from models.mediation import MediationSession
from models.natures import Nature
from models.party import Party, Side
from models.register_number import further
from models.representative import RepresentativeKind
from models.retention import Retention
from models.rights_card import RightsLine
from models.visit import Visit
from papers.blocks import Block, Field, Paper
from papers.court_case import CourtCase
from papers.wording import AGREEMENTS

# In these a committee of people's mediation presides: its forms are the ministry's (司发通〔2010〕239号).
COMMITTEES = (Nature.PEOPLES, Nature.INDUSTRY, Nature.COURT_ENTRUSTED)


@dataclass(frozen=True)
class Signed:
    """An agreement with its session and its number, empty where the body keeps no register."""

    agreement: Agreement
    session: MediationSession
    number: str

    @property
    def name(self) -> str:
        return AGREEMENTS[self.session.nature]


@dataclass(frozen=True)
class Final:
    """A paper that was made final: its version, the hash of its text, and the text with what was signed."""

    version: int
    text_hash: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Matter:
    """`clear` opens a sealed value of a party; `numbers` are the dispute's register numbers by body."""

    dispute: Dispute
    at: datetime
    clear: Callable[[Party, str], str]
    numbers: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    house_committee: str = ""
    mark: str = ""
    # What stands beside the dispute: tellings of rights by party, mandates by pair, follow-ups, who signed them.
    told: Mapping[int, RightsNotice] = field(default_factory=dict)
    mandates: tuple[Mandate, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)
    # Rulings by agreement; until when the newest agreement can be reviewed; whether organs alone answer.
    rulings: Mapping[int, CourtRuling] = field(default_factory=dict)
    review_until: date | None = None
    is_official: Callable[[], bool] = lambda: False
    # Whether copies of identity papers lie in the file.
    has_identity: Callable[[], bool] = lambda: True
    # What was brought as evidence, in the order of its numbers.
    evidence: Callable[[], Sequence[Attachment]] = tuple
    # What the parties can still do, and until when.
    rights: Callable[[], list[RightsLine]] = list
    # Names of the papers of the file in their order, for the list of contents.
    listed: tuple[str, ...] = ()
    # Where each of them begins and ends in the bound file, and how many pages it has; empty until it is bound.
    page_ranges: tuple[str, ...] = ()
    page_count: int | None = None
    retention: Retention = Retention.TEN_YEARS
    # What went between the court and the house about it, if anything did.
    court: CourtCase | None = None
    # Papers that are final, by session and code.
    finals: Mapping[tuple[int, str], Final] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.at)

    def side(self, side: Side) -> list[Party]:
        return [party for party in self.dispute.parties if party.side is side]

    @property
    def parties(self) -> list[Party]:
        """Applicants first, then respondents, then third parties."""
        return [party for side in Side for party in self.side(side)]

    @property
    def first_visit(self) -> Visit | None:
        return self.dispute.visits[0] if self.dispute.visits else None

    @property
    def session(self) -> MediationSession | None:
        """The newest session: its nature and body decide whose papers these are."""
        return self.dispute.sessions[-1] if self.dispute.sessions else None

    @property
    def nature(self) -> Nature:
        return self.session.nature if self.session else Nature.PEOPLES

    @property
    def is_committees(self) -> bool:
        """Whether the papers of people's mediation belong into the file."""
        return not self.dispute.sessions or any(session.nature in COMMITTEES for session in self.dispute.sessions)

    @property
    def body(self) -> str:
        return self.session.body.name if self.session else self.house_committee or self.dispute.centre.name

    @property
    def mediator(self) -> str:
        person = self.session.mediator if self.session else assigned(self.dispute, Duty.MEDIATOR)
        return person.name if person else ""

    @property
    def recorder(self) -> str:
        person = self.session.recorder if self.session else assigned(self.dispute, Duty.RECORDER)
        return person.name if person else ""

    @property
    def number(self) -> str:
        """文号 of the file, once the newest body has entered the dispute in its register."""
        return self.numbers.get(self.session.body_id, "") if self.session else ""

    @property
    def category(self) -> str:
        kind = self.dispute.category
        return f"{kind.parent.name}（{kind.name}）" if kind.parent else kind.name

    @property
    def agreements(self) -> list[Signed]:
        """Every agreement that did not lapse with its number; the second one of a body is told apart from the first."""
        found: list[Signed] = []
        for session in self.dispute.sessions:
            if session.agreement is not None:
                place = 1 + sum(one.session.body_id == session.body_id for one in found)
                text = self.numbers.get(session.body_id, "")
                found.append(Signed(session.agreement, session, further(text, place) if text else ""))
        return [one for one in found if one.agreement.lapsed_at is None]

    def ruling_on(self, agreement: Agreement) -> CourtRuling | None:
        return self.rulings.get(agreement.id)

    @property
    def ruling(self) -> CourtRuling | None:
        """On the newest agreement."""
        return self.ruling_on(self.agreements[-1].agreement) if self.agreements else None

    def agreed(self, form: AgreementForm) -> list[Signed]:
        return [signed for signed in self.agreements if signed.agreement.form is form]

    @property
    def callouts(self) -> list[Callout]:
        """Whoever was called and not stood down."""
        return [callout for callout in self.dispute.callouts if callout.stood_down_at is None]

    def address(self, party: Party) -> str:
        place = self.places.get(party.division_code or "", "")
        typed = self.clear(party, "address")
        return typed if place and typed.startswith(place) else f"{place}{typed}"

    def birth(self, party: Party) -> date | None:
        """As entered, else what the ID number says."""
        return party.birth or birth_of(self.clear(party, "id_number"))

    def age(self, party: Party) -> str:
        """Full years, where the birth is known."""
        born = self.birth(party)
        if born is None:
            return ""
        today = self.today
        return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))

    def represented(self, kind: RepresentativeKind) -> list[tuple[Party, str, str]]:
        """Party, name of who speaks for it, and what shows the authority."""
        return [(party, one.name, one.authority) for party in self.parties for one in party.representatives
                if one.kind is kind]  # fmt: skip

    @property
    def matter_in_short(self) -> str:
        """宋佳与甘州某健身馆消费纠纷: how the file is called."""
        sides = [self.side(side) for side in (Side.APPLICANT, Side.RESPONDENT)]
        named = [f"{found[0].name}{'等' if len(found) > 1 else ''}" for found in sides if found]
        kind = self.dispute.category.name
        return f"{'与'.join(named)}{kind if kind.endswith(('纠纷', '争议')) else f'{kind}纠纷'}"


@dataclass
class Pen:
    """Writes one paper. `take` hands a value of the record on to the paper and notes where it came from."""

    matter: Matter
    blocks: list[Block] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def take(self, name: str, value: str | None, source: str, *, needed: bool = True) -> str:
        self.fields.append(Field(name, value or "", source, needed))
        return value or ""

    def write(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def keep(self, start: int, final: Final | None) -> None:
        """What was written from here on gives way to the final text; where its fields come from stays known."""
        if final is not None:
            self.blocks[start:] = final.blocks

    def done(self, name: str) -> Paper:
        return Paper(name, tuple(self.blocks), tuple(self.fields), self.matter.mark)
