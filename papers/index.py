"""Every paper of the house: when it belongs into the file of a dispute, whether it must, and in which order it lies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from models.agreement import AgreementForm
from models.natures import Nature
from models.representative import RepresentativeKind
from models.signed import lacking
from models.visit import Channel
from models.words import _
from papers import (
    acceptance,
    address,
    agreement,
    application,
    arrival,
    authority,
    back,
    closing,
    confirmation,
    contents,
    cover,
    enforcement,
    evidence,
    follow_up,
    inquiry,
    opinion,
    oral,
    payment_order,
    receipt,
    record,
    refusal,
    review,
    rights,
    situation,
    suit,
    termination,
    whistle,
)
from papers.blocks import Field, Paper
from papers.court_case import CourtCase
from papers.court_index import FILED, CourtPaper
from papers.matter import Final, Matter
from papers.sources import MATERIAL, SIGNING


class Need(StrEnum):
    """必须 or 按需 (司发通〔2010〕239号 and the county's list)."""

    MUST = "must"
    IF = "if"


MUST, IF = Need.MUST, Need.IF


@dataclass(frozen=True)
class Entry:
    """A kind of paper: `need` says nothing where it does not apply."""

    code: str
    title: str
    name: Callable[[Matter], str]
    write: Callable[[Matter], Paper]
    need: Callable[[Matter], Need | None]


@dataclass(frozen=True)
class Standing:
    """A paper in the file of one dispute: whether it must be there, and what it still lacks."""

    entry: Entry
    name: str
    need: Need
    missing: tuple[Field, ...]
    finals: tuple[Final, ...] = ()


# Somebody asked for mediation himself; otherwise the matter was passed on, and the form of acceptance is the first.
ASKED = (Channel.WINDOW, Channel.TELEPHONE)


def _asked(matter: Matter) -> bool:
    return matter.first_visit is not None and matter.first_visit.channel in ASKED


def _application(matter: Matter) -> Need | None:
    wanted = matter.is_committees and matter.nature is not Nature.COURT_ENTRUSTED and not refusal.is_declined(matter)
    return (MUST if _asked(matter) else IF) if wanted else None


def _acceptance(matter: Matter) -> Need | None:
    if refusal.is_declined(matter):
        return None
    return IF if _asked(matter) and matter.is_committees else MUST


def _when(condition: Callable[[Matter], object], need: Need) -> Callable[[Matter], Need | None]:
    return lambda matter: need if condition(matter) else None


def _named(name: str) -> Callable[[Matter], str]:
    return lambda _matter: name


def _sessions(matter: Matter) -> bool:
    return bool(matter.dispute.sessions)


def _accepted(matter: Matter) -> bool:
    return matter.dispute.accepted_at is not None


def _of_court(paper: CourtPaper) -> Entry:
    """A paper between house and court as one of the file."""

    def case(matter: Matter) -> CourtCase:
        if matter.court is None:
            raise LookupError("no matter of the court")
        return matter.court

    return Entry(
        paper.code,
        paper.title,
        _named(paper.name),
        lambda matter: paper.write(case(matter)),
        _when(lambda matter: matter.court and paper.may(matter.court) and paper.is_filed(matter.court), IF),
    )


INDEX: tuple[Entry, ...] = (
    Entry("cover", _("File cover"), _named(cover.NAME), cover.write, _when(_accepted, MUST)),
    Entry("contents", _("Contents of the file"), _named(contents.NAME), contents.write, _when(_accepted, MUST)),
    Entry("application", _("Application for mediation"), _named(application.NAME), application.write, _application),
    Entry("acceptance", _("Acceptance form"), _named(acceptance.NAME), acceptance.write, _acceptance),
    Entry("refusal", _("Notice of refusal"), _named(refusal.NAME), refusal.write, _when(refusal.is_declined, MUST)),
    Entry("rights", _("Notice of rights and duties"), _named(rights.NAME), rights.write,
          lambda matter: None if refusal.is_declined(matter) else MUST),
    Entry("authority", _("Power of attorney"), _named(authority.NAME), authority.write,
          _when(lambda matter: matter.represented(RepresentativeKind.AGENT), MUST)),
    Entry("address", _("Address for service"), _named(address.NAME), address.write,
          _when(lambda matter: not refusal.is_declined(matter), IF)),
    Entry("whistle", _("Whistle notice"), _named(whistle.NAME), whistle.write,
          _when(lambda matter: matter.callouts, IF)),
    Entry("arrival", _("Arrival sheet"), _named(arrival.NAME), arrival.write,
          _when(lambda matter: matter.callouts, IF)),
    Entry("opinion", _("Opinion of the unit"), _named(opinion.NAME), opinion.write, _when(opinion.arrived, IF)),
    Entry("inquiry", _("Investigation record"), _named(inquiry.NAME), inquiry.write, _when(_accepted, IF)),
    Entry("evidence", _("List of evidence"), _named(evidence.NAME), evidence.write,
          _when(lambda matter: matter.evidence(), IF)),
    Entry("record", _("Mediation record"), record.name, record.write, _when(_sessions, MUST)),
    Entry("agreement", _("Agreement in writing"), agreement.name, agreement.write,
          _when(lambda matter: matter.agreed(AgreementForm.WRITTEN), MUST)),
    Entry("oral", _("Register of oral agreements"), oral.name, oral.write,
          _when(lambda matter: matter.agreed(AgreementForm.ORAL), MUST)),
    Entry("termination", _("Notice of termination"), _named(termination.NAME), termination.write,
          _when(termination.ended, MUST)),
    Entry("receipt", _("Receipt of payment"), _named(receipt.NAME), receipt.write, _when(receipt.payments, IF)),
    Entry("follow-up", _("Follow-up record"), follow_up.name, follow_up.write,
          _when(lambda matter: matter.agreements, IF)),
    Entry("confirmation", _("Application for judicial confirmation"), _named(confirmation.NAME), confirmation.write,
          _when(confirmation.confirmable, IF)),
    Entry("review", _("Application for review of a labour agreement"), _named(review.NAME), review.write,
          _when(review.reviewable, IF)),
    Entry("payment-order", _("Application for an order for payment"), _named(payment_order.NAME),
          payment_order.write, _when(payment_order.owed, IF)),
    Entry("enforcement", _("Application for enforcement"), _named(enforcement.NAME), enforcement.write,
          _when(enforcement.enforceable, IF)),
    Entry("suit", _("Complaint to the court by elements"), _named(suit.NAME), suit.write, _when(suit.may_sue, IF)),
    *(_of_court(paper) for paper in FILED),
    Entry("closing", _("Closing report"), _named(closing.NAME), closing.write,
          _when(lambda matter: matter.dispute.closed_at, IF)),
    Entry("situation", _("Remarks on the file"), _named(situation.NAME), situation.write, _when(_accepted, IF)),
    Entry("back", _("Back cover"), _named(back.NAME), back.write, _when(_accepted, MUST)),
)  # fmt: skip
BY_CODE = {entry.code: entry for entry in INDEX}
# They stand around the file, not in its list of contents; what the parties bring stands in it beside our papers.
AROUND = ("cover", "contents", "back")
# The parties take these with them, or they are laid in only when used.
LOOSE = ("situation", "address", "acceptance", "review", "payment-order", "enforcement", "suit")
IDENTITY, EVIDENCE = "当事人身份证明材料", "证据材料"


def applicable(matter: Matter) -> list[tuple[Entry, Need]]:
    """The papers of this dispute as it stands now, in the order of the file."""
    return [(entry, need) for entry in INDEX if (need := entry.need(matter)) is not None]


def written(matter: Matter, entry: Entry) -> Paper:
    """The paper as the record stands now."""
    return entry.write(replace(matter, listed=contents_of(matter)))


def contents_of(matter: Matter) -> tuple[str, ...]:
    """What lies in the file, in order: our papers, and beside them what the parties brought."""
    names: list[str] = []
    for entry, need in applicable(matter):
        if entry.code in AROUND or (need is IF and entry.code in LOOSE):
            continue
        if entry.code == "inquiry" and not inquiry.finished(matter):
            continue
        names.append(entry.name(matter))
        if entry.code == "rights" and matter.has_identity():
            names.append(IDENTITY)
        if entry.code == "evidence":
            names.append(EVIDENCE)
    return tuple(names)


def shelf(matter: Matter) -> list[Standing]:
    """Every applicable paper with what it lacks."""
    return [Standing(entry, entry.name(matter), need, written(matter, entry).missing + lying(matter, entry),
                     finals(matter, entry)) for entry, need in applicable(matter)]  # fmt: skip


def lying(matter: Matter, entry: Entry) -> tuple[Field, ...]:
    """What has to lie in the file besides words: a written agreement signed, who agreed identified."""
    if entry.code == "agreement":
        labels = (label for signed in matter.agreed(AgreementForm.WRITTEN) for label in lacking(signed.session))
        return tuple(Field(label, "", SIGNING) for label in dict.fromkeys(labels))
    if entry.code == "contents" and matter.is_committees and matter.agreements and not matter.has_identity():
        return (Field(_("Proof of identity of the parties"), "", MATERIAL),)
    return ()


def finals(matter: Matter, entry: Entry) -> tuple[Final, ...]:
    """What of a paper is final: of each session that has one, in order."""
    return tuple(found for session in matter.dispute.sessions
                 if (found := matter.finals.get((session.id, entry.code))) is not None)  # fmt: skip


def fields(matter: Matter) -> dict[str, tuple[Field, ...]]:
    """Each paper's fields and the page on which each of them is entered."""
    return {entry.code: written(matter, entry).fields for entry, _need in applicable(matter)}
