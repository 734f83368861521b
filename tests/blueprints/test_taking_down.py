"""What is taken down beside the session, through its pages: drafts, rights, who comes, the record read out."""

import pytest

from models.conclusion import Conclusion, Ground, Outcome
from models.consent import Consent, Telling
from models.draft import statement_drafts
from models.mediation import MediationSession
from models.participant import Invitee
from models.record_reading import ReadingWay
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


@pytest.fixture
def page(cast: Cast) -> Page:
    """The page of a session the mediator has just opened, with one statement."""
    opening = visit(cast.signed_in(MEDIATOR), f"/disputes/{cast.registered().reference}/sessions/new")
    return opening.form("/sessions").submit().form("/statements").submit(speaker="宋佳", words="请求退还。")


def the_session() -> MediationSession:
    db.session.expire_all()
    return db.session.query(MediationSession).order_by(MediationSession.id.desc()).first()


def keep(page: Page, words: str, **headers: str) -> object:
    """What the page sends while somebody types."""
    form = page.form("/statements")
    data = {**dict(form.values()), "words": words}
    return page.client.post(f"{page.path}/draft", data=data, headers=headers)


def test_words_that_were_typed_are_offered_again_to_whoever_typed_them(page: Page) -> None:
    assert keep(page, "同意退").status_code == 303
    answer = keep(page, "同意退款", **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.get_data(as_text=True)
    again = visit(page.client, page.path)
    assert again.soup.select_one("#words").get_text().strip() == "同意退款"
    after = again.form("/statements").submit()
    assert after.soup.select_one("#words").get_text().strip() == ""
    assert [one.text for one in the_session().statements] == ["请求退还。", "同意退款"]


def test_the_recorder_who_takes_over_goes_on_with_the_words_of_the_mediator(cast: Cast, page: Page) -> None:
    keep(page, "我方愿意分期")
    recorder = visit(cast.signed_in(CLERK), page.path)
    assert recorder.soup.select_one("#words").get_text().strip() == ""
    assert "我方愿意分期" in recorder.text
    taken = recorder.form("/draft/take-over").submit()
    assert taken.soup.select_one("#words").get_text().strip() == "我方愿意分期"
    assert [draft.by_id for draft in statement_drafts(db.session(), the_session())] == [cast.person(CLERK).id]


def test_one_tap_tells_a_party_and_a_refusal_offers_the_other_ways(page: Page) -> None:
    page = page.form("/rights").submit(press="agrees")
    page = page.form("/rights").submit(press="refuses")
    said = [party.rights_notices[-1] for party in the_session().dispute.parties]
    assert [(one.told, one.consent) for one in said] == [
        (Telling.PAPER, Consent.AGREES), (Telling.PAPER, Consent.REFUSES)
    ]  # fmt: skip
    assert page.path.startswith("/sessions/")
    assert page.soup.select_one("#main .notice.is-wait li")


def test_the_page_of_a_party_notes_language_and_interpreter_and_keeps_every_telling(page: Page) -> None:
    rights = page.follow("/rights")
    rights = rights.form("/rights").submit(press="refuses", told="telephone")
    rights = rights.form("/rights").submit(press="agrees", told="aloud", language="藏语", interpreter="卓玛")
    assert "卓玛" in rights.text
    assert len(the_session().dispute.parties[0].rights_notices) == 2
    wrong = rights.form("/rights").submit(status=422, press="agrees", told="by pigeon")
    assert wrong.soup.select_one("#told-error")


def test_somebody_comes_in_with_the_parties_consent_and_goes_again(page: Page) -> None:
    coming = page.follow("/participants/new")
    refused = coming.form("/participants").submit(status=422, name="柴玉梅", invitee="neighbour")
    assert refused.soup.select_one("#parties_consent-error")
    page = refused.form("/participants").submit(parties_consent="y")
    neighbour = the_session().participants[-1]
    assert (neighbour.name, neighbour.invitee, neighbour.capacity) == ("柴玉梅", Invitee.NEIGHBOUR, "")
    assert "邻里" in page.soup.select_one("#present").text
    page = page.form(f"/participants/{neighbour.id}/leave").submit()
    assert the_session().participants[-1].left_at is not None
    assert "柴玉梅" not in [option["value"] for option in page.soup.select("#speaker option")]


def test_the_record_is_read_out_confirmed_frozen_and_supplemented(cast: Cast, page: Page) -> None:
    record = page.follow("/record")
    assert "请求退还。" in record.text
    record = record.form("/readings").submit(press="aloud")
    one, *_rest = the_session().readings
    assert (one.way, one.statements) == (ReadingWay.ALOUD, 1)
    interpreted = record.form("/readings", button="翻译" if "翻译" in record.text else "interpreter")
    assert interpreted.submit(status=422, press="interpreter").soup.select_one(".error-summary, [role=alert]")
    session = the_session()
    with cast.acting(MEDIATOR) as change:
        end = Conclusion(Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True)
        session.conclude(change, session.version, end)
    record = visit(page.client, record.path)
    assert the_session().record_hash in record.text
    record.form("/supplements").submit(status=422, words="应为 5690 元")
    line = the_session().statements[0].id
    after = record.form("/supplements").submit(words="应为 5690 元", reason="听错", statement=line)
    assert "应为 5690 元" in after.soup.select_one(f"#statement-{line}").get_text()
    assert "请求退还。" in after.text


def test_who_may_only_read_is_given_no_form(cast: Cast, page: Page) -> None:
    reader = visit(cast.signed_in("weiguodong"), f"{page.path}/record")
    assert not reader.soup.select("#readings form")
    token = page.soup.select_one("meta[name=csrf-token]")["content"]
    foreign = cast.signed_in("weiguodong").post(f"{page.path}/draft", data={"csrf_token": token})
    assert foreign.status_code in (400, 403)


def test_what_does_not_exist_is_not_found(page: Page) -> None:
    for path in ("/sessions/999999/record", "/parties/999999/rights", "/sessions/999999/participants/new"):
        assert page.client.get(path).status_code == 404
