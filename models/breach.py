"""A breach 违约: the day has passed and the term is not covered; whoever owes is reminded, by voice or in writing."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agreement import Agreement, Term
from models.base import Base, Key, one_of
from models.change import Change
from models.clarity import in_yuan
from models.clock import local_day
from models.errors import TransitionNotAllowed
from models.event_kinds import EventKind
from models.words import _

if TYPE_CHECKING:
    from models.centre import Centre


class ReminderChannel(StrEnum):
    TELEPHONE = "telephone"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class TermReminder(Base):
    """A reminder 催告 that was given; its words are those of the record on that day."""

    __tablename__ = "term_reminders"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    channel: Mapped[ReminderChannel] = mapped_column(one_of(ReminderChannel))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Key)

    term: Mapped[Term] = relationship(back_populates="reminders")


def is_overdue(term: Term, today: date) -> bool:
    return term.is_open and term.due_on < today


def is_in_default(agreement: Agreement, today: date) -> bool:
    """违约条款触发: something is overdue and the agreement says what follows from it."""
    return bool(agreement.default_clause) and any(is_overdue(term, today) for term in agreement.terms)


def whole_rest(agreement: Agreement) -> int:
    """Everything that is still to be paid under the agreement, due or not, in fen."""
    return sum(term.rest_fen for term in agreement.terms)


def remind(change: Change, term: Term, channel: ReminderChannel) -> None:
    """Keep that the reminder was given; the same way on the same day is the same reminder."""
    dispute = term.agreement.mediation.dispute
    change.lock(dispute.stream, term)
    if not is_overdue(term, local_day(change.at)):
        raise TransitionNotAllowed(_("Nothing is overdue under this term"))
    today = local_day(change.at)
    if any(one.channel is channel and local_day(one.at) == today for one in term.reminders):
        return
    term.reminders.append(TermReminder(channel=channel, at=change.at, by_id=change.by.id))
    change.record(dispute.stream, EventKind.TERM_REMIND, ("term", term.id), reminder=channel.value)


def reminder_words(term: Term, centre: "Centre", today: date) -> str:
    """What is sent or read out, in the language of the parties. It stands alone and names no other matter."""
    agreement = term.agreement
    duty = term.act or f"支付{in_yuan(term.amount_fen or 0)}元"
    lines = [
        f"{term.payer or '当事人'}：您好！{_day(local_day(agreement.concluded_at))}达成的调解协议约定，"
        f"您应于{_day(term.due_on)}前{duty}。"
    ]
    if term.amount_fen is not None:
        paid = f"已付{in_yuan(term.paid_fen)}元，" if term.paid_fen else ""
        lines.append(f"截至{_day(today)}，{paid}尚有{in_yuan(term.rest_fen)}元未付。")
    else:
        lines.append(f"截至{_day(today)}，尚未登记履行。")
    if is_in_default(agreement, today):
        lines.append(f"协议约定：{agreement.default_clause.rstrip('。')}。")
    lines.append(f"请尽快履行；已经履行的，请告知并提供凭证；有困难的，请与我们联系协商。{centre.name}")
    return "".join(lines) + (f"，电话{centre.telephone}。" if centre.telephone else "。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
