"""What the district is asked: on its leader's start page, answered there, told on the card and in the file."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.coordination import Coordination
from models.ladder import Step, take
from tests.support.boards import Poller, whole_whistle
from tests.support.cast import LEADER, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

DISTRICT = "qidongsheng"
WORDS = "已通知分管领导，二十分钟内到场"


@pytest.fixture
def asked(cast: Cast, clock: Clock) -> Coordination:
    callout = whole_whistle(cast, cast.registered(), "住建局").callouts[0]
    clock.now = callout.due_at + timedelta(minutes=30)
    with cast.acting(LEADER) as change:
        take(change, callout, Step.COORDINATION)
    return db.session.scalars(select(Coordination)).one()


def test_the_leader_of_the_district_finds_it_and_ends_it(cast: Cast, asked: Coordination) -> None:
    dispute, client = asked.callout.dispute, cast.signed_in(DISTRICT)
    start = visit(client, "/")
    assert "提请区级协调" in start.text
    assert f"住建局 {dispute.short_number}" in start.text
    page = start.follow(f"/coordinations/{asked.id}")
    assert "退还预付卡余额" in page.text
    assert "宋佳" not in page.text
    assert dispute.number in page.follow(f"/disputes/{dispute.reference}").text
    poller = Poller(cast.signed_in())
    page.form("/arrangement").submit(422, words="")
    after = page.form("/arrangement").submit(words=WORDS)
    assert WORDS in after.text
    assert not after.soup.select("form[action$='/arrangement']")
    assert f"/coordinations/{asked.id}" not in visit(client, "/").html
    assert WORDS in poller.ask().text
    course = visit(cast.signed_in(), f"/disputes/{dispute.reference}").soup.select_one("#course").get_text()
    assert "齐东升" in course
    assert WORDS in course


def test_the_card_says_that_the_district_was_asked(cast: Cast, asked: Coordination) -> None:
    assert "已提请区级协调" in visit(cast.signed_in(), "/board").text


def test_nobody_else_finds_it(cast: Cast, asked: Coordination) -> None:
    for username in (LEADER, "caihongwei"):
        client = cast.signed_in(username)
        assert f"/coordinations/{asked.id}" not in visit(client, "/").html
        visit(client, f"/coordinations/{asked.id}", 404)
    visit(cast.signed_in(), f"/coordinations/{asked.id}", 403)
