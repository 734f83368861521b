"""Signing by finger through the links: consent, a page for each signer, ink on the paper, links that die."""

from io import BytesIO

from docx import Document
from flask.testing import FlaskClient

from models.final_paper import FinalPaper
from models.signature import Signature
from models.signer import Signer
from security import links
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.finals import STROKES, agreed, final
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite


def opened_for_all(cast: Cast) -> Page:
    """Both sides agree, and the text is open for each of them."""
    paper = final(cast, agreed(cast))
    page = visit(cast.signed_in(MEDIATOR), f"/sessions/{paper.session_id}/signing")
    assert "/f/" not in page.html
    parties = [one.id for one in paper.signers if one.is_party]
    for signer_id in parties:
        page = page.form(f"/signers/{signer_id}/consent").submit(press="agrees")
    for signer_id in parties:
        page = page.form(f"/signers/{signer_id}/link").submit()
    return page


def addresses(page: Page) -> list[str]:
    return [link["href"].partition("localhost")[2] for link in page.soup.select(".fingers__link a")]


def phone(cast: Cast) -> FlaskClient:
    return cast.app.test_client()


def test_both_sides_sign_on_their_phones_and_the_ink_stands_on_the_paper(cast: Cast) -> None:
    page = opened_for_all(cast)
    first, second = addresses(page)
    for address, name in ((first, "宋佳"), (second, "甘州某健身馆")):
        text = visit(phone(cast), address)
        paper = db.session.query(FinalPaper).one()
        for part in (name, paper.text_hash[:16], "人民币100元", "此设备不能手写签名"):
            assert part in text.text, part
        assert "请在框内写下完整姓名" in text.form("/signature").submit(422, ink="M1 2L3 4", name=name).text
        done = text.form("/signature").submit(ink=STROKES, name=name)
        assert "已签名" in done.text
        assert "人民币" not in visit(phone(cast), address).text  # the link shows the text no more
    assert db.session.query(Signature).count() == 2
    page = visit(page.client, page.path)
    assert page.text.count("手写电子签名") >= 2
    dispute = paper.mediation.dispute.reference
    shown = visit(page.client, f"/disputes/{dispute}/papers/agreement")
    assert [path["d"] for path in shown.soup.select(".sheet__ink path")] == [STROKES] * 2
    drawn = Document(BytesIO(page.client.get(f"/disputes/{dispute}/papers/agreement/docx").data))
    assert len(drawn.inline_shapes) == 2


def test_sent_twice_it_is_signed_once_and_a_foreign_text_is_not_signed(cast: Cast) -> None:
    address = addresses(opened_for_all(cast))[0]
    client = phone(cast)
    form = visit(client, address).form("/signature")
    assert form.submit(409, ink=STROKES, name="宋佳", seen="0" * 64).status == 409
    form.submit(ink=STROKES, name="宋佳")
    again = client.post(form.tag["action"], data=dict(form.values()) | {"ink": STROKES})
    assert "已签名" in again.text
    assert db.session.query(Signature).count() == 1


def test_an_ended_link_a_wrong_one_and_a_house_without_network_open_nothing(cast: Cast) -> None:
    page = opened_for_all(cast)
    first, second = addresses(page)
    signer = db.session.query(Signer).order_by(Signer.id).first()
    assert signer is not None
    page.form(f"/signers/{signer.id}/link/end").submit()
    wrong = f"{second[:-2]}{'00' if second[-2:] != '00' else '11'}"
    for address in (first, wrong):
        assert "此链接已失效" in visit(phone(cast), address, 410).text
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    assert cast.centre.telephone in visit(phone(cast), second, 410).text
    assert links.signer_of(cast.app.extensions["sealer"], second.rpartition("/")[2]) is None


def test_in_a_matter_of_marriage_the_page_offers_paper(cast: Cast) -> None:
    paper = final(cast, agreed(cast, "离婚"))
    page = visit(cast.signed_in(MEDIATOR), f"/sessions/{paper.session_id}/signing")
    assert "电子签名法第三条" in page.text
    assert not page.soup.select("form[action*='/consent']")
    assert page.form("/signatures")
