"""Channels of the tests: real servers on this machine that accept, refuse, fail or hang."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from sqlalchemy import select

from messages.delivery import deliver_waiting
from messages.outgoing import Outgoing
from models.channel import ChannelKind, MessageChannel
from models.outbox import Message
from tests.support.cast import MANAGER, Cast
from tests.support.servers import free_port
from transaction import db

TEMPLATE = json.dumps({"to": "{phone}", "text": "{text}", "link": "{link}", "key": "{key}"})


def gateway(cast: Cast, address: str, unit: str | None = None, **facts: object) -> MessageChannel:
    """An HTTP channel of the house, or of one unit."""
    body = TEMPLATE if facts.get("to_phone") else TEMPLATE.replace("{phone}", "")
    secrets = {"address": address, "body": body, "headers": "X-Token: geheim-7"}
    secrets |= {name: str(facts.pop(name)) for name in ("body", "headers", "test_phone") if name in facts}
    of = cast.unit(unit).id if unit else None
    with cast.acting(MANAGER) as change:
        return MessageChannel.create(change, cast.centre, ChannelKind.HTTP, secrets,
                                     **{"name": "短信", "unit_id": of, **facts})  # fmt: skip


def robot(cast: Cast, address: str, name: str = "邮件") -> MessageChannel:
    with cast.acting(MANAGER) as change:
        return MessageChannel.create(change, cast.centre, ChannelKind.APPRISE, {"address": address}, name=name)


def work(cast: Cast) -> None:
    """What the worker does until nothing is due."""
    db.session.rollback()
    while deliver_waiting():
        pass
    Outgoing(cast.app).drain()
    db.session.rollback()


def outside() -> list[Message]:
    """Messages that leave the house, the oldest first."""
    db.session.rollback()
    rows = db.session.scalars(select(Message).where(Message.channel_id.is_not(None)).order_by(Message.id))
    return list(rows.unique())


def bodies(server: HTTPServer) -> list[dict[str, str]]:
    return [json.loads(request.get_data()) for request, _response in server.log]


class Postbox:
    """Keeps what it accepts; `answer` is its reply to a letter, anything but 250 refuses it."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.letters.append(envelope.content)  # type: ignore[attr-defined]
        return self.answer


@contextmanager
def mail_server(postbox: Postbox) -> Iterator[str]:
    """The Apprise address of a mail server that puts its letters into this postbox."""
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"mailto://127.0.0.1:{controller.port}?from=desk@centre.test&to=duty@unit.test"
    finally:
        controller.stop()
