"""Channels: set up by the manager, tried out against a real gateway; secrets go in and do not come out."""

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import select

from models.channel import MessageChannel
from models.event import Event
from models.outbox import MessageState
from tests.support.cast import CLERK, MANAGER, Cast
from tests.support.channels import bodies, gateway, outside, work
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db, writing

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

SECRET = "geheim-7"  # stands in address and headers


def typed(url: str, **more: str) -> dict[str, str]:
    return {"name": "短信", "address": f"{url}?token={SECRET}", "headers": f"X-Token: {SECRET}", "to_phone": "y",
            "body": '{"to": "{phone}", "text": "{text}", "key": "{key}"}', "test_phone": "19000000099",
            **more}  # fmt: skip


def made(cast: Cast, url: str, **more: str) -> Page:
    page = visit(cast.signed_in(MANAGER), "/channels/new?kind=http")
    return page.form("/channels").submit(303, **typed(url, **more))


def test_a_gateway_is_set_up_tried_out_and_accepted(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    cast.app.config["DEMO"] = True  # a test is sent all the same
    page = made(cast, httpserver.url_for("/sms"))
    channel = db.session.scalars(select(MessageChannel)).one()
    page = visit(page.client, f"/channels/{channel.id}").form("/tests").submit(303)
    assert "发送途中" in page.text
    work(cast)
    assert "已接收" in visit(page.client, f"/channels/{channel.id}").text
    [body] = bodies(httpserver)
    assert body["to"] == "19000000099"
    assert httpserver.log[0][0].headers["X-Token"] == SECRET
    assert httpserver.log[0][0].args["token"] == SECRET


def test_a_request_with_a_telephone_in_it_goes_to_one(cast: Cast) -> None:
    form = visit(cast.signed_in(MANAGER), "/channels/new?kind=http").form("/channels")
    assert ("to_phone", "y") in form.values()
    page = form.submit(422, name="短信", address="http://127.0.0.1:9/", to_phone=None)
    assert "{phone}" in page.soup.select_one("#to_phone-error").get_text()
    form.submit(name="短信", address="http://127.0.0.1:9/", to_phone=None, body='{"text": "{text}"}')


def test_a_test_that_is_refused_says_why(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("no", status=418)
    page = made(cast, httpserver.url_for("/sms"))
    page = visit(page.client, "/channels/1").form("/tests").submit(303)
    work(cast)
    assert "网关拒收 418" in visit(page.client, "/channels/1").text


def test_secrets_are_sealed_and_never_shown_again(cast: Cast, httpserver: HTTPServer) -> None:
    page = made(cast, httpserver.url_for("/sms"))
    for path in ("/channels", "/channels/1"):
        html = visit(page.client, path).html
        assert SECRET not in html
        assert "19000000099" not in html
    rows = [str(tuple(row)) for row in db.session.execute(select(MessageChannel.__table__))]
    facts = db.session.scalars(select(Event.facts).where(Event.kind.like("channel:%"))).all()
    assert len(facts) == 1
    assert [text for text in (*rows, *facts) if SECRET in text or "19000000099" in text] == []


def test_a_secret_left_empty_stays_as_it_was(cast: Cast, httpserver: HTTPServer) -> None:
    page = made(cast, httpserver.url_for("/sms"))
    visit(page.client, "/channels/1").form("/channels/1").submit(303, name="短信网关", address="")
    channel = db.session.scalars(select(MessageChannel)).one()
    assert channel.name == "短信网关"
    assert SECRET in channel.secret(cast.app.extensions["sealer"], "address")


def test_a_channel_of_a_unit_out_of_use_does_not_become_the_houses(cast: Cast, httpserver: HTTPServer) -> None:
    unit = cast.unit("水务局")
    page = made(cast, httpserver.url_for("/sms"), unit_id=str(unit.id))
    with cast.acting(MANAGER) as change:
        unit.edit(change, unit.version, is_active=False)
    visit(page.client, "/channels/1").form("/channels/1").submit(303, name="短信网关")
    assert db.session.scalars(select(MessageChannel)).one().unit_id == unit.id


def test_a_stale_form_is_answered_with_both_texts_and_no_secret(cast: Cast, httpserver: HTTPServer) -> None:
    page = made(cast, httpserver.url_for("/sms"))
    old = visit(page.client, "/channels/1").form("/channels/1")
    visit(page.client, "/channels/1").form("/channels/1").submit(303, name="甲")
    answer = old.submit(409, name="乙")
    assert "甲" in answer.text
    assert SECRET not in answer.html


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("address", "ftp://somewhere", "http://"),
        ("address", "", "请填写地址"),
        ("headers", "no colon here", "每行一个"),
        ("body", "{patient}", "patient"),
        ("test_phone", "12", "电话"),
    ],
)
def test_what_could_never_be_sent_is_refused(cast: Cast, field: str, value: str, words: str) -> None:
    form = visit(cast.signed_in(MANAGER), "/channels/new?kind=http").form("/channels")
    assert words in form.submit(422, **typed("http://127.0.0.1:9/", **{field: value})).text


