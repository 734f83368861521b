"""Finding a dispute by what people bring along: a number, a name, a telephone, an ID number, words of the demand."""

import re
import unicodedata

from sqlalchemy import Select, or_, select

from models.clock import local_day
from models.court_number import CourtNumber, court_number_key
from models.dispute import Dispute
from models.identity import clean_credit_code, clean_id_number, clean_phone, phone_problem
from models.lifecycle import OPEN
from models.party import Party
from models.referral import CourtReferral
from models.sealed import Sealer
from models.search_keys import folded
from models.visit import Visit
from security.identity import current
from security.permissions import Permission
from transaction import db, now

SHORT_NUMBER = re.compile(r"(\d{4})-(\d{3,9})$")
LONG_NUMBER = re.compile(r"\d{8}-\d{3,9}$")
QUEUE_NUMBER = re.compile(r"[A-Z]\d{3,7}")
ID_NUMBER = re.compile(r"\d{17}[0-9X]")
FEWEST_LETTERS = 2


def by_number(text: str) -> Dispute | None:
    """The one dispute this number belongs to: full, short (1123-007) or today's queue number (A012)."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    reach = current().disputes(Permission.DISPUTE_READ)
    if QUEUE_NUMBER.fullmatch(plain) and (centre := current().centre):
        visits = select(Visit.dispute_id).where(
            Visit.centre_id == centre.id, Visit.day == local_day(now()), Visit.queue_number == plain
        )
        return db.session().scalars(reach.where(Dispute.id.in_(visits))).one_or_none()
    wanted = _numbers(re.sub(r"\s+", "-", plain))
    found = db.session().scalars(reach.where(or_(Dispute.number.in_(wanted), Dispute.reference.in_(wanted))).limit(2))
    only = found.all()
    return only[0] if len(only) == 1 else None


def by_court_number(text: str) -> CourtReferral | None:
    """A matter of the court that is no dispute of the house yet, or was not taken; by any number it ever had."""
    if not current().may(Permission.REFERRAL_READ):
        return None
    reach = current().referrals(Permission.REFERRAL_READ).join(CourtReferral.numbers)
    found = reach.where(CourtNumber.key == court_number_key(text)).order_by(CourtReferral.id.desc())
    return db.session().scalars(found.limit(1)).first()


def _numbers(plain: str) -> list[str]:
    """What was typed, and what it stands for when year and prefix were left out."""
    centre = current().centre
    found = [plain]
    if centre is None:
        return found
    short, year = SHORT_NUMBER.search(plain), local_day(now()).year
    if LONG_NUMBER.fullmatch(plain):
        found.append(f"{centre.code}-{plain}")
    elif short and not LONG_NUMBER.search(plain):
        found += [f"{centre.code}-{one}{short[1]}-{short[2]}" for one in (year, year - 1)]
    return found


def by_words(text: str, sealer: Sealer) -> Select[tuple[Dispute]]:
    """Disputes in scope with a party of this name, telephone, ID number or code, or open ones that ask for this."""
    ways = [Dispute.id.in_(select(Party.dispute_id).where(_of_party(text, sealer))),
            Dispute.id.in_(select(CourtReferral.dispute_id).join(CourtReferral.numbers)
                           .where(CourtNumber.key == court_number_key(text)))]  # fmt: skip
    if len(text) >= FEWEST_LETTERS:
        told = or_(Dispute.demand.contains(text, autoescape=True), Dispute.facts.contains(text, autoescape=True))
        ways.append(Dispute.status.in_(OPEN) & told)
    return current().disputes(Permission.DISPUTE_READ).where(or_(*ways))


def _of_party(text: str, sealer: Sealer):  # type: ignore[no-untyped-def]
    name, phone, number = folded(text), clean_phone(text), clean_id_number(text)
    ways = [Party.name_key == name]
    if len(name) >= FEWEST_LETTERS:
        ways.append(Party.name_key.startswith(name, autoescape=True))
    if phone_problem(phone) is None:
        ways.append(Party.phone_index == sealer.index("phone", phone))
    if ID_NUMBER.fullmatch(number):
        ways.append(Party.id_number_index == sealer.index("id_number", number))
    if code := clean_credit_code(text):
        ways.append(Party.credit_code == code)
    return or_(*ways)
