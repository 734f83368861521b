"""What leaves the house: once to each channel, tried again when it was refused, never when nobody knows."""

import socket

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import select
from werkzeug import Request, Response

from messages import http_gateway, texts
from models.callout import Callout
from models.channel import FIELDS
from models.duty_turn import DutyTurn, turn_of
from models.outbox import Message, MessageState
from models.sending import Reason, deliveries
from tests.support.cast import Cast
from tests.support.channels import bodies, gateway, outside, work
from tests.support.clock import Clock
from transaction import db, writing

UNIT = "市场监管局"


def states() -> list[tuple[MessageState, str, int]]:
    return [(one.state, one.reason, one.attempts) for one in outside()]


def test_a_whistle_is_told_to_the_inbox_and_once_to_each_channel(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/house").respond_with_data("ok")
    httpserver.expect_request("/unit").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/house"), name="政务微信")
    gateway(cast, httpserver.url_for("/unit"), UNIT)
    gateway(cast, httpserver.url_for("/other"), "人社局")
    callout = cast.whistled(UNIT).callouts[0]
    work(cast)
    work(cast)
    assert sorted(request.path for request, _answer in httpserver.log) == ["/house", "/unit"]
    lines = deliveries(db.session(), "callout", callout.id)
    assert [(line.name, line.state) for line in lines] == [
        (None, MessageState.SENT), ("政务微信", MessageState.SENT), ("短信", MessageState.SENT)]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("能否派员？", "能否派员？"),
        ("能否派员?", "能否派员?"),
        ("请到场说明", "请到场说明。"),
        ("请到场说明。", "请到场说明。"),
    ],
)
def test_a_question_ends_with_one_mark(cast: Cast, clock: Clock, question: str, said: str) -> None:
    callout = cast.whistled(UNIT).callouts[0]
    callout.question = question
    text = texts.of_callout(callout, "", None, clock.now)["text"]
    assert f"事项：{said}窗口电话" in text


