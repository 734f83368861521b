"""归档 waits until a written agreement lies there signed and scanned, 结案 does not; the oral one has its form."""

from datetime import date

from models.agreement import AgreementForm
from models.attachment import Attachment, AttachmentKind, attachments
from models.closing import close
from models.consent import Consent, Telling, tell_rights
from models.final_paper import FinalPaper
from models.lifecycle import ClosingType, DisputeStatus
from models.mediation import MediationSession
from models.signed import LINES, SCAN, TEXT, lacking
from models.signer import SignerRole
from models.signing import link_scan, refuse
from papers import index
from papers.blocks import Field
from tests.models.test_attachment import kept, uploaded
from tests.models.test_final_supplement import supplemented
from tests.models.test_ink import consent, ink, link
from tests.papers.test_index import matter
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.finals import agreed, final, sign
from transaction import db

pytestmark = only_sqlite


def scanned(cast: Cast, paper: FinalPaper) -> None:
    [scan] = uploaded(cast, paper.mediation.dispute)
    with cast.acting() as change:
        link_scan(change, paper, scan)


def missing_of(cast: Cast, session: MediationSession, code: str) -> tuple[Field, ...]:
    return next(one.missing for one in index.shelf(matter(cast, session.dispute)) if one.entry.code == code)


def listed(cast: Cast, session: MediationSession, code: str = "agreement") -> set[str]:
    """What the file's list of papers says of this one."""
    [paper] = [one for one in index.shelf(matter(cast, session.dispute)) if one.entry.code == code]
    assert paper.need is index.Need.MUST
    return {field.label for field in paper.missing} & {TEXT, LINES, SCAN}


def test_text_lines_and_scan_are_asked_for_one_after_the_other_and_closing_waits_for_none(cast: Cast) -> None:
    session = agreed(cast)
    assert listed(cast, session) == {TEXT, LINES, SCAN}
    with cast.acting() as change:
        close(change, session.dispute, ClosingType.SETTLED_WRITTEN, date(2026, 11, 23), date(2026, 12, 23))
    assert session.dispute.status is DisputeStatus.CLOSED
    paper = final(cast, session)
    assert listed(cast, session) == {LINES, SCAN}
    scanned(cast, paper)
    sign(cast, paper, SignerRole.PARTY, SignerRole.MEDIATOR)
    assert listed(cast, session) == {LINES}  # the committee's seal
    sign(cast, paper)
    assert listed(cast, session) == set()
    with cast.acting() as change:
        paper.scans[0].remove(change, "扫描不清")
    assert listed(cast, session) == {SCAN}


def test_a_further_version_is_waited_for_until_it_is_signed_or_refused(cast: Cast) -> None:
    first = final(cast)
    sign(cast, first)
    scanned(cast, first)
    second = supplemented(cast, first)
    assert lacking(first.mediation) == [LINES]
    with cast.acting(MEDIATOR) as change:
        refuse(change, second, second.signers[1], "不同意补充", "社区柴玉梅")
    assert lacking(first.mediation) == []
    sign(cast, second)
    assert lacking(first.mediation) == [SCAN]
    scanned(cast, second)
    assert lacking(first.mediation) == []


def test_strokes_on_a_screen_need_no_scan_but_a_seal_does(cast: Cast) -> None:
    paper = final(cast)
    parties = [one for one in paper.signers if one.is_party]
    consent(cast, paper)
    for one in parties:
        link(cast, paper, one)
        ink(cast, paper, one)
    sign(cast, paper, SignerRole.MEDIATOR, SignerRole.BODY)
    assert lacking(paper.mediation) == [SCAN]


def test_an_oral_agreement_needs_its_form_instead(cast: Cast) -> None:
    session = agreed(cast, form=AgreementForm.ORAL, performed_at_once=True)
    codes = {entry.code: need for entry, need in index.applicable(matter(cast, session.dispute))}
    assert codes["oral"] is index.Need.MUST
    assert "agreement" not in codes
    assert listed(cast, session, "oral") == set()


def test_whoever_sat_there_must_have_been_told_the_rights(cast: Cast) -> None:
    session = agreed(cast)
    told = "Told and consenting"
    assert [field.label for field in missing_of(cast, session, "rights")] == [told]
    with cast.acting(MEDIATOR) as change:
        tell_rights(change, session.dispute.parties[0], Telling.ALOUD, Consent.AGREES)
    db.session.expire_all()
    assert missing_of(cast, session, "rights") == ()


def test_whoever_agreed_is_identified_in_the_file(cast: Cast) -> None:
    session = agreed(cast)
    wanted = "Proof of identity of the parties"
    assert wanted in {field.label for field in missing_of(cast, session, "contents")}
    with cast.acting() as change:
        Attachment.upload(change, session.dispute, [kept()], AttachmentKind.IDENTITY)
    assert missing_of(cast, session, "contents") == ()
    with cast.acting() as change:
        attachments(db.session(), session.dispute)[0].remove(change, "他人证件")
    assert wanted in {field.label for field in missing_of(cast, session, "contents")}