def test_a_robot_takes_only_the_addresses_we_know(cast: Cast) -> None:
    form = visit(cast.signed_in(MANAGER), "/channels/new?kind=apprise").form("/channels")
    assert "wecombot" in form.submit(422, name="群", address="syslog://").text
    form.submit(303, name="群", address="wecombot://abc")


def test_a_channel_that_is_switched_off_sends_nothing(cast: Cast, httpserver: HTTPServer) -> None:
    gateway(cast, httpserver.url_for("/sms"))
    page = visit(cast.signed_in(MANAGER), "/channels").form("/channels/1/use").submit(303)
    cast.whistled()
    work(cast)
    assert outside() == []
    page.form("/channels/1/use").submit(303, press="1")
    assert db.session.scalars(select(MessageChannel)).one().is_active


def test_only_the_manager_sets_up_channels(cast: Cast) -> None:
    visit(cast.signed_in(CLERK), "/channels", 403)


def test_the_form_sent_twice_makes_one_channel(cast: Cast) -> None:
    form = visit(cast.signed_in(MANAGER), "/channels/new?kind=http").form("/channels")
    for _time in range(2):
        form.submit(303, **typed("http://127.0.0.1:9/"))
    assert len(db.session.scalars(select(MessageChannel)).all()) == 1


def test_a_test_needs_a_telephone_when_it_goes_to_one(cast: Cast) -> None:
    page = made(cast, "http://127.0.0.1:9/", test_phone="")
    page = visit(page.client, "/channels/1").form("/tests").submit(303)
    assert "测试电话" in page.text
    assert [one for one in outside() if one.state is not MessageState.SENT] == []


def test_the_result_of_a_test_arrives_by_itself_and_then_asks_no_more(cast: Cast, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("ok")
    page = made(cast, httpserver.url_for("/sms"))
    visit(page.client, "/channels/1").form("/tests").submit(303)

    def region() -> str:
        return page.client.get("/channels/1/tests", headers={"HX-Request": "true"}).get_data(as_text=True)

    assert "hx-get" in region()
    work(cast)
    assert "已接收" in region()
    assert "hx-get" not in region()


def test_a_channel_whose_secrets_cannot_be_opened_can_be_set_up_anew(cast: Cast) -> None:
    channel = gateway(cast, "http://127.0.0.1:9/")
    with writing() as session:
        session.get_one(MessageChannel, channel.id).address_sealed = b"\x01broken"
    client = cast.signed_in(MANAGER)
    visit(client, "/channels")
    visit(client, "/channels/1").form("/channels/1").submit(303, address="http://127.0.0.1:8/")
    assert channel.secret(cast.app.extensions["sealer"], "address") == "http://127.0.0.1:8/"
