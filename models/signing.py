"""Signing 签署: what is noted about each line of a final paper, on paper first, and the scan that proves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from models.attachment import Attachment
from models.change import Change
from models.clock import local_day
from models.effect import take_effect
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.final_paper import FinalPaper
from models.lifecycle import DisputeStatus
from models.paper_reading import BY_FINGERPRINT, HEARD, PaperReading
from models.record_reading import ReadingWay
from models.signature import ON_PAPER, Signature, SigningWay
from models.signer import Signer
from models.term_change import carry_over, take_back
from models.words import _

KINDS = {SigningWay.REFUSED: EventKind.PAPER_REFUSE, SigningWay.INK: EventKind.PAPER_INK,
         SigningWay.STRUCK: EventKind.PAPER_STRIKE}  # fmt: skip


def sign_on_paper(change: Change, paper: FinalPaper, ways: Mapping[int, SigningWay], signed_on: date) -> None:
    """Note who has signed the printed paper: signer id → way. Noted again it changes nothing.

    Raises RuleBroken for a day before the matter came or after today.
    """
    open_paper(change, paper)
    if not earliest(paper) <= signed_on <= local_day(change.at):
        raise RuleBroken(_("The paper was signed between %(first)s and today"), field="signed_on",
                         first=earliest(paper).isoformat())  # fmt: skip
    was_complete = paper.is_complete
    for signer in paper.signers:
        way = ways.get(signer.id)
        if way is None or signer.is_signed:
            continue
        if way not in ON_PAPER:
            raise ValueError(f"{way} is no way of signing on paper")
        if signer.has_heard and way not in BY_FINGERPRINT:
            raise RuleBroken(_("Whoever had the text read out signs by fingerprint"), field=f"way_{signer.id}")
        enter(change, paper, signer, way, signed_on=signed_on)
    settle(change, paper, was_complete=was_complete)


def earliest(paper: FinalPaper) -> date:
    """The first day on which it can have been signed: what is written by hand while the power is out, session and
    all, is entered on the next day.

    The day on which the matter came, and for a further version that from which the one before it was final.
    """
    dispute = paper.mediation.dispute
    before = [local_day(one.finalised_at) for one in paper.mediation.final_papers
              if one.kind is paper.kind and one.version < paper.version]  # fmt: skip
    came = min((visit.day for visit in dispute.visits), default=local_day(dispute.registered_at))
    return max(before, default=came)


def link_scan(change: Change, paper: FinalPaper, scan: Attachment) -> None:
    """Put the scan of the signed paper beside it; twice changes nothing."""
    open_paper(change, paper, also_old=True)
    if scan.dispute_id != paper.mediation.dispute_id or scan.is_removed:
        raise RuleBroken(_("This material is not in the file"), field="scan")
    if scan in paper.scans:
        return
    paper.scans.append(scan)
    change.session.flush()
    paper.record(change, EventKind.PAPER_SCAN, number=scan.number)


def open_paper(change: Change, paper: FinalPaper, *, also_old: bool = False) -> None:
    """Lock the paper. Raises TransitionNotAllowed when a newer version is signed instead of it."""
    dispute = paper.mediation.dispute
    change.lock(dispute.stream, paper.mediation, *paper.signers)
    if dispute.status is DisputeStatus.ARCHIVED:
        raise RuleBroken(_("This dispute is archived: its file is no longer changed"))
    if not also_old and paper.has_lapsed:
        raise RuleBroken(_("The mediation ended without this agreement"))
    if not also_old and not paper.is_newest:
        raise TransitionNotAllowed(_("There is a newer version of this paper: sign that one"))


def enter(change: Change, paper: FinalPaper, signer: Signer, way: SigningWay, *, signed_on: date,
          name: str = "", **facts: str | bytes) -> Signature:  # fmt: skip
    """Write the entry of one line and its event. Only for the verbs of signing."""
    row = Signature(uid=facts.pop("uid", None) or uuid4().hex, way=way, name=name or signer.name, signed_on=signed_on,
                    text_hash=paper.text_hash, at=change.at, by_id=change.by.id, **facts)  # fmt: skip
    signer.signatures.append(row)
    change.session.flush()  # the event speaks of it
    kind = KINDS.get(way, EventKind.PAPER_SIGN)
    paper.record(change, kind, signer=signer.position, capacity=signer.role.value, way=way.value,
                 digest=paper.text_hash[:32])  # fmt: skip
    return row


def settle(change: Change, paper: FinalPaper, *, was_complete: bool) -> None:
    """The last needed signature gives an agreement its effect, and a supplement its terms."""
    if paper.is_complete and not was_complete:
        take_effect(change, paper)
        carry_over(change, paper)


def refuse(change: Change, paper: FinalPaper, signer: Signer, reason: str, present: str) -> None:
    """Note that somebody refuses to sign, why, and who was there; the same again changes nothing.

    An agreement somebody refuses has no effect in writing (人民调解法 art. 29); he may still sign later.
    """
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    if not present.strip():
        raise RuleBroken(_("Enter who was present"), field="present")
    open_paper(change, paper)
    if signer.is_signed:
        raise RuleBroken(_("This line has been signed"), field="signer")
    standing = signer.standing
    if standing is not None and (standing.reason, standing.present) == (reason.strip(), present.strip()):
        return
    enter(change, paper, signer, SigningWay.REFUSED, signed_on=local_day(change.at), reason=reason.strip(),
          present=present.strip())  # fmt: skip


def strike(change: Change, paper: FinalPaper, signer: Signer, reason: str) -> None:
    """A signature on paper was noted by mistake: the entry stays, with the reason why it does not count."""
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    open_paper(change, paper, also_old=True)
    standing = signer.standing
    if standing is None or standing.way is SigningWay.STRUCK:
        return
    if standing.way not in ON_PAPER:
        raise RuleBroken(_("Only what was noted of the printed paper is struck out"), field="signer")
    was_complete = paper.is_complete
    enter(change, paper, signer, SigningWay.STRUCK, signed_on=local_day(change.at), reason=reason.strip())
    if was_complete and not paper.is_complete:
        take_back(change, paper)


@dataclass(frozen=True)
class Heard:
    """宣读确认: how the text was made known to somebody who cannot read it."""

    way: ReadingWay
    reader: str
    witness: str
    interpreter: str = ""


def read_out(change: Change, paper: FinalPaper, signer: Signer, heard: Heard) -> None:
    """Note that the final text was read out; whoever heard it then signs by fingerprint. Twice is once."""
    if heard.way not in HEARD:
        raise ValueError(f"{heard.way} is no way of reading out")
    if heard.way is ReadingWay.INTERPRETER and not heard.interpreter.strip():
        raise RuleBroken(_("Enter the interpreter's name"), field="interpreter")
    if not heard.reader.strip():
        raise RuleBroken(_("Enter who read it out"), field="reader")
    if not heard.witness.strip():
        raise RuleBroken(_("Enter the witness: somebody who is not a party"), field="witness")
    open_paper(change, paper)
    if signer.is_signed:
        raise RuleBroken(_("This line has been signed"), field="signer")
    if heard.witness.strip() in {one.name for one in paper.signers if one.is_party}:
        raise RuleBroken(_("Enter the witness: somebody who is not a party"), field="witness")
    said, last = (heard.way, heard.reader.strip(), heard.interpreter.strip(), heard.witness.strip()), signer.reading
    if last is not None and (last.way, last.reader, last.interpreter, last.witness) == said:
        return
    signer.readings.append(PaperReading(way=said[0], reader=said[1], interpreter=said[2], witness=said[3],
                                        at=change.at, by_id=change.by.id))  # fmt: skip
    change.session.flush()
    paper.record(change, EventKind.PAPER_READ_OUT, signer=signer.position, capacity=signer.role.value,
                 reading=heard.way.value)  # fmt: skip
