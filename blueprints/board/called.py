"""What a card says of a unit that was called: how far it is, how it was told, and what the desk can do with one tap."""

from datetime import datetime

from blueprints.board.addresses import Addresses
from blueprints.board.lines import Action, CardLine, State
from blueprints.board.rows import BoardRow, CalloutRow, StopRow
from blueprints.board.words import Words
from models.callout import WRONG_CODES, AnswerResult, ArrivalMethod, CalloutState
from models.telephone_call import CallResult
from web.filters import clock_time, day


def called(callout: CalloutRow, row: BoardRow, w: Words, to: Addresses, shown: str, at: datetime) -> CardLine:
    page = to["dispatch.show_callout"](callout.id)
    line = CardLine(
        w.name(callout.unit, callout.unit_en), State(""), callout.question, url=page if "r" in shown else ""
    )
    line.way = way(row.way_of(callout), w)
    if callout.is_missed:
        line.state = State(w.label(CalloutState.NO_SHOW), "late")
        return line
    mark, version = f"callout-{callout.id}", str(callout.version)
    if callout.arrived_at is not None:
        line.state = State(arrival(callout, w, "arrived"), "ok" if callout.confirmed else "wait")
        if callout.result:
            line.said = w.label(AnswerResult(callout.result))
            _promise(line, callout, w, to, shown, at)
        elif not callout.confirmed and "r" in shown:
            confirm = to["dispatch.create_confirmation"](callout.id)
            line.actions.append(Action(f"{mark}-confirm", w["do_confirm"], confirm, "version", version))
        elif row.facts.session_id and "m" in shown:
            session = to["mediation.show_session"](row.facts.session_id)
            line.actions.append(Action(f"{mark}-result", w["do_result"], session))
        return line
    line.said = " · ".join(filter(None, (_heard(callout, w), _district(callout, w))))
    line.ring = callout.telephone if "r" in shown and _is_to_be_rung(callout) else ""
    if callout.objected_at is not None:
        since, line.ask = clock_time(callout.objected_at), callout.objection or ""
        line.state = State(w["objection"].replace("{time}", since), "info", since=callout.objected_at,
                           word=w["objection"])  # fmt: skip
        if "d" in shown:
            line.actions.append(Action(f"{mark}-decide", w["do_decide"], page, primary=True))
        elif "r" in shown and not callout.is_confirmed:
            line.actions.append(Action(f"{mark}-ring", w["do_ring"], f"{page}#decision"))
        return line
    line.state = State(w["paused"], "wait") if callout.is_paused else State(
        w["by"] % {"time": clock_time(callout.due_at)}, "late" if callout.due_at <= at else "info",
        due=callout.due_at, began=callout.sounded_at)  # fmt: skip
    if "r" in shown:
        told = to["dispatch.create_telephone_note"](callout.id)
        if callout.acknowledged_at is None:
            line.actions.append(Action(f"{mark}-told", w["do_telephone"], told, "version", version))
        if callout.is_reminded and callout.acknowledged_at is None:
            line.actions.append(Action(f"{mark}-silent", w["do_no_answer"], told, "result", CallResult.NO_ANSWER.value))
        if not callout.is_second and not callout.is_paused:
            second = to["dispatch.create_second_whistle"](callout.id)
            line.actions.append(Action(f"{mark}-second", w["do_second"], second, "version", version,
                                       since=callout.due_at + row.place.second_after))  # fmt: skip
        here = to["dispatch.create_arrival"](callout.id)
        line.actions.append(Action(f"{mark}-here", w["do_arrival"], here, "version", version))
    return line


def arrival(callout: CalloutRow, w: Words, on_time: str) -> str:
    """How an arrival reads: its minutes, late or not, by video, or still to be confirmed."""
    if callout.arrived_at is None or not callout.confirmed:
        return w["unconfirmed"]
    if callout.method == ArrivalMethod.VIDEO:
        return w["by_video"]
    minutes = int((callout.arrived_at - callout.sounded_at).total_seconds() // 60)
    late = callout.arrived_at > callout.due_at
    return w["arrived_late" if late else on_time] % {"minutes": minutes}


def _promise(line: CardLine, callout: CalloutRow, w: Words, to: Addresses, shown: str, at: datetime) -> None:
    """带回研究: by which day the unit replies, and one tap for what became of it."""
    ends, mark = callout.breaks_promise_at, f"callout-{callout.id}"
    if callout.promised_on is None or ends is None:
        return
    line.said = " · ".join((line.said, w["promised"] % {"day": day(callout.promised_on)}))
    if ends <= at:
        line.state = State(w["promise_broken"], "late")
    if "r" in shown:
        reply = to["dispatch.create_reply"](callout.id)
        line.actions.append(Action(f"{mark}-replied", w["do_replied"], reply, "reply", "today"))
        line.actions.append(Action(f"{mark}-unreplied", w["do_unreplied"], reply, "reply", "none", since=ends))


def _district(callout: CalloutRow, w: Words) -> str:
    """What the district was asked, and what it arranged."""
    if callout.arranged:
        return w["arranged"] % {"words": callout.arranged}
    return w["handed_up"] % {"time": clock_time(callout.handed_up_at)} if callout.handed_up_at else ""


def way(stops: list[StopRow], w: Words) -> str:
    """三室 10:40 → 一室 11:05."""
    return " → ".join(f"{w.name(stop.room, stop.room_en) or w['desk']} {clock_time(stop.at)}" for stop in stops)


def _is_to_be_rung(callout: CalloutRow) -> bool:
    """The unit has not been heard of, and a message has not helped."""
    silent = not (callout.on_the_way or callout.acknowledged_at or callout.is_second)
    return silent and callout.wrong_codes < WRONG_CODES and (callout.is_reminded or callout.needs_telephone)


def _heard(callout: CalloutRow, w: Words) -> str:
    if callout.wrong_codes >= WRONG_CODES:
        return w["codes_closed"]
    if callout.on_the_way:
        return w["on_the_way"]
    if callout.acknowledged_at is not None and not callout.is_second:
        return w["acknowledged"] % {"time": clock_time(callout.acknowledged_at)}
    if callout.is_second:
        return w["second"]
    if callout.is_reminded:
        return w["reminded"]
    heard = w["delivered" if callout.delivered else "undelivered"]
    return f"{heard} · {w['needs_telephone']}" if callout.needs_telephone else heard
