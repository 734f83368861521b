"""E-mail and webhooks through Apprise, against real servers: accepted, refused, unknown."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes

import pytest
from pytest_httpserver import HTTPServer

from messages import apprise_route
from models.outbox import MessageState
from models.sending import Reason
from tests.support.cast import Cast
from tests.support.channels import Postbox, mail_server, outside, robot, work
from tests.support.servers import free_port

UNIT = "市场监管局"


def test_a_whistle_arrives_as_a_letter(cast: Cast) -> None:
    with mail_server(postbox := Postbox()) as address:
        robot(cast, address)
        cast.whistled(UNIT)
        work(cast)
    [letter] = postbox.letters
    part = next(part for part in message_from_bytes(letter).walk() if part.get_content_type() == "text/plain")
    text = part.get_payload(decode=True).decode()
    assert UNIT in text
    assert "调解三室" in text
    assert [one.state for one in outside()] == [MessageState.SENT]


@pytest.mark.parametrize("answer", ["550 no such person", "451 later"])
def test_a_letter_that_is_refused_is_refused(answer: str) -> None:
    with mail_server(Postbox(answer)) as address:
        result = apprise_route.send(address, "测试")
    assert (result.state, result.reason, result.status) == (MessageState.FAILED, Reason.REFUSED, answer[:3])


@contextmanager
def mail_that_hangs(at: bytes) -> Iterator[str]:
    """A mail server that stops answering at this command, or at the end of the letter."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def talk() -> None:
            line, _peer = listener.accept()
            with line, line.makefile("rwb") as stream:
                stream.write(b"220 here\r\n")
                stream.flush()
                in_letter = False
                for said in stream:
                    if said.startswith(at) and (at != b"." or in_letter):
                        stream.read()
                        return
                    if not in_letter:
                        in_letter = said.startswith(b"data")
                        stream.write(b"354 go on\r\n" if in_letter else b"250 fine\r\n")
                        stream.flush()

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield f"mailto://127.0.0.1:{listener.getsockname()[1]}?from=desk@centre.test&to=duty@unit.test"
        thread.join(5)


@pytest.mark.parametrize(
    ("at", "state", "reason"),
    [(b"mail", MessageState.FAILED, Reason.UNREACHABLE), (b".", MessageState.UNKNOWN, Reason.TIMED_OUT)],
)
def test_a_mail_server_that_hangs_has_nothing_before_the_letter(
    monkeypatch: pytest.MonkeyPatch, at: bytes, state: MessageState, reason: Reason
) -> None:
    monkeypatch.setattr(apprise_route, "READ_SECONDS", 0.3)
    with mail_that_hangs(at) as address:
        result = apprise_route.send(address, "测试")
    assert (result.state, result.reason) == (state, reason)


def test_a_webhook_is_told_the_text(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("ok")
    assert apprise_route.send(_hook(httpserver), "请到调解三室").state is MessageState.SENT
    [(request, _answer)] = httpserver.log
    assert request.get_json()["message"] == "请到调解三室"


def test_a_webhook_that_fails_has_refused(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("no", status=502)
    result = apprise_route.send(_hook(httpserver), "测试")
    assert (result.state, result.reason) == (MessageState.FAILED, Reason.REFUSED)


def test_a_webhook_that_hangs_is_unknown_and_one_that_is_not_there_has_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apprise_route, "READ_SECONDS", 0.3)
    with socket.socket() as hangs:
        hangs.bind(("127.0.0.1", 0))
        hangs.listen()
        result = apprise_route.send(f"json://127.0.0.1:{hangs.getsockname()[1]}/", "测试")
    assert (result.state, result.reason) == (MessageState.UNKNOWN, Reason.TIMED_OUT)
    result = apprise_route.send(f"json://127.0.0.1:{free_port()}/", "测试")
    assert (result.state, result.reason) == (MessageState.FAILED, Reason.UNREACHABLE)


def test_apprise_writes_no_address_into_any_log(httpserver: HTTPServer) -> None:
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name != "werkzeug":  # the server of this test writes down what it is asked
                said.append(record.getMessage())

    root, ear, level = logging.getLogger(), Ear(), logging.getLogger().level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        apprise_route.send(_hook(httpserver) + "/geheim-7", "测试")
    finally:
        root.setLevel(level)
        root.removeHandler(ear)
    assert [words for words in said if "geheim-7" in words] == []


def _hook(server: HTTPServer) -> str:
    return f"json://{server.host}:{server.port}/hook"
