"""A telephone call to a unit: told by name, or nobody answered. Both stay on record with their time."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, one_of
from models.callout import Callout
from models.change import Change
from models.errors import RuleBroken
from models.event_kinds import EventKind
from models.words import _

# The same result tapped again within this time is the same call.
SAME_CALL = timedelta(minutes=1)


class CallResult(StrEnum):
    TOLD = "told"
    NO_ANSWER = "no_answer"


class TelephoneCall(Base):
    """Who rang is the actor of its event; whom he spoke to stands here."""

    __tablename__ = "telephone_calls"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callout_id: Mapped[int] = mapped_column(ForeignKey("callouts.id"), index=True)
    result: Mapped[CallResult] = mapped_column(one_of(CallResult))
    name: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    callout: Mapped[Callout] = relationship(back_populates="calls")


def note_call(change: Change, callout: Callout, result: CallResult, name: str = "") -> None:
    """已告知(姓名) counts as delivered and acknowledged; 打不通 counts as nothing and is on record."""
    if result is CallResult.TOLD and not name.strip():
        raise RuleBroken(_("Enter who was told on the telephone"), field="name")
    change.lock(callout.dispute.stream, callout)
    if not callout.is_open:
        return
    name = name.strip() if result is CallResult.TOLD else ""
    last = callout.calls[-1] if callout.calls else None
    if last is not None and (last.result, last.name) == (result, name) and change.at - last.at < SAME_CALL:
        return
    callout.calls.append(TelephoneCall(result=result, name=name, at=change.at, by_id=change.by.id))
    if result is CallResult.TOLD and callout.acknowledged_at is None:
        callout.tell_by_telephone(change, name)
    else:
        callout.note(change, EventKind.CALLOUT_CALL, result=result.value)
