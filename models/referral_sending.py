"""A court passes a matter on: what its letter must hold, and that it has not sent the same matter already."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.centre import Centre
from models.change import Change
from models.court_letter import Letter, obeys, parties_key
from models.court_modes import modes_in_use
from models.court_number import CourtNumber, court_number_key
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.party import Party
from models.referral import CourtReferral
from models.referral_course import ReferralStatus
from models.search_keys import folded
from models.unit import Unit
from models.visit import Channel, Visit, VisitPurpose
from models.words import _


def send(change: Change, centre: Centre, court: Unit, letter: Letter) -> CourtReferral:
    """The court passes a matter on. Raises RuleBroken for a mode that is not in use, or a matter it has sent."""
    letter = checked(change.session, centre, letter)
    visit = Visit.open(change, centre, VisitPurpose.NEW, 1, channel=Channel.COURT)
    for party in letter.parties:
        Party.add(change, visit, party.side, party.name, phone=party.phone, id_number=party.id_number,
                  address=party.address)  # fmt: skip
    referral = CourtReferral(centre=centre, court=court, visit=visit, case_type=letter.case_type, mode=letter.mode,
                   procedure=letter.procedure, claim=letter.claim, amount_fen=letter.amount_fen,
                   materials=letter.materials.strip(), contact=letter.contact.strip(),
                   both_agreed=letter.both_agreed, status=ReferralStatus.SENT, sent_at=change.at,
                   sent_by_id=change.by.id, numbers=[],
                   parties_key=parties_key([party.name for party in letter.parties]))  # fmt: skip
    change.session.add(referral)
    for number in (*letter.old_numbers, letter.number):
        if number:
            referral.numbers.append(CourtNumber.noted(change, number))
    change.session.flush()  # the event speaks of its id
    referral.record(change, EventKind.REFERRAL_SEND, mode=letter.mode.value)
    return referral


def checked(session: Session, centre: Centre, letter: Letter) -> Letter:
    """The letter, if it can be taken as it stands."""
    obeys(letter, modes_in_use(session, centre))
    if letter.number and known(session, centre, letter.number, [party.name for party in letter.parties]):
        raise RuleBroken(_("The court has sent this matter already: same number, same parties"), field="number")
    return letter


def known(session: Session, centre: Centre, number: str, names: Collection[str]) -> CourtReferral | None:
    """The referral of this number, old or new, between these parties."""
    found = session.scalars(
        select(CourtReferral).join(CourtNumber)
        .where(CourtReferral.centre_id == centre.id, CourtNumber.key == court_number_key(number),
               CourtReferral.is_released())
    )  # fmt: skip
    keys, sent = {folded(name) for name in names}, parties_key(names)
    return next((one for one in found
                 if one.parties_key == sent or keys == {party.name_key for party in one.parties}), None)  # fmt: skip
