"""Investigations and recusals through their pages."""

import pytest

from models.investigation import Investigation
from models.recusal import Recusal
from tests.support.cast import CLERK, LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(cast: Cast) -> Page:
    """The page of a draft the mediator has just begun."""
    new = visit(cast.signed_in(MEDIATOR), f"/disputes/{cast.registered().reference}/investigations/new")
    return new.form("/investigations").submit(at="00:01")


def newest() -> Investigation:
    db.session.expire_all()
    return db.session.query(Investigation).order_by(Investigation.id.desc()).first()


def type_in(page: Page, words: str, **typed: str) -> object:
    form = page.form("/investigations/")
    data: dict[str, list[str]] = {}
    for name, value in form.values():
        data.setdefault(name, []).append(value)
    data |= {"text": [words]} | {name: [value] for name, value in typed.items()}
    return page.client.post(page.path, data=data, headers=HTMX)


def test_what_is_typed_is_saved_on_the_way_and_answered_with_the_next_version(page: Page) -> None:
    answer = type_in(page, "问:何时停业?")
    assert answer.status_code == 200
    assert f'value="{newest().version}" hx-swap-oob' in answer.get_data(as_text=True)
    assert [save.text for save in newest().saves] == ["问:何时停业?"]
    assert "问:何时停业?" in visit(page.client, page.path).soup.select_one("#text").get_text()


def test_a_save_that_cannot_be_taken_says_so_and_the_text_stays_in_the_browser(page: Page) -> None:
    answer = type_in(page, "问", place="")
    assert answer.status_code == 422
    assert newest().text == ""


def test_without_javascript_the_button_saves(page: Page) -> None:
    after = page.form("/investigations/").submit(text="问:何时停业?", relation="法定代表人")
    assert newest().text == "问:何时停业?"
    assert after.soup.select_one("#relation")["value"] == "法定代表人"


def test_two_who_write_see_both_texts(cast: Cast, page: Page) -> None:
    other = visit(cast.signed_in(CLERK), page.path)
    other.form("/investigations/").submit(text="记录人所写")
    assert type_in(page, "调解员所写").status_code == 409
    conflict = page.form("/investigations/").submit(status=409, text="调解员所写")
    assert "记录人所写" in conflict.text
    conflict.form("/investigations/").submit()
    assert newest().text == "调解员所写"


def test_finished_it_has_no_form_and_can_be_supplemented(page: Page) -> None:
    done = page.form("/investigations/").submit(press="1", text="问:何时停业?答:上月。")
    assert newest().finished_at is not None
    assert not done.soup.select("#text")
    assert newest().text_hash in done.text
    assert type_in(page, "改写").status_code == 409
    first = newest().id
    second = done.follow("supplements=").form("/investigations").submit(at="00:02", text="补充。")
    assert newest().supplements_id == first
    assert second.link(f"/investigations/{first}")


def test_nobody_is_asked_without_an_investigator(cast: Cast) -> None:
    new = visit(cast.signed_in(MEDIATOR), f"/disputes/{cast.registered().reference}/investigations/new")
    wrong = new.form("/investigations").submit(status=422, investigators=None, at="00:01")
    assert wrong.soup.select_one("#investigators-error")


# -- recusal --------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(cast: Cast) -> Page:
    """A party has asked that the mediator withdraws."""
    reference = cast.registered().reference
    client = cast.signed_in(MEDIATOR)
    visit(client, f"/disputes/{reference}/sessions/new").form("/sessions").submit()
    return visit(client, f"/disputes/{reference}/recusals/new").form("/recusals").submit(duty="mediator", ground="kin")


def test_the_leader_finds_the_request_and_grants_it(cast: Cast, asked: Page) -> None:
    assert not asked.soup.select("form[action*='/recusals/']")
    sitting = f"/sessions/{db.session.query(Recusal).one().dispute.sessions[-1].id}"
    assert "有回避申请待值班领导决定" in visit(asked.client, sitting).text
    work = visit(cast.signed_in(LEADER), "/")
    decided = work.follow("/recusals/").form("/recusals/", "指派" if "指派" in work.html else "").submit()
    recusal = db.session.query(Recusal).one()
    db.session.expire_all()
    assert recusal.granted
    assert recusal.dispute.sessions[-1].mediator_id == recusal.successor_id
    assert not decided.soup.select("form[action*='/recusals/']")
    assert "有回避申请" not in visit(asked.client, sitting).text


def test_a_refusal_needs_its_reason(cast: Cast, asked: Page) -> None:
    page = visit(cast.signed_in(LEADER), asked.path)
    form = next(tag for tag in page.soup.select("form[action*='/recusals/']") if tag.select("[name=reason]"))
    data = {tag["name"]: tag.get("value", "") for tag in form.select("input")}
    assert page.client.post(asked.path, data=data).status_code == 422
    assert page.client.post(asked.path, data={**data, "reason": "并非近亲属"}).status_code == 303
    db.session.expire_all()
    assert db.session.query(Recusal).one().granted is False


def test_nobody_but_leader_and_manager_decides(cast: Cast, asked: Page) -> None:
    client = cast.signed_in(CLERK)
    token = visit(client, asked.path).soup.select_one("meta[name=csrf-token]")["content"]
    assert client.post(asked.path, data={"csrf_token": token, "verdict": "refuse", "reason": "x"}).status_code == 403
