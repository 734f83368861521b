"""The slip and the resident's page: a code of its own for each print, and nothing about anybody behind it."""

from datetime import date
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from sqlalchemy import select

from models.agreement import TermDraft
from models.codes import tidy_code
from models.conclusion import Outcome
from models.event import Event
from models.hand_over import HandOver, HandOverOrder
from models.natures import Nature
from models.person import Throttle
from tests.models.test_mediation import conclude, opened
from tests.support.cast import MEDIATOR, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

SECRETS = ("宋佳", "健身馆", "消费", "19000000032", "退还预付卡余额", "20261123-001")


def slip(cast: Cast, username: str = MEDIATOR) -> tuple[Page, str]:
    """A printed slip and the code on it."""
    dispute = cast.registered()
    client = cast.signed_in(username)
    page = visit(client, f"/visits/{dispute.visits[0].id}").form("/prints").submit()
    return page, tidy_code(page.soup.find("b", class_="sheet__code").get_text())


def test_the_slip_says_the_number_who_leads_the_step_and_the_code(cast: Cast) -> None:
    page, code = slip(cast)
    assert len(code) == 16
    for words in ("A001", "甘综-20261123-001", "甘州区综治中心", cast.centre.telephone):
        assert words in page.text
    assert page.soup.select_one("figure svg path")


def test_a_second_print_has_another_code_and_the_first_stays_good(cast: Cast) -> None:
    page, first = slip(cast)
    again = visit(page.client, page.path.removesuffix("/slip")).form("/prints").submit()
    second = tidy_code(again.soup.find("b", class_="sheet__code").get_text())
    assert first != second
    for code in (first, second):
        visit(cast.app.test_client(), f"/s/{code}")


def test_without_an_outside_network_the_slip_shows_no_address(cast: Cast) -> None:
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    page, _code = slip(cast)
    assert page.soup.select_one("figure") is None


def test_before_the_first_print_there_is_no_slip(cast: Cast) -> None:
    number = cast.registered().visits[0].id
    assert visit(cast.signed_in(), f"/visits/{number}/slip").path == f"/visits/{number}"
    visit(cast.signed_in(SECURITY), f"/visits/{number}/slip", 403)


def test_the_code_opens_the_step_and_nothing_about_anybody(cast: Cast) -> None:
    _page, code = slip(cast)
    for page in (
        visit(cast.app.test_client(), f"/s/{code}"),
        visit(cast.app.test_client(), "/status").form("/status").submit(200, code=f"{code[:4]}-{code[4:].lower()}"),
    ):
        assert cast.centre.telephone in page.text
        assert not [secret for secret in SECRETS if secret in page.html]
        assert page.response.headers["Cache-Control"] == "no-store"


def test_after_a_hand_over_both_name_the_unit_and_the_day_and_only_the_slip_the_person(cast: Cast) -> None:
    dispute = cast.registered()
    unit = cast.unit("市场监管局")
    with cast.acting() as change:
        dispute.accept(change)
    with cast.acting() as change:
        HandOver.make(change, dispute, HandOverOrder(unit.id, "张立群", date(2026, 11, 30)))
    printed = visit(cast.signed_in(), f"/visits/{dispute.visits[0].id}").form("/prints").submit()
    assert "张立群" in printed.text
    assert "11月30日" in printed.text
    code = tidy_code(printed.soup.find("b", class_="sheet__code").get_text())
    shown = visit(cast.app.test_client(), f"/s/{code}")
    assert "市场监管局" in shown.text
    assert "11月30日" in shown.text
    assert "张立群" not in shown.html


def test_wrong_and_unknown_codes_get_the_same_answer_then_none(cast: Cast, clock) -> None:
    _page, code = slip(cast)
    client = cast.app.test_client()
    unknown = visit(client, "/s/7Q4M0ZK293HT5WXN", 404)
    malformed = visit(client, "/s/x", 404)
    assert unknown.text == malformed.text
    form = visit(client, "/status").form("/status")
    for _time in range(3):
        form.submit(404, code="0000-0000-0000-0000")
    form.submit(429, code="0000-0000-0000-0000")
    visit(client, f"/s/{code}", 429)
    assert db.session.scalars(select(Throttle)).one().failures == 5
    assert db.session.scalars(select(Event).where(Event.stream == "security")).all()
    clock.advance(seconds=61)
    visit(client, f"/s/{code}")


def test_the_slip_carries_the_card_of_rights_and_can_be_printed_large(cast: Cast) -> None:
    session = opened(cast, "拖欠工资", Nature.INDUSTRY, "甘州区劳动争议人民调解委员会")
    terms = [TermDraft(date(2026, 12, 1), payer="甘州某健身馆", payee="宋佳", amount_fen=900_00)]
    conclude(cast, session, Outcome.AGREED, terms=terms)
    number = session.dispute.visits[0].id
    slip = visit(cast.signed_in(), f"/visits/{number}").form("/prints").submit()
    for part in ("权利期限卡", "最迟", "劳动人事争议仲裁委员会", "人民法院", "诉讼时效"):
        assert part in slip.text, part
    assert "sheet--large" not in slip.html
    assert "sheet--large" in visit(cast.signed_in(), f"/visits/{number}/slip?print=large").html


def test_the_slip_is_a_document_too(cast: Cast) -> None:
    number = cast.registered().visits[0].id
    desk = cast.signed_in()
    assert visit(desk, f"/visits/{number}/slip/docx").path == f"/visits/{number}"  # nothing printed yet
    shown = visit(desk, f"/visits/{number}").form("/prints").submit()
    document = Document(BytesIO(desk.get(f"/visits/{number}/slip/docx").data))
    said = "".join(run.text or "" for run in document.element.body.iter(qn("w:t")))
    for value in (*(cell.get_text() for cell in shown.soup.select("article td, article th")), "调解自愿、免费"):
        assert value in said, value
    assert len(document.inline_shapes) == 1
    assert cast.signed_in(SECURITY).get(f"/visits/{number}/slip/docx").status_code == 403
