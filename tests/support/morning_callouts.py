"""Who was called on the busy morning: each unit at another point of its way to the room, or in a meeting."""

from models.callout import AnswerResult, ArrivalMethod, CalloutOrder, Officer
from models.coordination import Coordination
from models.invitation import PhoneResult
from models.meeting import join_meeting
from models.objection import Objection, ObjectionChannel
from models.party import Side
from models.pause import PauseReason, pause
from models.telephone_call import CallResult, note_call
from models.time_request import TimeWish, ask_for_time
from models.unit_answer import UnitAnswer
from models.whistle import Level, WhistleOrder, sound
from tests.support.cast import MEDIATOR, Cast
from tests.support.morning_window import Say, entry

MEETING = "https://meeting.example.cn/8"
CALLED = ("市场监管局", "人社局", "住建局", "司法局", "甘浚镇")


def whistled(cast: Cast, say: Say) -> None:
    """The whistle has sounded: each unit is at another point of its way to the room."""
    dispute = entry(cast, say)
    orders = [CalloutOrder(cast.unit(name).id, say("question", "请说明退费责任")) for name in CALLED]
    others = [party for party in dispute.parties if party.side is not Side.APPLICANT]
    with cast.acting() as change:
        order = WhistleOrder(orders, room=cast.room("调解三室"), mediator=cast.person(MEDIATOR), invite=others)
        whistle = sound(change, dispute, order)
    told, coming, objecting, present, silent = whistle.callouts
    with cast.acting() as change:
        told.tell_by_telephone(change, say("told", "贺强"))
        coming.substitute(change, Officer(say("officer", "滕丽"), say("post", "副科长"), say("phone", "19000000040")))
        coming.set_out(change)
        Objection.raise_for(change, objecting, say("objection", "不属我局职责"), say("basis", "三定规定"),
                            ObjectionChannel.TELEPHONE)  # fmt: skip
        ask_for_time(change, told, TimeWish.MORE_MINUTES, 15, say("time", "半路爆胎"))
        pause(change, coming, PauseReason.OTHER, say("pause", "中心换房间"))
        note_call(change, objecting, CallResult.NO_ANSWER)
        Coordination.ask(change, silent)
        change.session.flush()
        Coordination.ask(change, coming).arrange(change, say("arranged", "已通知分管领导"))
        present.arrive(change, ArrivalMethod.DESK, Officer(say("officer", "安国华"), say("post", "律师")))
        dispute.invitations[0].note(change, PhoneResult.COMING, 20)


def by_video(cast: Cast, say: Say) -> None:
    """A unit sits in the meeting and has answered; another took part and was released."""
    dispute = entry(cast, say)
    orders = [CalloutOrder(cast.unit(name).id) for name in ("市场监管局", "人社局")]
    with cast.acting() as change:
        order = WhistleOrder(orders, level=Level.VIDEO, video_url=MEETING)
        gone, there = sound(change, dispute, order).callouts
    with cast.acting() as change:
        for callout in (gone, there):
            join_meeting(change, callout, Officer(say("officer", "滕丽"), say("post", "副科长")))
            UnitAnswer.state(change, callout, AnswerResult.ANSWERED, say("own answer", "三日内答复"))
        gone.release(change)
