"""Reminders: in good time, once each, in the daytime, to the owner; and the calendar that moves every end."""

from datetime import date

from messages import texts
from messages.reminders import remind_of_deadlines
from models.calendar import CalendarDay, DayKind
from models.calendar_lines import read_lines, take_lines
from models.callout import CalloutOrder
from models.channel import ChannelKind, MessageChannel
from models.deadline import Deadline
from models.event import Event
from models.hand_over import HandOverOrder, hand_over
from models.outbox import Message
from models.recount import counted_anew
from models.whistle import WhistleOrder, sound
from tests.support.cast import MANAGER, Cast
from tests.support.clock import Clock
from tests.support.deadlines import accepted, begun, kinds, one
from transaction import db


def told(deadline: Deadline) -> list[str]:
    found = db.session.query(Message).filter_by(recipient_kind="deadline", recipient_id=deadline.id)
    return [message.channel for message in found.order_by(Message.id)]


def test_each_reminder_comes_once_on_its_day_and_once_after_the_end(cast: Cast, clock: Clock) -> None:
    deadline = one(accepted(cast), "people_mediation")  # ends on 23 December; seven, three, one day before
    days = []
    for _day in range(40):
        for _twice in range(2):
            days += [clock.now.date().isoformat()] * remind_of_deadlines()
        clock.advance(days=1)
    assert days == ["2026-12-16", "2026-12-20", "2026-12-22", "2026-12-24"]
    assert told(deadline) == ["inbox"] * 4


def test_a_worker_that_was_away_says_it_once(cast: Cast, clock: Clock) -> None:
    deadline = one(accepted(cast), "people_mediation")
    clock.advance(days=29, hours=3)
    assert (remind_of_deadlines(), remind_of_deadlines(), told(deadline)) == (1, 0, ["inbox"])


def test_nobody_is_reminded_at_night_or_of_what_has_ended(cast: Cast, clock: Clock) -> None:
    deadline = one(accepted(cast), "people_mediation")
    clock.advance(days=23, hours=11)  # 21:20
    assert remind_of_deadlines() == 0
    with cast.acting() as change:
        deadline.meet(change, deadline.version, date(2026, 12, 10), "调解协议书")
    clock.advance(hours=12)
    assert remind_of_deadlines() == 0


def test_a_longer_period_is_reminded_of_again(cast: Cast, clock: Clock) -> None:
    deadline = begun(cast, accepted(cast), "court_ordinary")  # ends on 8 December
    clock.advance(days=10)
    assert remind_of_deadlines() == 1
    with cast.acting() as change:
        deadline.extend(change, deadline.version, 30, "笔录", "双方", date(2026, 12, 1))
    assert (deadline.due_on, deadline.warn_on) == (date(2027, 1, 7), date(2027, 1, 2))


def test_the_owning_unit_is_told_by_its_channel_and_of_nobody(cast: Cast, clock: Clock) -> None:
    dispute, unit = accepted(cast), cast.unit("市场监管局")
    with cast.acting(MANAGER) as change:
        secrets = {"address": "http://127.0.0.1:9/", "body": "{text}"}
        own = MessageChannel.create(change, cast.centre, ChannelKind.HTTP, secrets, name="短信", unit_id=unit.id)
    with cast.acting() as change:
        hand_over(change, dispute, HandOverOrder(unit.id, "汪海燕", date(2026, 11, 30)))
    clock.advance(days=4)
    assert remind_of_deadlines() == 1
    deadline = one(dispute, "hand_over_reply")
    assert told(deadline) == ["inbox", str(own.id)]
    text = texts.of_deadline(deadline, cast.centre, clock.now)["text"]
    assert "11月30日到期，还剩3天" in text
    assert dispute.number in text
    assert "宋佳" not in text


def test_a_new_holiday_moves_what_ends_on_it_and_says_so(cast: Cast) -> None:
    dispute = accepted(cast)
    deadline = one(dispute, "people_mediation")
    with cast.acting(MANAGER) as change, counted_anew(change, cast.centre):
        CalendarDay.enter(change, cast.centre, DayKind.HOLIDAY, "停电", date(2026, 12, 23), date(2026, 12, 24))
    assert deadline.due_on == date(2026, 12, 25)
    event = db.session.query(Event).filter_by(kind="deadline:move").one()
    assert event.particulars == {"clock": "people_mediation", "due": "2026-12-25", "before": "2026-12-23"}
    with cast.acting(MANAGER) as change, counted_anew(change, cast.centre):
        for day in db.session.query(CalendarDay).filter_by(name="停电", centre_id=cast.centre.id):
            day.remove(change)
    assert (deadline.due_on, kinds(dispute)[-1]) == (date(2026, 12, 23), "move")


def test_lines_are_read_as_people_paste_them() -> None:
    pasted = (
        "日期,性质,名称",
        "2027-02-05,休,春节",
        "2027/2/6\t放假\t春节",
        "2027年2月7日，holiday，春节",
        "",
        "2027.2.14 上班 春节调休",
    )
    good, bad = read_lines("\n".join(pasted))
    assert [(one.day.day, one.kind, one.name) for one in good] == [
        (5, DayKind.HOLIDAY, "春节"), (6, DayKind.HOLIDAY, "春节"), (7, DayKind.HOLIDAY, "春节"),
        (14, DayKind.WORKDAY, "春节调休"),
    ]  # fmt: skip
    assert bad == []


def test_one_bad_line_and_nothing_is_entered(cast: Cast) -> None:
    before = db.session.query(CalendarDay).count()
    text = "2027-02-05,休,春节\n2027-02-30,休,春节\n2027-02-06,休息,春节\n2027-02-05,班,春节\n2026-10-01,班,国庆节"
    with cast.acting(MANAGER) as change:
        taken, bad = take_lines(change, cast.centre, text)
    assert (taken, [one.line for one in bad]) == (0, [2, 3, 4, 5])
    assert db.session.query(CalendarDay).count() == before


def test_lines_entered_twice_are_entered_once(cast: Cast) -> None:
    for expected in (1, 0):
        with cast.acting(MANAGER) as change:
            assert take_lines(change, cast.centre, "2026-10-01,休,国庆节\n2027-10-01,休,国庆节") == (expected, [])


def test_of_a_drill_nobody_is_reminded(cast: Cast, clock: Clock) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        sound(change, dispute, WhistleOrder([CalloutOrder(cast.unit("住建局").id)], is_drill=True))
    clock.advance(days=29)
    assert (remind_of_deadlines(), one(dispute, "people_mediation").is_running) == (0, True)