def test_a_message_stands_alone_and_names_no_party(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/sms"), to_phone=True)
    cast.app.config["PUBLIC_URL"] = "https://zz.example"
    callout = cast.whistled(UNIT).callouts[0]
    turn = turn_of(db.session(), callout.unit, cast.app.extensions["clock"]().date())
    work(cast)
    [body] = bodies(httpserver)
    text = body["text"]
    for part in (UNIT, "调解三室", callout.question.rstrip("。"), cast.centre.telephone, "10:40"):
        assert part in text
    assert "宋佳" not in str(body)
    assert "19000000032" not in str(body)
    assert "健身" not in str(body)
    assert body["to"] == turn.clear_telephone(cast.app.extensions["sealer"])
    assert body["link"].startswith("https://zz.example/")
    assert "https" not in text


def test_the_key_of_a_message_stands_in_header_and_body_and_never_changes(
    cast: Cast, clock: Clock, httpserver: HTTPServer
) -> None:
    httpserver.expect_ordered_request("/sms").respond_with_data("no", status=503)
    httpserver.expect_ordered_request("/sms").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/sms"))
    cast.whistled(UNIT)
    work(cast)
    clock.advance(seconds=31)
    work(cast)
    keys = {body["key"] for body in bodies(httpserver)}
    assert len(keys) == 1
    assert {request.headers["Idempotency-Key"] for request, _answer in httpserver.log} == keys
    assert states() == [(MessageState.SENT, "", 2)]


def test_a_refused_message_is_tried_three_times_with_pauses(cast: Cast, clock: Clock, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("no", status=500)
    gateway(cast, httpserver.url_for("/sms"))
    cast.whistled(UNIT)
    for wait, tries in ((0, 1), (29, 1), (2, 2), (118, 2), (3, 3), (9000, 3)):
        clock.advance(seconds=wait)
        work(cast)
        assert len(httpserver.log) == tries, wait
    assert states() == [(MessageState.FAILED, Reason.REFUSED, 3)]


def test_a_gateway_that_answers_well_but_says_no_has_refused(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_json({"code": 7})
    gateway(cast, httpserver.url_for("/sms"), success_text='"code": 0')
    cast.whistled(UNIT)
    work(cast)
    assert states() == [(MessageState.PENDING, Reason.REFUSED, 1)]


def test_a_gateway_that_is_not_there_has_nothing_and_is_tried_again(cast: Cast) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gateway(cast, f"http://127.0.0.1:{port}/")
    cast.whistled(UNIT)
    work(cast)
    assert states() == [(MessageState.PENDING, Reason.UNREACHABLE, 1)]


@pytest.mark.parametrize(("knows_keys", "state"), [(False, MessageState.UNKNOWN), (True, MessageState.PENDING)])
def test_what_may_have_arrived_is_sent_again_only_to_who_knows_its_key(
    cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch, knows_keys: bool, state: MessageState
) -> None:
    monkeypatch.setattr(http_gateway, "READ_SECONDS", 0.2)
    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        gateway(cast, f"http://127.0.0.1:{hangs.getsockname()[1]}/", recognises_key=knows_keys)
        cast.whistled(UNIT)
        work(cast)
        assert states() == [(state, Reason.TIMED_OUT, 1)]
        clock.advance(hours=1)
        work(cast)
        assert [attempts for _state, _reason, attempts in states()] == [2 if knows_keys else 1]


def test_a_gateway_that_breaks_off_after_the_request_leaves_it_unknown(cast: Cast, httpserver: HTTPServer) -> None:
    def vanish(request: Request) -> Response:
        request.environ["werkzeug.socket"].close()
        raise ConnectionError

    httpserver.expect_request("/sms").respond_with_handler(vanish)
    gateway(cast, httpserver.url_for("/sms"))
    cast.whistled(UNIT)
    work(cast)
    httpserver.clear_all_handlers()
    assert states()[0][0] is MessageState.UNKNOWN


def test_who_is_off_duty_is_not_paged(cast: Cast, httpserver: HTTPServer) -> None:
    gateway(cast, httpserver.url_for("/sms"))
    callout = cast.whistled(UNIT).callouts[0]
    with writing() as session:
        for turn in session.scalars(select(DutyTurn).where(DutyTurn.unit_id == callout.unit_id)):
            session.delete(turn)
    work(cast)
    assert states() == [(MessageState.FAILED, Reason.OFF_DUTY, 0)]
    assert httpserver.log == []


def test_nothing_leaves_the_house_while_demo_data_are_loaded(cast: Cast, httpserver: HTTPServer) -> None:
    gateway(cast, httpserver.url_for("/sms"))
    cast.app.config["DEMO"] = True
    cast.whistled(UNIT)
    work(cast)
    assert states() == [(MessageState.FAILED, Reason.DEMO, 0)]


def test_without_an_outside_network_there_is_only_the_inbox(cast: Cast, httpserver: HTTPServer) -> None:
    gateway(cast, httpserver.url_for("/sms"))
    with cast.acting() as change:
        cast.centre.change_setting(change, "no_internet", True)
    cast.whistled(UNIT)
    work(cast)
    assert outside() == []
    assert [one.state for one in db.session.scalars(select(Message))] == [MessageState.SENT]


def test_a_callout_that_is_over_is_not_sent(cast: Cast, httpserver: HTTPServer) -> None:
    gateway(cast, httpserver.url_for("/sms"))
    callout: Callout = cast.whistled(UNIT).callouts[0]
    with cast.acting() as change:
        callout.stand_down(change, "已解决")
    work(cast)
    assert states() == [(MessageState.FAILED, Reason.ENDED, 0)]


def test_a_channel_that_accepts_delivers_the_callout(cast: Cast, httpserver: HTTPServer) -> None:
    """Also before the inbox had its turn."""
    from messages.outgoing import Outgoing

    httpserver.expect_request("/sms").respond_with_data("ok")
    gateway(cast, httpserver.url_for("/sms"))
    callout = cast.whistled(UNIT).callouts[0]
    db.session.rollback()
    Outgoing(cast.app).drain()
    db.session.rollback()
    assert callout.delivered_at is not None


def test_a_channel_whose_secrets_cannot_be_opened_is_told_and_not_tried_for_ever(cast: Cast) -> None:
    channel = gateway(cast, "http://127.0.0.1:9/")
    cast.whistled(UNIT)
    with writing() as session:
        session.get_one(type(channel), channel.id).address_sealed = b"\x01broken"
    work(cast)
    assert states() == [(MessageState.FAILED, Reason.UNREADABLE, 0)]


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ("", '{"t": "{question}"}', '{"t": "问\\"答\\"&<\\\\\\n"}'),
        ("Content-Type: application/x-www-form-urlencoded", "t={question}", "t=%E9%97%AE%22%E7%AD%94%22%26%3C%5C%0A"),
        ("Content-Type: text/xml", "<t>{question}</t>", "<t>问&quot;答&quot;&amp;&lt;\\\n</t>"),
    ],
)
def test_a_word_cannot_break_out_of_its_place(httpserver: HTTPServer, headers: str, body: str, said: str) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    words = dict.fromkeys(FIELDS, "") | {"question": '问"答"&<\\\n', "key": "k"}
    request = http_gateway.Request("post", httpserver.url_for("/sms"), headers, body)
    assert http_gateway.send(request, words).state is MessageState.SENT
    assert httpserver.log[0][0].get_data().decode() == said
