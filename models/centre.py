"""A centre: the house that owns registers, rooms, settings and calendars. One database holds many of them."""

import json
from typing import Any

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.unit import Unit
from models.words import _

# Name of the setting → value unless the centre decides otherwise. The type of the default is the type of the setting.
DEFAULTS: dict[str, Any] = {
    "bar_title": "吹哨报到调度",
    "confirm_arrival": False,  # a right code still waits for the desk
    "no_internet": False,  # 无外网: no links and no phone codes; desk and sign-in sheet do everything
    "in_house_limit": 5,  # minutes for stationed windows (practice.md: 入驻方式)
    "urgent_limit": 15,  # minutes for every unit under an urgent whistle
    "mediator_limit": 10,  # minutes until a card without mediator is late
    "default_question": "请到场说明职责、现状和解决意见",
    "hand_over_days": 7,  # proposed reply date of a hand-over, days
    "shortcuts": True,
    "idle_minutes": 20,
}
LABELS: dict[str, str] = {
    "bar_title": _("Name of the system in the bar"),
    "confirm_arrival": _("An arrival by code still needs the desk's confirmation"),
    "no_internet": _("No outside network: no links, no phone codes"),
    "in_house_limit": _("Arrival limit of stationed units, minutes"),
    "urgent_limit": _("Arrival limit under an urgent whistle, minutes"),
    "mediator_limit": _("A card without a mediator is late after, minutes"),
    "default_question": _("Question put to a unit when its category has none"),
    "hand_over_days": _("Proposed reply date of a hand-over, days"),
    "shortcuts": _("Single-key shortcuts"),
    "idle_minutes": _("Lock the desk when idle, minutes"),
}


class Centre(Base):
    __tablename__ = "centres"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    prefix: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(120))
    telephone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(120), default="")

    unit: Mapped[Unit] = relationship()

    def setting(self, session: Session, name: str) -> Any:
        return self.settings(session)[name]

    def settings(self, session: Session) -> dict[str, Any]:
        """Every setting with the centre's own value where it has one."""
        rows = session.execute(select(Setting.name, Setting.value).where(Setting.centre_id == self.id))
        return DEFAULTS | {name: json.loads(value) for name, value in rows}

    def change_setting(self, change: Change, name: str, value: Any) -> None:
        """Raises RuleBroken for a number that makes no sense. Nothing is recorded when nothing changes."""
        if isinstance(DEFAULTS[name], int) and not isinstance(DEFAULTS[name], bool) and not 1 <= value <= 600:
            raise RuleBroken(_("Enter a whole number between 1 and 600"), field=name)
        change.open_streams(f"centre:{self.id}")
        if self.setting(change.session, name) == value:
            return
        change.session.merge(Setting(centre_id=self.id, name=name, value=json.dumps(value, ensure_ascii=False)))
        change.record(f"centre:{self.id}", EventKind.SETTING_CHANGE, ("centre", self.id), setting=name)


class Setting(Base):
    __tablename__ = "settings"

    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
