"""A correction 更正: a wrong tap is taken back with a reason. What stood there stays in the history."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.change import Change
from models.clock import iso
from models.errors import RuleBroken, TransitionNotAllowed
from models.event_kinds import EventKind
from models.outbox import Message
from models.reporting import ArrivalMethod, Officer
from models.words import _


class Tap(StrEnum):
    """What somebody has tapped about a callout."""

    TELEPHONE = "telephone"
    ACKNOWLEDGE = "acknowledge"
    SET_OUT = "set_out"
    ARRIVE = "arrive"
    RELEASE = "release"
    STAND_DOWN = "stand_down"
    NO_SHOW = "no_show"
    PAUSE = "pause"
    ANSWER = "answer"


class Correction(Base):
    """Which tap was taken back and why. `was` is the time it had, or the answer as it read."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), index=True)
    tap: Mapped[Tap] = mapped_column(one_of(Tap))
    reason: Mapped[str] = mapped_column(String(200))
    was: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship(back_populates="corrections")


def reversible(callout: Callout) -> list[Tap]:
    """What can be taken back now: of the way into the room always the last step, so that no gap is left behind it."""
    if callout.stood_down_at:
        upheld = any(objection.upheld for objection in callout.objections)
        return [] if upheld else [Tap.STAND_DOWN]
    if callout.no_show_at:
        return [Tap.NO_SHOW]
    taps = []
    if callout.result is not None:
        taps.append(Tap.ANSWER)
    if callout.released_at:
        return [*taps, Tap.RELEASE]
    if callout.arrived_at:
        taps += [Tap.ARRIVE] if callout.result is None else []
    elif callout.on_the_way_at:
        taps.append(Tap.SET_OUT)
    elif callout.acknowledged_at and callout.open_objection is None:
        taps.append(Tap.TELEPHONE if callout.told_by_telephone else Tap.ACKNOWLEDGE)
    if any(not pause.taken_back_at for pause in callout.pauses) and callout.arrived_at is None:
        taps.append(Tap.PAUSE)
    return taps


def take_back(change: Change, callout: Callout, tap: Tap, reason: str) -> None:
    """Undo one tap. What is not there, or has been taken back already, changes nothing.

    Raises TransitionNotAllowed for a tap that others stand on, or when the unit has been called again meanwhile.
    """
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), field="reason")
    callout.dispute.lock_file(change)
    change.lock(callout.dispute.stream, callout)
    was = _standing(callout, tap)
    if was is None:
        return
    if tap not in reversible(callout):
        raise TransitionNotAllowed(_("First take back what came after it"))
    if not callout.is_open:
        _refuse_second(callout)
    said = _answer_as_it_reads(callout) if isinstance(was, str) else iso(was)
    _UNDO[tap](change, callout)
    callout.corrections.append(Correction(tap=tap, reason=reason.strip(), was=said, at=change.at, by_id=change.by.id))
    facts = {"result": was} if tap is Tap.ANSWER else {"was": said}
    callout.note(change, EventKind.CALLOUT_TAKE_BACK, tap=tap.value, **facts)


def arrive_after_all(
    change: Change, callout: Callout, reason: str, method: ArrivalMethod, officer: Officer | None = None
) -> None:
    """超时到: an officer who comes after 未到 was noted. The note is taken back and the arrival recorded."""
    take_back(change, callout, Tap.NO_SHOW, reason)
    callout.arrive(change, method, officer)


def _standing(callout: Callout, tap: Tap) -> datetime | str | None:
    """What the tap has left behind: its time, or the result it noted."""
    if tap is Tap.PAUSE:
        return next((pause.since for pause in reversed(callout.pauses) if not pause.taken_back_at), None)
    if tap is Tap.ANSWER:
        return callout.result.value if callout.result else None
    if tap in (Tap.TELEPHONE, Tap.ACKNOWLEDGE):
        return callout.acknowledged_at if callout.told_by_telephone is (tap is Tap.TELEPHONE) else None
    moments: dict[Tap, datetime | None] = {
        Tap.SET_OUT: callout.on_the_way_at,
        Tap.ARRIVE: callout.arrived_at,
        Tap.RELEASE: callout.released_at,
        Tap.STAND_DOWN: callout.stood_down_at,
        Tap.NO_SHOW: callout.no_show_at,
    }
    return moments[tap]


def _answer_as_it_reads(callout: Callout) -> str:
    """With what became of a promised reply, where that is noted: it is taken back together."""
    said = f"{callout.result}: {callout.answer}"
    if callout.reply_is_noted:
        said += f" ({callout.answer_due_on}: {callout.replied_on or '-'})"
    return said


def _refuse_second(callout: Callout) -> None:
    """A unit has one open callout per dispute, also after an end was taken back."""
    if not callout.dispute.is_open:
        raise TransitionNotAllowed(_("The dispute has ended meanwhile"))
    others = (one for one in callout.dispute.callouts if one is not callout and one.unit_id == callout.unit_id)
    if any(one.is_open for one in others):
        raise TransitionNotAllowed(_("%(unit)s is called already"), unit=callout.unit.name)


def _acknowledgement(change: Change, callout: Callout) -> None:
    """Delivered is then only what a channel has accepted."""
    sent = select(func.min(Message.sent_at)).where(
        Message.recipient_kind == "callout", Message.recipient_id == callout.id, Message.template == "callout"
    )
    callout.acknowledged_at, callout.told_by_telephone = None, False
    callout.delivered_at = change.session.scalar(sent)


def _set_out(_change: Change, callout: Callout) -> None:
    callout.on_the_way_at = None


def _arrival(_change: Change, callout: Callout) -> None:
    callout.arrived_at = callout.arrival_method = callout.arrival_step = callout.arrival_confirmed_at = None


def _release(_change: Change, callout: Callout) -> None:
    callout.released_at = None


def _stand_down(_change: Change, callout: Callout) -> None:
    callout.stood_down_at = callout.stand_down_seen_at = None
    callout.stand_down_reason = ""


def _no_show(_change: Change, callout: Callout) -> None:
    callout.no_show_at, callout.no_show_words = None, ""


def _pause(change: Change, callout: Callout) -> None:
    last = next(pause for pause in reversed(callout.pauses) if not pause.taken_back_at)
    last.until, last.taken_back_at = last.until or max(change.at, last.since), change.at
    callout.reckon_due()


def _answer(_change: Change, callout: Callout) -> None:
    callout.result, callout.answer, callout.answer_due_on = None, "", None
    callout.replied_on = callout.reply_missed_at = None


_UNDO: dict[Tap, Callable[[Change, Callout], None]] = {
    Tap.TELEPHONE: _acknowledgement,
    Tap.ACKNOWLEDGE: _acknowledgement,
    Tap.SET_OUT: _set_out,
    Tap.ARRIVE: _arrival,
    Tap.RELEASE: _release,
    Tap.STAND_DOWN: _stand_down,
    Tap.NO_SHOW: _no_show,
    Tap.PAUSE: _pause,
    Tap.ANSWER: _answer,
}
