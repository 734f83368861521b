"""Signing through its pages: made final, signed on paper, scanned; what the pages say about it."""

import io

import pytest

from models.final_paper import FinalPaper
from models.mediation import MediationSession
from tests.support import papers
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.finals import agreed
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite


def signing(cast: Cast, session: MediationSession, who: str = MEDIATOR) -> Page:
    return visit(cast.signed_in(who), f"/sessions/{session.id}/signing")


def made_final(page: Page) -> Page:
    return page.form(f"{page.path.rpartition('/')[0]}/final-papers", "定稿").submit()


def test_an_agreement_is_made_final_signed_on_paper_and_scanned(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    session = agreed(cast)
    reference, number = session.dispute.reference, session.id
    page = visit(cast.signed_in(MEDIATOR), f"/sessions/{number}")
    assert "文号 (2026)甘州人调字第" in page.text
    assert "打印签字" in page.text
    page = page.follow("/signing")
    assert "还缺" in page.text
    printed = f"/disputes/{reference}/papers/agreement"
    assert "请先定稿再签署" in visit(page.client, printed).text
    page = made_final(page)
    assert "请先定稿再签署" not in visit(page.client, printed).text
    paper = db.session.query(FinalPaper).one()
    for part in ("第1版", paper.text_hash[:16], "宋佳", "甘州某健身馆", "甘州区人民调解委员会", "尚未签署",
                 "人民调解法第二十九条"):  # fmt: skip
        assert part in page.text, part
    final_text = visit(page.client, f"/final-papers/{paper.id}")
    assert f"定稿第1版，文本校验值{paper.text_hash[:16]}" in final_text.text
    assert paper.text_hash[:16] in visit(page.client, f"/disputes/{reference}/papers/agreement").text
    page = visit(page.client, f"{page.path}?all=1").form("/signatures").submit()
    assert "自11月23日起生效" in page.text.replace(" ", "")
    scan = page.follow("/scan").form("/scan")
    data = dict(scan.values()) | {"title": "签字协议书", "files": (io.BytesIO(papers.pdf(1)), "协议书.pdf")}
    answer = page.client.post(scan.tag["action"], data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    monkeypatch.setattr("blueprints.attachments.intake.MOST_A_MINUTE", 1)
    again = {**data, "submission": "0" * 32, "files": (io.BytesIO(papers.pdf(1)), "协议书.pdf")}
    refused = page.client.post(scan.tag["action"], data=again, content_type="multipart/form-data")
    assert refused.status_code == 429  # scans count among what a person sends within a minute
    assert "签字协议书" in visit(page.client, answer.headers["Location"]).text
    assert "打印签字" not in visit(page.client, f"/sessions/{number}").text
    card = visit(page.client, f"/disputes/{reference}").soup
    assert "签名并按指印" in card.find(id="signing").get_text(" ")
    listed = card.find(id="papers").get_text(" ")
    assert "已定稿" in listed
    assert paper.text_hash[:8] in listed


def test_the_text_that_is_kept_is_the_one_that_was_read(cast: Cast) -> None:
    session = agreed(cast)
    page = signing(cast, session)
    party = session.dispute.parties[0]
    with cast.acting() as change:
        party.edit(change, party.version, address="甘泉社区")
    assert "文本已有改动" in page.form("/final-papers").submit(409).text
    assert db.session.query(FinalPaper).count() == 0


def test_whoever_has_not_signed_stays_open_and_a_wrong_day_is_said_at_its_field(cast: Cast) -> None:
    page = made_final(signing(cast, agreed(cast)))
    form = page.form("/signatures")
    first = next(name for name, _value in form.values() if name.startswith("way_"))
    refused = form.submit(422, **{first: "fingerprint", "signed_on": "2026-11-01"})
    assert "签署日期应在2026-11-23至今日之间" in refused.text
    page = form.submit(**{first: "fingerprint"})
    assert "按指印" in page.text
    assert page.text.count("尚未签署") >= 3
    page = page.form("/strikes").submit(reason="对方尚未到场")
    assert "误记，已划去" in page.text
    assert "对方尚未到场" in page.text


def test_the_recorder_notes_signatures_but_the_mediator_makes_final(cast: Cast) -> None:
    session = agreed(cast)
    page = signing(cast, session, CLERK)
    assert not page.soup.select("form[action$=final-papers]")
    made_final(signing(cast, session))
    assert signing(cast, session, CLERK).form("/signatures")
    assert cast.signed_in("zhangyaru").get(f"/sessions/{session.id}/signing").status_code == 404


def test_a_reading_and_a_refusal_are_noted_and_what_follows_is_said(cast: Cast) -> None:
    page = made_final(signing(cast, agreed(cast)))
    form = page.form("/readings")
    assert "见证人" in form.submit(422, reader="罗志明").text
    page = form.submit(witness="柴玉梅")
    assert "见证人 柴玉梅" in page.text
    page = page.form("/refusals").submit(reason="不认可金额", present="社区柴玉梅")
    for part in ("拒绝签名", "不认可金额", "社区柴玉梅", "书面协议不生效", "人民调解法第二十六条"):
        assert part in page.text, part
    assert "已告知" in page.form("/end").submit(422).text
    page = page.form("/end").submit(routes_told="y")
    assert "协议未签署，不生效" in page.text


def test_supplements_of_agreement_and_record_become_second_versions(cast: Cast) -> None:
    session = agreed(cast)
    page = made_final(made_final(signing(cast, session)))
    assert not page.soup.select("form[action$=final-papers]")
    form = page.follow("/supplements/new").form("/supplements")
    assert "或变更一项约定" in form.submit(422, reason="漏写押金").text
    unclear = {"ended": str(session.agreement.terms[0].id), "rows-0-payer": "甘州某健身馆",
               "rows-0-act": "尽快退还押金", "rows-0-due_on": "2027-01-15", "reason": "漏写押金"}  # fmt: skip
    assert "尽快" in form.submit(422, **unclear).text
    page = form.submit(words="另退押金50元。", **unclear | {"rows-0-act": "退还押金50元"})
    assert page.text.count("第2版") >= 1
    assert "2项约定" in page.text
    text = visit(page.client, f"/disputes/{session.dispute.reference}/papers/agreement").text
    for part in ("不再履行", "2027年1月15日前退还押金50元", "另退押金50元"):
        assert part in text, part
    first = db.session.query(FinalPaper).filter_by(kind="agreement", version=1).one()
    old = page.follow(f"/final-papers/{first.id}", "第1版")
    assert "另退押金" not in old.text
    assert "其后已补充" in old.text
    record = visit(page.client, f"/sessions/{session.id}/record").form("/supplements")
    record.submit(words="应为九个月", reason="笔误")
    page = signing(cast, session)
    assert "有1处补正尚未写入定稿文本" in page.text
    made_final(page)
    second = db.session.query(FinalPaper).filter_by(kind="record", version=2).one()
    assert "应为九个月" in visit(page.client, f"/final-papers/{second.id}").text
