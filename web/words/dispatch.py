"""Words of whistle, callout and arrival."""

from enum import StrEnum

from models.callout import AnswerResult, ArrivalMethod, CalloutState
from models.correction import Tap
from models.invitation import PhoneResult
from models.ladder import Step
from models.objection import ObjectionChannel
from models.pause import PauseReason
from models.telephone_call import CallResult
from models.time_request import TimeWish
from models.whistle import Level
from models.words import _

PAIRS: tuple[tuple[StrEnum, str], ...] = (
    (Level.ORDINARY, _("Ordinary")),
    (Level.URGENT, _("Urgent")),
    (Level.APPOINTMENT, _("Appointment")),
    (Level.VIDEO, _("Video")),
    (CalloutState.SOUNDED, _("Sounded")),
    (CalloutState.DELIVERED, _("Delivered")),
    (CalloutState.ACKNOWLEDGED, _("Acknowledged")),
    (CalloutState.ON_THE_WAY, _("On the way")),
    (CalloutState.OBJECTED, _("Objection to be checked")),
    (CalloutState.ARRIVED, _("Reported in")),
    (CalloutState.RELEASED, _("Released")),
    (CalloutState.STOOD_DOWN, _("Stood down")),
    (CalloutState.PAUSED, _("Time stands still")),
    (CalloutState.NO_SHOW, _("Did not come")),
    (PauseReason.ROOM_CHANGED, _("The centre changed the room")),
    (PauseReason.TIME_CHANGED, _("The centre changed the time")),
    (PauseReason.PARTY_LEFT, _("A party has left")),
    (PauseReason.ROAD_CLOSED, _("The road is closed")),
    (PauseReason.WRONG_UNIT, _("The wrong unit was called")),
    (PauseReason.OTHER, _("Another reason")),
    (TimeWish.MORE_MINUTES, _("More minutes")),
    (TimeWish.STANDSTILL, _("Time to stand still")),
    (Step.REMINDER, _("Reminder")),
    (Step.SECOND, _("Second whistle")),
    (Step.COORDINATION, _("Request to the district")),
    (CallResult.TOLD, _("Told by telephone")),
    (CallResult.NO_ANSWER, _("No answer")),
    (Tap.TELEPHONE, _("Told by telephone")),
    (Tap.ACKNOWLEDGE, _("Acknowledged")),
    (Tap.SET_OUT, _("On the way")),
    (Tap.ARRIVE, _("Reported in")),
    (Tap.RELEASE, _("Released")),
    (Tap.STAND_DOWN, _("Stood down")),
    (Tap.NO_SHOW, _("Did not come")),
    (Tap.PAUSE, _("Time stands still")),
    (Tap.ANSWER, _("Answer of the unit")),
    (ArrivalMethod.CODE, _("code")),
    (ArrivalMethod.QR, _("QR code")),
    (ArrivalMethod.DESK, _("recorded by the desk")),
    (ArrivalMethod.MEDIATOR, _("recorded by the mediator")),
    (ArrivalMethod.RECORDER, _("recorded by the recorder")),
    (ArrivalMethod.VIDEO, _("joined by video")),
    (AnswerResult.ANSWERED, _("Answered on the spot")),
    (AnswerResult.TAKEN_BACK, _("Taken back for study")),
    (AnswerResult.NEEDS_AUTHORITY, _("Somebody with authority must come")),
    (ObjectionChannel.LINK, _("by link")),
    (ObjectionChannel.TELEPHONE, _("by telephone")),
    (PhoneResult.COMING, _("Coming")),
    (PhoneResult.AGENT, _("Sends an agent")),
    (PhoneResult.ANOTHER_DAY, _("Another day")),
    (PhoneResult.NO_ANSWER, _("No answer")),
    (PhoneResult.REFUSED, _("Clearly refused")),
)
