"""手写电子签名: signing with the finger on a screen, once both sides agreed to it on record (电子签名法 arts. 3, 13).

A signature is the strokes as they were drawn, over the hash of the text on the screen. The seal stays on paper.
"""

import re
from datetime import datetime
from uuid import uuid4

from models.change import Change
from models.clarity import STATUS
from models.clock import day_bounds, local_day
from models.consent import Consent
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.final_paper import FinalPaper
from models.mediation import MediationSession
from models.sealed import Sealer
from models.signature import Signature, SigningWay
from models.signer import Signer, SignerRole
from models.signing import enter, open_paper, settle
from models.term_change import waiting
from models.words import _

# 电子签名法 art. 3: personal relations, and stopping a public utility.
PERSONAL = re.compile(r"婚姻|离婚|收养|继承|抚养|赡养|彩礼|同居|身份关系")
UTILITIES = re.compile(r"停止?供(?:水|电|热|暖|气)|停(?:水|电|暖|气)")
WIDE, HIGH = 900, 300
MOST_CHARACTERS, FEWEST_POINTS, LEAST_WIDTH = 30_000, 8, 60
_STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+")
_POINT = re.compile(r"(\d+) (\d+)")


def why_no_ink(mediation: MediationSession) -> str:
    """Why the law wants paper in this matter, or nothing."""
    category, agreement = mediation.dispute.category, mediation.agreement
    acts = [term.act for term in agreement.terms] if agreement is not None else []
    acts += [row.act for row in waiting(agreement)] if agreement is not None else []
    said = "\n".join(acts)
    if PERSONAL.search(f"{category.main.name} {category.name}") or STATUS.search(said):
        return _("Marriage, adoption and inheritance are signed on paper (电子签名法 art. 3)")
    if UTILITIES.search(said):
        return _("Stopping water, heat, gas or power is agreed on paper (电子签名法 art. 3)")
    return ""


def have_agreed(paper: FinalPaper) -> bool:
    """Whether every party that signs has agreed to sign on a screen."""
    return all(one.agreed_at is not None for one in paper.signers if one.is_party)


def agree_to_ink(change: Change, paper: FinalPaper, signer: Signer, consent: Consent) -> None:
    """Note whether a party agrees to sign on a screen, for all papers of the session; the same again changes nothing.

    Whoever takes the consent back signs on paper, and open links end with it.
    """
    _check_law(paper)
    open_paper(change, paper)
    if not signer.is_party:
        raise RuleBroken(_("Only the parties are asked"))
    agrees = consent is Consent.AGREES
    lines = [one for other in paper.mediation.final_papers if other.is_newest for one in other.signers
             if one.party_id == signer.party_id and (one.agreed_at is not None) is not agrees]  # fmt: skip
    for one in lines:
        one.agreed_at, one.agreed_by_id = (change.at, change.by.id) if agrees else (None, None)
    if lines:
        _record(change, paper, signer, EventKind.PAPER_AGREE_INK if agrees else EventKind.PAPER_DECLINE_INK)


def open_link(change: Change, paper: FinalPaper, signer: Signer) -> None:
    """Open the text for one signer until midnight. Opened again the earlier link is void."""
    _check_law(paper)
    open_paper(change, paper)
    _check_signer(paper, signer)
    if paper.mediation.dispute.centre.setting(change.session, "no_internet"):
        raise RuleBroken(_("Links are switched off here: sign on paper"))
    signer.link_number += 1
    signer.link_opened_at = change.at
    _record(change, paper, signer, EventKind.PAPER_OPEN_LINK)


def end_link(change: Change, paper: FinalPaper, signer: Signer) -> None:
    """The link is not to be used any more; ended twice it is ended once."""
    open_paper(change, paper, also_old=True)
    if signer.link_opened_at is None:
        return
    signer.link_opened_at = None
    _record(change, paper, signer, EventKind.PAPER_END_LINK)


def is_link_open(paper: FinalPaper, signer: Signer, at: datetime) -> bool:
    """Until it is signed, ended, supplemented or midnight; and only as long as both sides agree."""
    opened = signer.link_opened_at
    if opened is None or signer.is_signed or not paper.is_newest or paper.has_lapsed or not have_agreed(paper):
        return False
    return at < day_bounds(local_day(opened))[1]


def sign_with_ink(change: Change, paper: FinalPaper, signer: Signer, ink: str, name: str, device: str) -> None:
    """Keep the strokes over the text that was shown; sent twice they are kept once."""
    open_paper(change, paper)
    if signer.is_signed:
        return
    _check_law(paper)
    _check_signer(paper, signer)
    if not is_link_open(paper, signer, change.at):
        raise TransitionNotAllowed(_("This link is over: ask the mediator to open the text again"))
    if not name.strip():
        raise RuleBroken(_("Enter the name of who signs"), field="name")
    if not signer.may_be_signed_by(name):
        raise RuleBroken(_("Only %(name)s signs here, or whoever is on record as representing this party"),
                         field="name", name=signer.name)  # fmt: skip
    check_strokes(ink)
    was_complete, uid = paper.is_complete, uuid4().hex
    enter(change, paper, signer, SigningWay.INK, signed_on=local_day(change.at), name=name.strip(), uid=uid,
          device=device, ink_sealed=change.sealer.seal("signatures", "ink", uid, ink))  # fmt: skip
    settle(change, paper, was_complete=was_complete)


def check_strokes(ink: str) -> None:
    """Whole numbers within the pad and nothing else; a dot is no signature. Raises RuleBroken."""
    points = [(int(x), int(y)) for x, y in _POINT.findall(ink)] if len(ink) <= MOST_CHARACTERS else []
    if ink and (not points or not _STROKES.fullmatch(ink) or any(x > WIDE or y > HIGH for x, y in points)):
        raise RuleBroken(_("The signature could not be read: write it again"), field="ink")
    across = [x for x, _y in points]
    if len(points) < FEWEST_POINTS or max(across) - min(across) < LEAST_WIDTH:
        raise RuleBroken(_("Write your whole name into the box"), field="ink")


def strokes_of(signature: Signature, sealer: Sealer) -> str:
    """The strokes as SVG path data, checked once more before they are drawn."""
    if signature.ink_sealed is None:
        return ""
    ink = sealer.open("signatures", "ink", signature.uid, signature.ink_sealed)
    check_strokes(ink)
    return ink


def _check_law(paper: FinalPaper) -> None:
    if reason := why_no_ink(paper.mediation):
        raise RuleBroken(reason)


def _check_signer(paper: FinalPaper, signer: Signer) -> None:
    if signer.role is SignerRole.BODY:
        raise RuleBroken(_("The seal is put on the printed paper"))
    if signer.is_signed:
        raise RuleBroken(_("This line has been signed"))
    if signer.has_heard:
        raise RuleBroken(_("Whoever had the text read out signs by fingerprint"))
    if not have_agreed(paper):
        raise RuleBroken(_("First both sides must agree on record to sign on a screen (电子签名法 art. 13)"))


def _record(change: Change, paper: FinalPaper, signer: Signer, kind: EventKind) -> None:
    change.session.flush()
    paper.record(change, kind, signer=signer.position, capacity=signer.role.value)
