"""A channel: a way by which a message leaves the house, to one unit or to every unit a centre calls.

Its address, headers, body and the telephone for tests are secrets: sealed, never shown again, never logged.
"""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.centre import Centre, Setting
from models.change import Change
from models.deadline import Deadline
from models.dispute import Dispute
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.kept import assign, open_row
from models.sealed import SealBroken, Sealer
from models.unit import Unit
from models.words import _


class ChannelKind(StrEnum):
    """One address of Apprise, or an HTTP request made from a template."""

    APPRISE = "apprise"
    HTTP = "http"


class HttpMethod(StrEnum):
    POST = "post"
    PUT = "put"
    GET = "get"


SECRETS = ("address", "headers", "body", "test_phone")
# What an address of Apprise may begin with: e-mail, the three robots of offices here, and plain webhooks.
SCHEMES = ("mailto", "mailtos", "wecombot", "dingtalk", "feishu", "json", "jsons", "xml", "xmls", "form", "forms")
# What a template may name in braces; the words are filled in when the message is sent.
FIELDS = ("unit", "room", "time", "question", "desk", "link", "phone", "key", "text")
_NAMED = re.compile(r"\{([a-z_]+)\}")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*")


class MessageChannel(Base):
    __tablename__ = "channels"
    __table_args__ = (Index("ix_channels_centre_id_unit_id", "centre_id", "unit_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    # Without a unit it serves every unit this centre calls.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[ChannelKind] = mapped_column(one_of(ChannelKind))
    name: Mapped[str] = mapped_column(String(40))
    # To the telephone of today's duty officer; otherwise to the unit as such.
    to_phone: Mapped[bool] = mapped_column(default=False)
    # The other side knows a message it has had already by its key: only then may an unknown one be sent again.
    recognises_key: Mapped[bool] = mapped_column(default=False)
    method: Mapped[HttpMethod] = mapped_column(one_of(HttpMethod), default=HttpMethod.POST)
    # 0 stands for any status from 200 to 299.
    success_status: Mapped[int] = mapped_column(default=0)
    success_text: Mapped[str] = mapped_column(String(80), default="")
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    headers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    test_phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped[Centre] = relationship()
    unit: Mapped[Unit | None] = relationship()

    @classmethod
    def create(cls, change: Change, centre: Centre, kind: ChannelKind, secrets: dict[str, str],
               **facts: Any) -> "MessageChannel":  # fmt: skip
        """Raises RuleBroken without an address, or with one nobody can send to."""
        if not secrets.get("address"):
            raise RuleBroken(_("Enter the address"), field="address")
        channel = cls(uid=uuid4().hex, centre_id=centre.id, kind=kind)
        channel._write(change, None, secrets, facts, EventKind.CHANNEL_CREATE)
        return channel

    def edit(self, change: Change, version: int, secrets: dict[str, str], **facts: Any) -> None:
        """Change it. A secret that is left empty stays as it was."""
        self._write(change, version, secrets, facts, EventKind.CHANNEL_EDIT)

    def switch(self, change: Change, on: bool) -> None:
        """Use it from now on, or not any more; what waits already is still sent."""
        change.lock(f"centre:{self.centre_id}", self)
        if self.is_active != on:
            self.is_active = on
            self.version += 1
            self.record(change, EventKind.CHANNEL_EDIT, fields=["is_active"])

    def secret(self, sealer: Sealer, name: str) -> str:
        """One of `SECRETS` in clear, for sending; empty when there is none."""
        sealed: bytes | None = getattr(self, f"{name}_sealed")
        return sealer.open("channels", name, self.uid, sealed) if sealed else ""

    def hint(self, sealer: Sealer) -> str:
        """What may be shown of the address: enough to know it again, nothing to send with."""
        try:
            split = urlsplit(self.secret(sealer, "address"))
        except SealBroken:  # the page that sets it up anew must still open
            return "…"
        shown = f"{split.scheme}://{split.hostname}" if self.kind is ChannelKind.HTTP else f"{split.scheme}://"
        return f"{shown}…"

    def _write(self, change: Change, version: int | None, secrets: dict[str, str], facts: dict[str, Any],
               kind: EventKind) -> None:  # fmt: skip
        open_row(change, self, version)
        check(self.kind, secrets)
        beside = MessageChannel.unit_id == facts.get("unit_id", self.unit_id)
        changed = assign(change, self, facts, beside)
        for name in SECRETS:
            if text := secrets.get(name, "").strip():
                setattr(self, f"{name}_sealed", change.sealer.seal("channels", name, self.uid, text))
                changed.append(name)
        if self.kind is ChannelKind.APPRISE and (self.to_phone or self.recognises_key):
            raise RuleBroken(_("Only an HTTP channel reaches telephones or recognises the message key"))
        asks_phone = any("{phone}" in self.secret(change.sealer, name) for name in ("address", "headers", "body"))
        if self.kind is ChannelKind.HTTP and asks_phone and not self.to_phone:
            raise RuleBroken(_("The request holds {phone}: tick this, or take {phone} out"), field="to_phone")
        if not changed:
            return
        self.version = (version or 0) + 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        self.record(change, kind, fields=changed)

    def record(self, change: Change, kind: EventKind, **facts: Any) -> None:
        change.record(f"centre:{self.centre_id}", kind, ("channel", self.id), gateway=self.id, **facts)


def check(kind: ChannelKind, secrets: dict[str, str]) -> None:
    """Raises RuleBroken for an address, headers or a template that could never be sent."""
    address = secrets.get("address", "")
    try:
        split = urlsplit(address)
    except ValueError:
        raise RuleBroken(_("This is not an address"), field="address") from None
    if address and kind is ChannelKind.HTTP and (split.scheme not in ("http", "https") or not split.hostname):
        raise RuleBroken(_("Enter an address that begins with http:// or https://"), field="address")
    if address and kind is ChannelKind.APPRISE and split.scheme not in SCHEMES:
        raise RuleBroken(_("The address must begin with one of: %(schemes)s"), field="address",
                         schemes=", ".join(SCHEMES))  # fmt: skip
    if any(not _HEADER.fullmatch(line) for line in secrets.get("headers", "").splitlines() if line.strip()):
        raise RuleBroken(_("Write one header per line, as Name: value"), field="headers")
    for name in ("address", "headers", "body") if kind is ChannelKind.HTTP else ():
        if unknown := sorted(set(_NAMED.findall(secrets.get(name, ""))) - set(FIELDS)):
            raise RuleBroken(_("There is no field called %(names)s"), field=name, names=", ".join(unknown))


def ways_to_leaders(session: Session, centre_ids: Collection[int]) -> list[tuple[int, int]]:
    """For each of these centres its own channels in use, by which the duty leader is told; none under 无外网."""
    offline = exists().where(
        Setting.centre_id == MessageChannel.centre_id, Setting.name == "no_internet", Setting.value == "true"
    )
    rows = session.execute(
        select(MessageChannel.centre_id, MessageChannel.id)
        .where(MessageChannel.centre_id.in_(centre_ids), MessageChannel.unit_id.is_(None), MessageChannel.is_active,
               ~offline)
        .order_by(MessageChannel.id)
    )  # fmt: skip
    return list(rows.tuples())


def ways_out(session: Session, callout_ids: Collection[int]) -> list[tuple[int, int]]:
    """For each of these callouts the channels in use of its unit and of its centre; none under 无外网."""
    offline = exists().where(
        Setting.centre_id == Dispute.centre_id, Setting.name == "no_internet", Setting.value == "true"
    )
    rows = session.execute(
        select(Callout.id, MessageChannel.id)
        .join(Dispute, Dispute.id == Callout.dispute_id)
        .join(MessageChannel, MessageChannel.centre_id == Dispute.centre_id)
        .where(Callout.id.in_(callout_ids), MessageChannel.is_active, ~offline,
               or_(MessageChannel.unit_id.is_(None), MessageChannel.unit_id == Callout.unit_id))
        .order_by(Callout.id, MessageChannel.id)
    )  # fmt: skip
    return list(rows.tuples())


def ways_to_owners(session: Session, deadline_ids: Collection[int]) -> list[tuple[int, int]]:
    """For each of these deadlines that a unit owns the channels in use of the unit and of the centre.

    What the house owns stays in the house. None under 无外网.
    """
    offline = exists().where(
        Setting.centre_id == Dispute.centre_id, Setting.name == "no_internet", Setting.value == "true"
    )
    rows = session.execute(
        select(Deadline.id, MessageChannel.id)
        .join(Dispute, Dispute.id == Deadline.dispute_id)
        .join(Centre, Centre.id == Dispute.centre_id)
        .join(MessageChannel, MessageChannel.centre_id == Dispute.centre_id)
        .where(Deadline.id.in_(deadline_ids), Deadline.unit_id != Centre.unit_id, MessageChannel.is_active, ~offline,
               or_(MessageChannel.unit_id.is_(None), MessageChannel.unit_id == Deadline.unit_id))
        .order_by(Deadline.id, MessageChannel.id)
    )  # fmt: skip
    return list(rows.tuples())
