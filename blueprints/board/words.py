"""The words of the boards, looked up once per language: a board of forty cards says each of them hundreds of times."""

import functools
from enum import StrEnum

from flask_babel import force_locale, gettext

from models.lack import WORDS as LACKS
from models.words import _
from web.labels import LABELS
from web.language import ENGLISH

MSGIDS = {
    # how a unit stands
    "by": _("by %(time)s"),
    "arrived": _("arrived, %(minutes)s min"),
    "arrived_late": _("arrived late, %(minutes)s min"),
    "by_video": _("by video"),
    "desk": _("the desk"),
    "unconfirmed": _("arrival to be confirmed"),
    "objection": _("objection {time}"),
    "wall_arrived": _("in %(minutes)s min"),
    "wall_objection": _("objection"),
    "sent": _("sent {time}"),
    "second_sent": _("2nd {time}"),
    "paused": _("time stands still"),
    "second": _("second whistle blown"),
    "handed_up": _("district asked %(time)s"),
    "arranged": _("district arranged: %(words)s"),
    "reminded": _("reminded, telephone"),
    "acknowledged": _("received %(time)s"),
    "on_the_way": _("on the way"),
    "delivered": _("delivered"),
    "undelivered": _("not delivered yet"),
    "needs_telephone": _("outside message failed, telephone"),
    "codes_closed": _("five wrong codes, record the arrival"),
    # the other side
    "other_side": _("Other side: %(name)s"),
    "present": _("present"),
    "about": _("about %(time)s"),
    "not_called": _("to be telephoned"),
    "telephoned": _("telephoned %(time)s"),
    "other_present": _("other side present"),
    "other_some": _("other side %(here)s of %(all)s"),
    "other_about": _("other side about %(time)s"),
    "other_awaited": _("other side not here"),
    # what is missing
    "mediator": _("Presiding mediator"),
    "mediator_missing": _("nobody assigned yet"),
    "room": _("Room"),
    "room_free": _("%(room)s is free · %(seats)s seats"),
    "do_enter": _("Go in"),
    "do_other_room": _("Another room"),
    "room_missing": _("waiting for a free room"),
    "waiting": _("Waiting for a room"),
    "units": _("Units called"),
    "not_whistled": _("no whistle yet"),
    "whistle_next": _("blow the whistle to call the units"),
    "no_mediator": _("no mediator yet"),
    # the head of a card
    "people": _("%(count)s people"),
    "person": _("%(count)s person"),
    "representatives": _("%(count)s representatives"),
    "since": _("since %(time)s"),
    "presides": _("%(name)s presides"),
    "non_public": _("not public"),
    "drill": _("Drill"),
    "minutes": _("min"),
    # buttons
    "do_arrival": _("Record arrival"),
    "do_telephone": _("Telephoned"),
    "do_here": _("Here"),
    "do_coming": _("Will come"),
    "do_second": _("Second whistle"),
    "do_no_answer": _("No answer"),
    "do_whistle": _("Blow the whistle"),
    "do_assign": _("Assign"),
    "do_room": _("Give a room"),
    "do_call": _("Call %(number)s"),
    "do_decide": _("Decide the objection"),
    "do_ring": _("Confirm by telephone"),
    "do_confirm": _("Confirm the arrival"),
    "promised": _("reply by %(day)s"),
    "promise_broken": _("promised reply overdue"),
    "do_replied": _("Replied"),
    "do_unreplied": _("No reply came"),
    "do_open": _("Open a session"),
    "do_result": _("Record the result"),
    "see_session": _("Session record"),
    "see_sheet": _("Preparation sheet"),
    # what waits, beside the cards
    **{f"lack_{lack}": words for lack, words in LACKS.items()},
    # the hall and the doors
    "hall_waiting": _("Waiting to be called"),
    "hall_units": _("Waiting for the departments"),
    "hall_mediation": _("Mediation in progress"),
    "hall_break": _("Break"),
    "hall_arrived": _("%(here)s of %(all)s here"),
    "hall_expected": _("expected %(time)s"),
    "hall_area": _("Waiting area"),
    "door_free": _("Free"),
    "door_used": _("Room in use"),
    "door_waiting": _("Being prepared"),
}


class Words(dict[str, str]):
    """Words by key, labels of stored words by their class and value."""

    def __init__(self, language: str) -> None:
        self.english = language == ENGLISH
        with force_locale(language):
            super().__init__({key: gettext(msgid) for key, msgid in MSGIDS.items()})
            self.labels = {word: gettext(msgid) for word, msgid in LABELS.items()}

    def label(self, word: StrEnum) -> str:
        return self.labels[type(word), word.value]

    def name(self, name: str | None, name_en: str | None) -> str:
        """The name of a row in this language."""
        return (name_en if self.english and name_en else name) or ""


@functools.cache
def words(language: str) -> Words:
    return Words(language)
