"""Matters of a table as rows of the database: made ready while nobody waits, then written with few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.base import Facts
from models.clock import day_bounds, local_day
from models.counter import next_numbers
from models.court_import import CourtImport
from models.court_letter import parties_key
from models.court_number import CourtNumber, court_number_key
from models.court_row import SentRow
from models.party import Party
from models.referral import CourtReferral
from models.referral_course import ReferralStatus
from models.sealed import Sealer
from models.visit import Channel, Visit, VisitPurpose


@dataclass(frozen=True)
class Matter:
    """One matter, its parties sealed already."""

    referral: Facts
    parties: list[Facts]
    numbers: list[Facts]


def ready(sealer: Sealer, sent: Sequence[SentRow], now: datetime) -> list[Matter]:
    """What takes time, before anything is locked."""
    return [_matter(sealer, one, now) for one in sent]


def write(session: Session, row: CourtImport, matters: Sequence[Matter], last_row: int, read: int,
          now: datetime) -> None:  # fmt: skip
    """One chunk, to be seen by nobody until the import is released."""
    if matters:
        visits = _made(session, Visit, _visits(session, row, len(matters), now))
        ours = {"centre_id": row.centre_id, "court_id": row.court_id, "sent_by_id": row.person_id, "import_id": row.id}
        referrals = _made(session, CourtReferral, [one.referral | ours | {"visit_id": visit}
                                                   for one, visit in zip(matters, visits, strict=True)])  # fmt: skip
        parties = [party | {"visit_id": visit} for one, visit in zip(matters, visits, strict=True)
                   for party in one.parties]  # fmt: skip
        session.execute(insert(Party), parties)
        numbers = [number | {"referral_id": referral} for one, referral in zip(matters, referrals, strict=True)
                   for number in one.numbers]  # fmt: skip
        if numbers:
            session.execute(insert(CourtNumber), numbers)
    row.written, row.written_row, row.done = row.written + len(matters), last_row, row.done + read


def _matter(sealer: Sealer, one: SentRow, now: datetime) -> Matter:
    letter = one.letter
    parties = [
        _columns(Party.named(sealer, party.side, party.name, position, phone=party.phone, id_number=party.id_number,
                             address=party.address)) for position, party in enumerate(letter.parties)
    ]  # fmt: skip
    texts = dict.fromkeys(number.strip() for number in (*letter.old_numbers, letter.number) if number)
    numbers = [{"text": text, "key": court_number_key(text), "noted_at": now} for text in texts]
    referral = {
        "case_type_id": letter.case_type.id, "mode": letter.mode, "procedure": letter.procedure,
        "claim": letter.claim, "amount_fen": letter.amount_fen, "materials": letter.materials,
        "contact": letter.contact, "both_agreed": letter.both_agreed, "status": ReferralStatus.SENT,
        "sent_at": min(now, day_bounds(one.sent_on)[0]) if one.sent_on else now,
        "parties_key": parties_key([party.name for party in letter.parties]),
    }  # fmt: skip
    return Matter(referral, parties, numbers)


def _visits(session: Session, row: CourtImport, count: int, now: datetime) -> list[Facts]:
    """A matter of the court waits in no queue of the hall: its numbers are a row of their own."""
    day = local_day(now)
    numbers = next_numbers(session, f"court-queue:{row.centre_id}:{day:%Y%m%d}", count)
    return [{"centre_id": row.centre_id, "purpose": VisitPurpose.NEW, "channel": Channel.COURT, "head_count": 1,
             "day": day, "queue_number": f"C{number:03d}", "arrived_at": now} for number in numbers]  # fmt: skip


def _made(session: Session, table: Any, rows: list[Facts]) -> Sequence[int]:
    """Write them; their ids in the same order."""
    return session.scalars(insert(table).returning(table.id, sort_by_parameter_order=True), rows).all()


def _columns(row: Any) -> Facts:
    return {column.key: row.__dict__[column.key] for column in row.__table__.c
            if column.key in row.__dict__}  # fmt: skip
