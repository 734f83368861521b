"""What one message needs to leave the house, read in one go: its channel in clear, its words, its key."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from messages import apprise_route, http_gateway, texts
from messages.http_gateway import Request
from models.callout import Callout
from models.channel import ChannelKind, MessageChannel
from models.clock import local_day
from models.deadline import Deadline
from models.duty import on_duty, told
from models.duty_turn import turn_of
from models.ladder import waits_for_leader
from models.outbox import DEADLINE, DEPUTY, LEADER, SHAM, Message
from models.person import Role, holders
from models.room import room_of
from models.sealed import Sealer
from models.sending import Reason, Result
from models.time_request import is_undecided
from models.unit import Unit
from transaction import db


@dataclass(frozen=True)
class Envelope:
    """Holds nothing of the database: it is sent outside of any transaction."""

    kind: ChannelKind
    request: Request
    words: dict[str, str]

    def send(self) -> Result:
        if self.kind is ChannelKind.APPRISE:
            return apprise_route.send(self.request.address, f"{self.words['text']}{self.words['link']}")
        return http_gateway.send(self.request, self.words)


def envelope_for(message: Message, channel: MessageChannel, at: datetime) -> Envelope | Reason:
    """The message as it would be sent now, or why it is not sent."""
    sealer: Sealer = current_app.extensions["sealer"]
    if message.recipient_kind == "callout":
        words = _words_of_callout(message, channel, sealer, at)
    elif message.recipient_kind in (LEADER, DEPUTY):
        words = _words_of_decision(message, channel, sealer, at)
    elif message.recipient_kind == DEADLINE:
        words = _words_of_deadline(message, channel, sealer, at)
    else:
        phone = channel.secret(sealer, "test_phone") if channel.to_phone else ""
        words = {**texts.of_test(channel.centre.name, channel.centre.telephone, at), "link": "", "phone": phone}
    if isinstance(words, Reason):
        return words
    words["key"] = sealer.mac("message", message.id, message.event_id).hex()[:32]
    address, headers, body = (channel.secret(sealer, name) for name in ("address", "headers", "body"))
    request = Request(channel.method.value, address, headers, body, channel.success_status, channel.success_text)
    return Envelope(channel.kind, request, words)


def _phone(channel: MessageChannel, unit: Unit, at: datetime, sealer: Sealer) -> str | Reason:
    """Where whoever answers for the unit now is reached; nothing where the channel needs no number."""
    duty = on_duty(db.session(), unit, at, sealer)
    if duty is None:
        return Reason.OFF_DUTY
    if not channel.to_phone:
        return ""
    return duty.telephone or Reason.NO_PHONE


def _words_of_callout(message: Message, channel: MessageChannel, sealer: Sealer, at: datetime
                      ) -> dict[str, str] | Reason:  # fmt: skip
    if current_app.config["DEMO"]:
        return Reason.DEMO
    session = db.session()
    callout = session.get_one(Callout, message.recipient_id)
    if not callout.is_open or callout.arrived_at is not None:
        return Reason.ENDED
    if callout.dispute.centre.setting(session, "no_internet"):
        return Reason.NO_INTERNET
    phone = _phone(channel, callout.unit, at, sealer)
    if isinstance(phone, Reason):
        return phone
    words = texts.of_callout(callout, message.template, room_of(session, callout.dispute_id), at)
    link = texts.link_of(current_app._get_current_object(), sealer, callout)  # type: ignore[attr-defined]
    return {**words, "link": link, "phone": phone}


def _words_of_deadline(message: Message, channel: MessageChannel, sealer: Sealer, at: datetime
                       ) -> dict[str, str] | Reason:  # fmt: skip
    """To whoever answers for the unit that owns the deadline, as long as it runs."""
    if current_app.config["DEMO"]:
        return Reason.DEMO
    session = db.session()
    deadline = session.get_one(Deadline, message.recipient_id)
    if not deadline.is_running:
        return Reason.ENDED
    if channel.centre.setting(session, "no_internet"):
        return Reason.NO_INTERNET
    phone = _phone(channel, deadline.unit, at, sealer)
    if isinstance(phone, Reason):
        return phone
    return {**texts.of_deadline(deadline, channel.centre, at), "link": "", "phone": phone}


def _words_of_decision(message: Message, channel: MessageChannel, sealer: Sealer, at: datetime
                       ) -> dict[str, str] | Reason:  # fmt: skip
    """To whoever leads the house today, or to the deputy; the link opens nothing without the PIN."""
    if current_app.config["DEMO"]:
        return Reason.DEMO
    session, centre = db.session(), channel.centre
    if centre.setting(session, "no_internet"):
        return Reason.NO_INTERNET
    is_report = message.template == SHAM
    if not is_report and not is_undecided(session, centre.id) and not waits_for_leader(session, centre, at):
        return Reason.ENDED
    turn = turn_of(session, centre.unit, local_day(at))
    leader = told(turn, sealer)[message.recipient_kind == DEPUTY] if turn else None
    if leader is None or not leader.name:
        return Reason.OFF_DUTY
    phone = (leader.telephone or "") if channel.to_phone else ""
    if channel.to_phone and not phone:
        return Reason.NO_PHONE
    if is_report:
        return {**texts.of_sham(centre, leader.name, at), "link": "", "phone": phone}
    person = next((one for one in holders(session, Role.DUTY_LEADER, centre.unit) if one.name == leader.name), None)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    link = texts.link_of_leader(app, sealer, person, at) if person else ""
    return {**texts.of_decision(centre, leader.name, at), "link": link, "phone": phone}
