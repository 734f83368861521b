"""A centre: the house that owns registers, rooms, settings and calendars. One database holds many of them."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ForeignKey, Select, String, Text, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, Key
from models.change import Change
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.opening import DEFAULTS as OPENING
from models.opening import LABELS as OPENING_LABELS
from models.opening import check as check_opening
from models.retention import PROPOSED, PROPOSED_LABELS
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
    "deputy_minutes": 3,  # a decision nobody took for so long is the deputy's as well
    "reminder_minutes": 5,  # unacknowledged for so long: reminder and a line at the desk
    "second_minutes": 15,  # after the limit: second whistle to the unit's leader
    "coordination_minutes": 30,  # after the limit: request to the duty district leader
    "unpressed_minutes": 5,  # nobody pressed a proposed step for so long: the duty leader is told
    "automatic_second": False,  # the second whistle sounds by itself
    "objection_minutes": 5,  # an objection undecided for so long is late
    "default_question": "请到场说明职责、现状和解决意见",
    "hand_over_days": 7,  # proposed reply date of a hand-over, days
    "lpr": 300,  # 一年期LPR in hundredths of a percent; four times of it is the dearest interest
    "file_megabytes": 10,  # one file
    "dispute_megabytes": 200,  # all material of one dispute
    "follow_up_agreement": 7,  # days after an agreement
    "follow_up_closing": 30,  # days after the closing
    "follow_up_red_first": 1,  # at red risk, days after the agreement
    "follow_up_red_second": 3,
    "follow_up_red_third": 7,
    "follow_up_red_fourth": 30,
    "shortcuts": True,
    "idle_minutes": 20,
    "exclusive_administrators": False,  # 三员分立, needed for 三级等保
    "drills": False,  # a whistle may be marked 演练
    **PROPOSED,
    "mode_assigned": False,  # 委派: before 2025 the ordinary way of courts
    "mode_entrusted": True,  # 委托: the ordinary way since 2025-01-01
    "mode_own": True,  # 自行调解
    "pack_by_two": False,  # a pack for the court leaves the house when a second person has released it
    "court_table_days": 90,  # the original file of a released import of the court's matters
    **OPENING,
}
LABELS: dict[str, str] = {
    "bar_title": _("Name of the system in the bar"),
    "confirm_arrival": _("An arrival by code still needs the desk's confirmation"),
    "no_internet": _("No outside network: no links, no phone codes"),
    "in_house_limit": _("Arrival limit of stationed units, minutes"),
    "urgent_limit": _("Arrival limit under an urgent whistle, minutes"),
    "mediator_limit": _("A card without a mediator is late after, minutes"),
    "deputy_minutes": _("A decision is offered to the deputy as well after, minutes"),
    "reminder_minutes": _("Remind a unit that has not acknowledged after, minutes"),
    "second_minutes": _("Propose the second whistle after the limit, minutes"),
    "coordination_minutes": _("Propose the request to the district after the limit, minutes"),
    "unpressed_minutes": _("Tell the duty leader when nobody presses a proposed step, after minutes"),
    "automatic_second": _("The second whistle sounds by itself"),
    "objection_minutes": _("An objection is late when undecided after, minutes"),
    "default_question": _("Question put to a unit when its category has none"),
    "hand_over_days": _("Proposed reply date of a hand-over, days"),
    "lpr": _("One-year LPR, hundredths of a percent"),
    "file_megabytes": _("Largest file of material, MB"),
    "dispute_megabytes": _("All material of one dispute, MB"),
    "follow_up_agreement": _("Follow up after an agreement, days"),
    "follow_up_closing": _("Follow up after the closing, days"),
    "follow_up_red_first": _("At red risk, first follow-up, days"),
    "follow_up_red_second": _("At red risk, second follow-up, days"),
    "follow_up_red_third": _("At red risk, third follow-up, days"),
    "follow_up_red_fourth": _("At red risk, fourth follow-up, days"),
    "shortcuts": _("Single-key shortcuts"),
    "idle_minutes": _("Lock the desk when idle, minutes"),
    "exclusive_administrators": _("Administrators hold no other role (three separate administrators)"),
    "drills": _("Whistles may be blown as a drill"),
    **PROPOSED_LABELS,
    "mode_assigned": _("Matters assigned by the court before filing (委派)"),
    "mode_entrusted": _("Matters entrusted by the court after filing (委托)"),
    "mode_own": _("Matters the parties bring themselves (自行调解)"),
    "pack_by_two": _("A pack for the court is released by a second person"),
    "court_table_days": _("Keep the original tables of imports, days"),
    **OPENING_LABELS,
}
# Whole numbers are between 1 and this; a file must fit into one form.
MOST = {"file_megabytes": 20, "court_table_days": 3650}
MOST_OTHERWISE = 600


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
    # Counts changes of the centre and its settings together.
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()

    @classmethod
    def found(cls, change: Change, unit: Unit, code: str, prefix: str, name: str) -> "Centre":
        """The house of this unit; code and prefix begin its numbers. Raises RuleBroken when another has them."""
        if change.session.scalars(select(cls).where(or_(cls.code == code, cls.prefix == prefix))).first():
            raise RuleBroken(_("Another centre has this code or prefix"), field="code")
        centre = cls(unit_id=unit.id, code=code, prefix=prefix, name=name, unit=unit)
        change.session.add(centre)
        change.session.flush()  # its stream is named by its id
        change.record(f"centre:{centre.id}", EventKind.CENTRE_FOUND, ("centre", centre.id))
        return centre

    def setting(self, session: Session, name: str) -> Any:
        return self.settings(session)[name]

    def settings(self, session: Session) -> dict[str, Any]:
        """Every setting with the centre's own value where it has one."""
        rows = session.execute(_OWN, {"centre_id": self.id}).tuples()
        return DEFAULTS | {name: json.loads(value) for name, value in rows}

    def revise(self, change: Change, version: int, facts: dict[str, Any], settings: dict[str, Any]) -> None:
        """Change name, telephone, address and settings as one page shows them."""
        change.lock(f"centre:{self.id}", self)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        for name, value in facts.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                self._changed(change, name)
        for name, value in settings.items():
            self.change_setting(change, name, value)

    def change_setting(self, change: Change, name: str, value: Any) -> None:
        """Raises RuleBroken for a number that makes no sense. Nothing is recorded when nothing changes."""
        most = MOST.get(name, MOST_OTHERWISE)
        if isinstance(DEFAULTS[name], int) and not isinstance(DEFAULTS[name], bool) and not 1 <= value <= most:
            raise RuleBroken(_("Enter a whole number between %(least)d and %(most)d"), field=name, least=1, most=most)
        if name in OPENING:
            check_opening(name, value)
        change.open_streams(f"centre:{self.id}")
        if self.setting(change.session, name) == value:
            return
        if name == "exclusive_administrators" and value:
            self._refuse_mixed_administrators(change.session)
        change.session.merge(Setting(centre_id=self.id, name=name, value=json.dumps(value, ensure_ascii=False)))
        self._changed(change, name)

    def _changed(self, change: Change, setting: str) -> None:
        self.version += 1
        change.record(f"centre:{self.id}", EventKind.SETTING_CHANGE, ("centre", self.id), setting=setting)
        change.renew(f"centre:{self.id}")

    def _refuse_mixed_administrators(self, session: Session) -> None:
        from models.person import mixed_administrators  # late: people stand above centres

        if people := mixed_administrators(session, self.unit.served_path):
            raise RuleBroken(_("First take the other roles from: %(names)s"), field="exclusive_administrators",
                             names=", ".join(people))  # fmt: skip


def centres_below(paths: Sequence[str]) -> Select[tuple[Centre]]:
    """The houses at or below these units, in the order in which they were founded. No path, no house."""
    below = or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else text("1 = 0")
    return select(Centre).join(Unit, Unit.id == Centre.unit_id).where(below).order_by(Centre.id)


def serving(session: Session, unit: Unit) -> list[Centre]:
    """The centres whose house this unit belongs to, whose settings therefore count for it."""
    centres = session.scalars(select(Centre).options(joinedload(Centre.unit)).order_by(Centre.id))
    return [centre for centre in centres if unit.path.startswith(centre.unit.served_path)]


def renew_boards(change: Change, unit: Unit) -> None:
    """What the boards say of this unit or its people changed: those of every house it belongs to are loaded anew."""
    for centre in serving(change.session, unit):
        change.renew(f"centre:{centre.id}")


class Setting(Base):
    __tablename__ = "settings"

    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


# Asked by every request: built once.
_OWN = select(Setting.name, Setting.value).where(Setting.centre_id == bindparam("centre_id"))
