"""报到签到单: who came for each unit, when, and who was stood down or did not come."""

from models.callout import Callout
from models.words import _
from papers.blocks import Cell, Paper, Table, Title, form, head, note, pair, wide
from papers.matter import Matter, Pen
from papers.sources import WHISTLE
from papers.wording import METHODS, clock, day, moment

NAME = "报到签到单"


def write(matter: Matter) -> Paper:
    pen, dispute = Pen(matter), matter.dispute
    last = dispute.whistles[-1] if dispute.whistles else None
    room = last.room.name if last and last.room else ""
    rows = tuple(_row(pen, callout) for callout in matter.callouts)
    pen.write(
        Title(NAME, dispute.number),
        form(
            wide("事由", matter.category),
            pair("吹哨时间", moment(last.sounded_at if last else None), "地点", f"{dispute.centre.name}{room}"),
            pair("主持调解员", matter.mediator, "记录人", matter.recorder),
        ),
        Table(
            (head("单位", "报到人", "职务", "时限", "到场时间", "方式", "签名"), *rows), (19, 12, 12, 15, 15, 11, 16), 1
        ),
        note(f"到场时间以中心服务器时间为准。制表日期：{day(matter.at)}"),
    )
    return pen.done(NAME)


def _row(pen: Pen, callout: Callout) -> tuple[Cell, ...]:
    arrived = callout.arrived_at is not None
    name = pen.take(_("Officer"), callout.officer_name, WHISTLE, needed=arrived)
    method = METHODS[callout.arrival_method] if callout.arrival_method else ""
    state = clock(callout.arrived_at) if arrived else "未到" if callout.no_show_at else ""
    return (Cell(callout.unit.name), Cell(name), Cell(callout.officer_post), Cell(clock(callout.due_at)), Cell(state),
            Cell(method), Cell("", tall=10))  # fmt: skip
