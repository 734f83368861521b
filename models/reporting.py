"""Who comes for a unit, and his arrival 报到: proved by the house's code, or recorded by those who see him."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import one_of
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.sealed import Sealer
from models.words import _


class ArrivalMethod(StrEnum):
    CODE = "code"
    QR = "qr"
    DESK = "desk"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    VIDEO = "video"


WRONG_CODES = 5


@dataclass(frozen=True)
class Officer:
    """Who comes for the unit: a name, as typed once or taken from the roster."""

    name: str = ""
    post: str = ""
    phone: str = ""


class Reporting:
    """The part of a callout that speaks of its officer: who he is, whether he is in the room, and how that is known."""

    arrived_at: Mapped[datetime | None]
    arrival_method: Mapped[ArrivalMethod | None] = mapped_column(one_of(ArrivalMethod))
    arrival_step: Mapped[int | None]
    arrival_confirmed_at: Mapped[datetime | None]
    # When a tap made without signal reached us, see models/arrival.py.
    arrival_received_at: Mapped[datetime | None]
    officer_name: Mapped[str] = mapped_column(String(60), default="")
    officer_post: Mapped[str] = mapped_column(String(60), default="")
    officer_phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrong_codes: Mapped[int] = mapped_column(default=0)

    if TYPE_CHECKING:  # what the callout itself knows
        uid: Any
        dispute: Any
        sounded_at: Any
        delivered_at: Any
        acknowledged_at: Any

        def acknowledge(self, change: Change) -> None: ...
        def end_pause(self, change: Change) -> None: ...
        def _opens(self, change: Change) -> bool: ...
        def note(self, change: Change, kind: EventKind, **facts: Any) -> None: ...

    @property
    def minutes_taken(self) -> int | None:
        """Whole minutes from the whistle to the arrival."""
        return int((self.arrived_at - self.sounded_at).total_seconds() // 60) if self.arrived_at else None

    @property
    def code_entry_closed(self) -> bool:
        return self.wrong_codes >= WRONG_CODES

    def substitute(self, change: Change, officer: Officer) -> None:
        """改派他人: the unit names the officer who comes (name, post, telephone)."""
        if not officer.name.strip():
            raise RuleBroken(_("Enter the officer's name"), field="name")
        if self._opens(change) and self.arrived_at is None:
            self.acknowledge(change)
            if self._name(change, officer):
                self.note(change, EventKind.CALLOUT_SUBSTITUTE)

    def arrive(
        self,
        change: Change,
        method: ArrivalMethod,
        officer: Officer | None = None,
        *,
        step: int | None = None,
        at: datetime | None = None,
        is_doubtful: bool = False,
    ) -> None:
        """报到. `at` is the time of a code's step when a queued tap reaches us within its grace; else now.

        An officer who simply walks in has acknowledged as well. A doubtful arrival waits for the desk's confirmation.
        """
        if not self._opens(change) or self.arrived_at is not None:
            return
        self.end_pause(change)
        arrived_at = max(at or change.at, self.sounded_at)
        self.delivered_at = self.delivered_at or arrived_at
        self.acknowledged_at = self.acknowledged_at or arrived_at
        self.arrived_at, self.arrival_method, self.arrival_step = arrived_at, method, step
        by_code = method in (ArrivalMethod.CODE, ArrivalMethod.QR)
        if not is_doubtful and not (by_code and self.dispute.centre.setting(change.session, "confirm_arrival")):
            self.arrival_confirmed_at = change.at
        if officer is not None:
            self._name(change, officer)
        self.note(change, EventKind.CALLOUT_ARRIVE, method=method.value, minutes=self.minutes_taken, step=step)

    def confirm_arrival(self, change: Change) -> None:
        if self._opens(change) and self.arrived_at and self.arrival_confirmed_at is None:
            self.arrival_confirmed_at = change.at
            self.note(change, EventKind.CALLOUT_CORRECT, confirmed=True)

    def enter_wrong_code(self, change: Change) -> None:
        """Five wrong codes close code entry for this callout until the desk opens it again."""
        if self._opens(change) and self.arrived_at is None:
            self.wrong_codes += 1
            self.note(change, EventKind.CALLOUT_WRONG_CODE, count=self.wrong_codes)

    def open_code_entry(self, change: Change) -> None:
        if self._opens(change) and self.wrong_codes:
            self.wrong_codes = 0
            self.note(change, EventKind.CALLOUT_OPEN_CODE)

    def _name(self, change: Change, officer: Officer) -> bool:
        """Keep who comes, and say whether that is new; a telephone stays with the same name until another is typed."""
        before = (self.officer_name, self.officer_post, self.clear_phone(change.sealer))
        name, phone = officer.name.strip(), officer.phone.strip()
        if not phone and name == self.officer_name:
            phone = before[2]
        if (name, officer.post.strip(), phone) == before:
            return False
        if phone != before[2]:
            sealed = change.sealer.seal("callouts", "officer_phone", self.uid, phone) if phone else None
            self.officer_phone_sealed = sealed
        self.officer_name, self.officer_post = name, officer.post.strip()
        return True

    def clear_phone(self, sealer: Sealer) -> str:
        """The officer's telephone in clear, empty when there is none."""
        sealed = self.officer_phone_sealed
        return sealer.open("callouts", "officer_phone", self.uid, sealed) if sealed else ""
