"""串场 on the pages: every card of the unit, the dispute, the officer and the mediator read the same way."""

from datetime import timedelta

import pytest

from models.callout import ArrivalMethod, Callout, Officer
from models.visit_plan import plan
from security.links import token_for
from tests.support.boards import Poller, whole_whistle
from tests.support.cast import MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import visit

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

WAY = "调解三室 10:25 → 调解一室 10:50"


@pytest.fixture
def called_twice(cast: Cast, clock: Clock) -> tuple[Callout, Callout]:
    """The same unit in two rooms; not planned yet."""
    first = whole_whistle(cast, cast.registered(), "市场监管局", room="调解三室").callouts[0]
    return first, whole_whistle(cast, cast.registered(), "市场监管局", room="调解一室").callouts[0]


def planned(cast: Cast, clock: Clock, pair: tuple[Callout, Callout]) -> None:
    with cast.acting() as change:
        plan(change, [(pair[0], clock.now + timedelta(minutes=5)), (pair[1], clock.now + timedelta(minutes=30))])


def test_the_poll_brings_the_way_to_both_cards(cast: Cast, clock: Clock, called_twice) -> None:
    poller = Poller(cast.signed_in())
    planned(cast, clock, called_twice)
    answer = poller.ask()
    assert answer.text.count(WAY) == 2
    with cast.acting() as change:
        cast.room("调解二室").seat(change, called_twice[0].dispute)
    assert poller.ask().text.count("调解二室 10:25 → 调解一室 10:50") == 2


def test_who_is_called_to_one_room_only_has_no_way(cast: Cast, clock: Clock, called_twice) -> None:
    planned(cast, clock, called_twice)
    with cast.acting() as change:
        called_twice[1].stand_down(change, "已解决")
    assert "→" not in visit(cast.signed_in(), "/board").text


def test_the_dispute_and_the_mediator_see_the_way(cast: Cast, clock: Clock, called_twice) -> None:
    planned(cast, clock, called_twice)
    with cast.acting() as change:
        called_twice[0].arrive(change, ArrivalMethod.DESK)
    client = cast.signed_in(MEDIATOR)
    address = f"/disputes/{called_twice[0].dispute.reference}"
    assert WAY in visit(client, address).text
    assert WAY in visit(client, f"{address}/sessions/new").form("/sessions").submit().text


def test_the_officer_sees_the_way_and_nothing_of_the_other_matter(cast: Cast, clock: Clock, called_twice) -> None:
    planned(cast, clock, called_twice)
    page = visit(cast.signed_in("wanghaiyan"), "/my-callouts")
    assert page.text.count(WAY) == 2
    assert WAY in page.follow(f"/my-callouts/{called_twice[1].id}").text
    client, sealer = cast.app.test_client(), cast.app.extensions["sealer"]
    by_link = visit(client, f"/c/{token_for(sealer, called_twice[1])}")
    assert WAY in by_link.text
    assert called_twice[0].dispute.short_number not in by_link.text


def test_a_telephone_the_roster_knows_is_not_asked_for_in_the_next_room(cast: Cast, clock: Clock, called_twice) -> None:
    planned(cast, clock, called_twice)
    with cast.acting() as change:
        called_twice[0].arrive(change, ArrivalMethod.DESK, Officer("汪海燕", "股长"))
    page = visit(cast.app.test_client(), f"/c/{token_for(cast.app.extensions['sealer'], called_twice[1])}")
    form = page.form(f"/callouts/{called_twice[1].id}/arrival").tag
    name, phone = (form.find("input", {"name": field}) for field in ("name", "phone"))
    assert (name["value"], phone) == ("汪海燕", None)
