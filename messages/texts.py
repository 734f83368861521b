"""What a message says: Chinese, short, and whole without its link. No word about the parties."""

from datetime import datetime

from flask import Flask
from flask_babel import force_locale, gettext
from werkzeug.routing import BuildError

from models.callout import Callout
from models.centre import Centre
from models.clock import SHANGHAI, local_day
from models.codes import leader_token, link_token
from models.deadline import Deadline
from models.person import Person
from models.room import Room
from models.sealed import Sealer
from models.whistle import Level

Words = dict[str, str]
# How a message begins that is not the first one about its callout.
OPENINGS = {"reminder": "催办：", "second": "二次吹哨："}
WITHOUT_ROOM = "综治中心窗口"
DECISION = "【{house}】有异议、二次吹哨或延时申请等您决定，请凭口令打开链接，或致电窗口{desk}。"
SUSPECTED = "【{house}】有法院案件涉嫌虚假调解，已停止调解，请登录系统查看“我的待办”，或致电窗口{desk}。"
DUE = "【{house}】提醒{unit}：{number}号事项“{what}”{when}。请按期办理，窗口电话{desk}。"
TEST = "【{desk_name}】这是一条测试消息，收到即表示通道可用，无需处理。窗口电话{desk}。"


def of_callout(callout: Callout, template: str, room: Room | None, at: datetime) -> Words:
    """The fields of a message about a callout; link, telephone and key are added by whoever sends it."""
    centre, due = callout.dispute.centre, callout.due_at.astimezone(SHANGHAI)
    today = local_day(due) == local_day(at)
    words = {
        "unit": callout.unit.name,
        "room": room.name if room else WITHOUT_ROOM,
        "time": f"{due:%H:%M}" if today else f"{due.month}月{due.day}日{due:%H:%M}",
        "question": callout.question,
        "desk": centre.telephone,
    }
    urgent = "紧急：" if callout.whistle.level is Level.URGENT else ""
    deed = "视频参加" if callout.whistle.level is Level.VIDEO else "到"
    opening = f"【{centre.name}】{OPENINGS.get(template, '')}{urgent}"
    words["text"] = (
        f"{opening}请{words['unit']}于{words['time']}前{deed}{words['room']}。"
        f"事项：{_ended(callout.question)}窗口电话{words['desk']}。"
    )
    return words


def _ended(question: str) -> str:
    """With the mark it was typed with, else with a full stop."""
    return question if question.endswith(("。", "？", "?", "！", "!")) else f"{question}。"


def of_decision(centre: Centre, leader: str, at: datetime) -> Words:
    """Nothing about the matter: the page behind the link, or the desk, says what waits."""
    return {"unit": leader, "room": WITHOUT_ROOM, "time": f"{at.astimezone(SHANGHAI):%H:%M}",
            "question": "有事项待决定", "desk": centre.telephone,
            "text": DECISION.format(house=centre.name, desk=centre.telephone)}  # fmt: skip


def of_sham(centre: Centre, leader: str, at: datetime) -> Words:
    """Which matter it is, the leader reads in My work."""
    return {"unit": leader, "room": WITHOUT_ROOM, "time": f"{at.astimezone(SHANGHAI):%H:%M}",
            "question": "有案件涉嫌虚假调解", "desk": centre.telephone,
            "text": SUSPECTED.format(house=centre.name, desk=centre.telephone)}  # fmt: skip


def of_deadline(deadline: Deadline, centre: Centre, at: datetime) -> Words:
    """Which period of which matter, and how many days are left; nothing about the parties."""
    left = (deadline.due_on - local_day(at)).days
    last = f"{deadline.due_on.month}月{deadline.due_on.day}日"
    with force_locale("zh_Hans_CN"):
        what = str(gettext(deadline.clock.name))
    ahead = f"{last}到期，还剩{left}天" if left else f"{last}到期，今天是最后一天"
    words = {"unit": deadline.unit.name, "room": WITHOUT_ROOM, "time": last, "question": what, "desk": centre.telephone}
    words["text"] = DUE.format(**words, house=centre.name, what=what, number=deadline.dispute.number,
                               when=ahead if left >= 0 else f"已于{last}到期")  # fmt: skip
    return words


def link_of_leader(app: Flask, sealer: Sealer, person: Person, at: datetime) -> str:
    """Today's address of this leader's decisions."""
    base = app.config["PUBLIC_URL"]
    token = leader_token(sealer.key("leader-link"), person.id, person.rights_epoch, local_day(at))
    return f"{base}{app.url_map.bind('').build('decisions.open_link', {'token': token})}" if base else ""


def of_test(desk_name: str, desk: str, at: datetime) -> Words:
    """A test names nobody's matter; its fields are filled, so that a template is tried as a whole."""
    return {"unit": "测试单位", "room": "调解一室", "time": f"{at.astimezone(SHANGHAI):%H:%M}",
            "question": "测试消息，无需处理", "desk": desk,
            "text": TEST.format(desk_name=desk_name, desk=desk)}  # fmt: skip


def link_of(app: Flask, sealer: Sealer, callout: Callout) -> str:
    """The address of the officer's page; none where nobody could open it."""
    base = app.config["PUBLIC_URL"]
    if not base:
        return ""
    token = link_token(sealer.key("callout-link"), callout.id, callout.link_number)
    try:
        return f"{base}{app.url_map.bind('').build('arrival.open_link', {'token': token})}"
    except BuildError:
        return ""
