"""What waits for the duty leader's word goes to his telephone, and after three minutes to the deputy's."""

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer

from messages.reminders import climb
from models.callout import Callout
from models.clock import local_day
from models.duty import Turn, enter
from models.ladder import Step, take
from models.objection import Objection, ObjectionChannel
from models.outbox import DEPUTY, LEADER, Message, MessageState
from models.referral_course import EndGround
from models.referral_end import Report, fail
from models.sending import Reason
from tests.support.cast import LEADER as DUTY_LEADER
from tests.support.cast import Cast
from tests.support.channels import bodies, gateway, work
from tests.support.clock import Clock
from tests.support.court import in_mediation
from tests.support.databases import only_sqlite
from transaction import db

PHONES = {"leader": "19000000071", "deputy": "19000000072"}


@pytest.fixture
def callout(cast: Cast, clock: Clock, httpserver: HTTPServer) -> Callout:
    """A silent unit; the house has a gateway for short messages and knows who leads and who stands in today."""
    httpserver.expect_request("/sms").respond_with_data("ok")
    cast.app.config["PUBLIC_URL"] = "https://zz.example"
    leader = cast.person(DUTY_LEADER).name
    with cast.acting() as change:
        enter(change, cast.centre.unit, local_day(clock.now), Turn(leader, "", PHONES["leader"]),
              Turn("景春生", "", PHONES["deputy"]))  # fmt: skip
    whistled = cast.whistled("水务局").callouts[0]
    gateway(cast, httpserver.url_for("/sms"), to_phone=True)
    return whistled


def objected(cast: Cast, callout: Callout) -> Objection:
    with cast.acting() as change:
        Objection.raise_for(change, callout, "三定方案里没有", "", ObjectionChannel.TELEPHONE)
    return callout.objections[0]


def rung(httpserver: HTTPServer) -> list[str]:
    return [body["to"] for body in bodies(httpserver)]


def test_an_objection_reaches_the_leader_at_once_and_the_deputy_after_three_minutes(
    cast: Cast, clock: Clock, callout: Callout, httpserver: HTTPServer
) -> None:
    objected(cast, callout)
    work(cast)
    assert rung(httpserver) == [PHONES["leader"]]
    clock.advance(minutes=3, seconds=1)
    work(cast)
    assert rung(httpserver) == [PHONES["leader"], PHONES["deputy"]]


def test_the_message_names_no_matter_and_its_link_opens_the_leaders_own_page(
    cast: Cast, callout: Callout, httpserver: HTTPServer
) -> None:
    objected(cast, callout)
    work(cast)
    [body] = bodies(httpserver)
    assert "三定" not in str(body)
    assert "水务局" not in str(body)
    assert cast.centre.telephone in body["text"]
    assert cast.app.test_client().get(body["link"].removeprefix("https://zz.example")).status_code == 200


@only_sqlite
def test_suspicion_of_sham_mediation_is_told_without_a_word_of_the_matter(
    cast: Cast, callout: Callout, httpserver: HTTPServer
) -> None:
    referral = in_mediation(cast)
    with cast.acting() as change:
        fail(change, referral, referral.version, Report(EndGround.SHAM, "双方陈述一致但无凭证"))
    work(cast)
    [body] = [one for one in bodies(httpserver) if "虚假调解" in str(one)]
    assert body["to"] == PHONES["leader"]
    assert not any(word in str(body) for word in ("祁万福", "凭证", "买卖"))
    assert "我的待办" in body["text"]


def test_the_deputy_is_not_rung_for_what_has_been_decided(
    cast: Cast, clock: Clock, callout: Callout, httpserver: HTTPServer
) -> None:
    objection = objected(cast, callout)
    work(cast)
    with cast.acting(DUTY_LEADER) as change:
        objection.reject(change)
    clock.advance(minutes=4)
    work(cast)
    assert rung(httpserver) == [PHONES["leader"]]
    rows = db.session.query(Message).filter_by(template="decision").filter(Message.channel_id.is_not(None))
    assert {row.recipient_kind: (row.state, row.reason) for row in rows} == {
        LEADER: (MessageState.SENT, ""),
        DEPUTY: (MessageState.FAILED, Reason.ENDED),
    }


def test_a_second_whistle_nobody_presses_reaches_the_leader_once(
    cast: Cast, clock: Clock, callout: Callout, httpserver: HTTPServer
) -> None:
    clock.now = callout.due_at + timedelta(minutes=16)
    climb()
    work(cast)
    assert PHONES["leader"] not in rung(httpserver), "the desk has its five minutes first"
    clock.advance(minutes=5)
    for _ in range(2):
        climb()
        work(cast)
    assert rung(httpserver).count(PHONES["leader"]) == 1
    clock.advance(minutes=3, seconds=1)
    work(cast)
    assert rung(httpserver).count(PHONES["deputy"]) == 1


def test_the_leader_is_not_told_of_what_was_pressed_in_time(
    cast: Cast, clock: Clock, callout: Callout, httpserver: HTTPServer
) -> None:
    clock.now = callout.due_at + timedelta(minutes=16)
    with cast.acting() as change:
        take(change, callout, Step.SECOND)
    clock.advance(minutes=10)
    climb()
    work(cast)
    assert PHONES["leader"] not in rung(httpserver)
    clock.advance(minutes=10)
    climb()
    work(cast)
    assert rung(httpserver).count(PHONES["leader"]) == 1, "the request to the district has waited five minutes too"
