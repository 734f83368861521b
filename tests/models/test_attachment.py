"""The list of evidence: numbers, quota, corrections, removal; what the record keeps of it."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from models.attachment import MEGABYTE, Attachment, AttachmentKind, KeptFile, attachments, held
from models.dispute import Dispute
from models.errors import RuleBroken, Stale, TooLarge
from models.event import Event
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from tests.support.cast import Cast
from transaction import db, writing

EVIDENCE = AttachmentKind.EVIDENCE


def kept(name: str = "借条.jpg", size: int = 2000, preview: bool = True) -> KeptFile:
    """As if it lay in the store."""
    uid = uuid4().hex
    return KeptFile(uid, name, "image/jpeg", size, uid * 2, uid * 2, uid[::-1] * 2 if preview else None, 1)


def uploaded(cast: Cast, dispute: Dispute, *files: KeptFile, title: str = "", source: str = "") -> list[Attachment]:
    with cast.acting() as change:
        return Attachment.upload(change, dispute, files or [kept()], EVIDENCE, title, source)


def events(dispute: Dispute, kind: EventKind) -> list[Event]:
    rows = select(Event).where(Event.stream == dispute.stream, Event.kind == kind).order_by(Event.seq)
    return list(db.session.scalars(rows))


def test_material_is_numbered_within_its_dispute_and_called_as_its_file(cast: Cast) -> None:
    first, other = cast.registered(), cast.registered()
    uploaded(cast, first, kept("借条.jpg"), kept("收据 2.pdf"), kept("无后缀"))
    uploaded(cast, other)
    uploaded(cast, first, kept(), title="  录音 文字 ")
    rows = attachments(db.session(), first)
    assert [(row.number, row.title) for row in rows] == [(1, "借条"), (2, "收据 2"), (3, "无后缀"), (4, "录音 文字")]
    assert [row.number for row in attachments(db.session(), other)] == [1]


def test_several_under_one_title_are_told_apart(cast: Cast) -> None:
    rows = uploaded(cast, cast.registered(), kept(), kept(), title="现场照片", source=" 宋佳 ")
    assert [(row.title, row.source) for row in rows] == [("现场照片 1", "宋佳"), ("现场照片 2", "宋佳")]


def test_nothing_is_not_an_upload(cast: Cast) -> None:
    dispute = cast.registered()
    with pytest.raises(RuleBroken, match="at least one"), cast.acting() as change:
        Attachment.upload(change, dispute, [], EVIDENCE)


def test_the_quota_of_a_dispute_is_a_setting_and_refuses_all_or_none(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        cast.centre.change_setting(change, "dispute_megabytes", 3)
    [first] = uploaded(cast, dispute, kept(size=2 * MEGABYTE))
    with pytest.raises(TooLarge, match="3 MB"):
        uploaded(cast, dispute, kept(size=MEGABYTE // 2), kept(size=MEGABYTE))
    assert held(db.session(), dispute) == 2 * MEGABYTE
    uploaded(cast, dispute, kept(size=MEGABYTE))
    with cast.acting() as change:
        first.remove(change, "重复")
    assert held(db.session(), dispute) == MEGABYTE
    uploaded(cast, dispute, kept(size=2 * MEGABYTE))
    assert [row.number for row in attachments(db.session(), dispute)] == [1, 2, 3]


def test_a_file_must_fit_into_one_form(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="1 and 20"), cast.acting() as change:
        cast.centre.change_setting(change, "file_megabytes", 21)


def test_the_record_holds_to_the_content_and_names_nobody(cast: Cast) -> None:
    dispute = cast.registered()
    [row] = uploaded(cast, dispute, kept("宋佳的借条.jpg"), source="宋佳")
    [event] = events(dispute, EventKind.ATTACHMENT_UPLOAD)
    assert event.particulars == {"number": 1, "material": "evidence", "digest": row.sha256[:32]}
    assert (event.subject_kind, event.subject_id) == ("attachment", row.id)


def test_an_entry_is_corrected_and_the_file_stays(cast: Cast) -> None:
    dispute = cast.registered()
    [row] = uploaded(cast, dispute)
    before = (row.address, row.sha256, row.size, row.name)
    with cast.acting() as change:
        row.retitle(change, 1, kind=AttachmentKind.IDENTITY, title="身份证", source="宋佳", pages=2)
    with cast.acting() as change:
        row.retitle(change, 2, kind=AttachmentKind.IDENTITY, title="身份证", source="宋佳", pages=2)
    assert (row.version, row.title, row.pages, row.is_previewed) == (2, "身份证", 2, False)
    assert (row.address, row.sha256, row.size, row.name) == before
    [event] = events(dispute, EventKind.ATTACHMENT_EDIT)
    assert event.particulars["fields"] == ["kind", "pages", "source", "title"]


@pytest.mark.parametrize(("title", "pages", "words"), [(" ", 1, "called"), ("a", 0, "between"), ("a", 5001, "between")])
def test_an_entry_needs_a_title_and_a_number_of_pages_that_can_be(
    cast: Cast, title: str, pages: int, words: str
) -> None:
    [row] = uploaded(cast, cast.registered())
    with pytest.raises(RuleBroken, match=words), cast.acting() as change:
        row.retitle(change, 1, kind=EVIDENCE, title=title, source="", pages=pages)


def test_nobody_overwrites_an_entry_silently(cast: Cast) -> None:
    [row] = uploaded(cast, cast.registered())
    for title in ("一", "二"):
        try:
            with cast.acting() as change:
                row.retitle(change, 1, kind=EVIDENCE, title=title, source="", pages=None)
        except Stale:
            assert title == "二"
    assert row.title == "一"


def test_what_is_removed_stays_in_the_list_with_the_reason(cast: Cast) -> None:
    dispute = cast.registered()
    [row] = uploaded(cast, dispute)
    with pytest.raises(RuleBroken, match="reason"), cast.acting() as change:
        row.remove(change, "  ")
    for _twice in range(2):
        with cast.acting() as change:
            row.remove(change, "传错了案件")
    [listed] = attachments(db.session(), dispute)
    assert (listed.removal_reason, listed.removed_by.name, listed.is_previewed) == ("传错了案件", "许文静", False)
    [event] = events(dispute, EventKind.ATTACHMENT_REMOVE)
    assert event.particulars == {"number": 1, "material": "evidence"}
    with pytest.raises(RuleBroken, match="removed"), cast.acting() as change:
        row.retitle(change, row.version, kind=EVIDENCE, title="a", source="", pages=None)


def test_the_file_of_an_archived_dispute_is_no_longer_changed(cast: Cast) -> None:
    dispute = cast.registered()
    [row] = uploaded(cast, dispute)
    with writing() as session:
        session.get(Dispute, dispute.id).status = DisputeStatus.ARCHIVED
    with pytest.raises(RuleBroken, match="archived"):
        uploaded(cast, dispute)
    with pytest.raises(RuleBroken, match="archived"), cast.acting() as change:
        row.remove(change, "传错")
    with pytest.raises(RuleBroken, match="archived"), cast.acting() as change:
        row.retitle(change, 1, kind=EVIDENCE, title="a", source="", pages=None)
