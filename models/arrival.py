"""报到 by the changing code or its QR: whoever can tell it was inside the house. One key per centre."""

from datetime import UTC, datetime, timedelta

from models.callout import ArrivalMethod, Callout, Officer
from models.change import Change
from models.codes import (
    STEP_SECONDS,
    arrival_code,
    arrival_step,
    arrival_value,
    check_arrival_code,
    check_arrival_value,
)
from models.errors import RuleBroken
from models.sealed import Sealer
from models.words import _

# A tap made without signal counts at its step when it reaches us within ten minutes.
GRACE = timedelta(minutes=10)
# Later it counts when it comes, and the desk looks at it; older values than this are no proof of anything.
LATEST = timedelta(hours=4)


def arrival_key(sealer: Sealer, centre_id: int) -> bytes:
    """The key of the codes shown inside one centre."""
    return sealer.mac("arrival", centre_id)


def code_now(key: bytes, at: datetime) -> str:
    """The four digits of this moment."""
    return arrival_code(key, arrival_step(at))


def value_now(key: bytes, at: datetime) -> str:
    """What the QR carries at this moment."""
    return arrival_value(key, arrival_step(at))


def arrive_by_code(change: Change, callout: Callout, code: str, officer: Officer) -> bool:
    """Whether the four digits were right. A wrong code is counted; the fifth closes code entry."""
    _refuse_without_phones(change, callout)
    change.lock(callout.dispute.stream, callout)
    if callout.arrived_at is not None or not callout.is_open:
        return True
    if callout.code_entry_closed:
        raise RuleBroken(_("Five wrong codes: please let the desk or the mediator record your arrival"), field="code")
    step = check_arrival_code(arrival_key(change.sealer, callout.dispute.centre_id), code, change.at)
    if step is None:
        callout.enter_wrong_code(change)
        return False
    callout.arrive(change, ArrivalMethod.CODE, officer, step=step)
    return True


def arrive_by_value(change: Change, callout: Callout, value: str, officer: Officer | None) -> None:
    """报到 by the scanned QR. Raises RuleBroken for a value this centre never showed, or showed too long ago."""
    _refuse_without_phones(change, callout)
    key = arrival_key(change.sealer, callout.dispute.centre_id)
    step = check_arrival_value(key, value, change.at, int(LATEST.total_seconds()) // STEP_SECONDS)
    if step is None:
        raise RuleBroken(_("This QR code is too old or from another house: scan the one on the screen here"))
    shown_at = datetime.fromtimestamp(step * STEP_SECONDS, UTC)
    queued = step < arrival_step(change.at) - 1
    in_grace = change.at - shown_at <= GRACE
    callout.arrive(change, ArrivalMethod.QR, officer, step=step, at=shown_at if queued and in_grace else None,
                   is_doubtful=queued and not in_grace)  # fmt: skip


def _refuse_without_phones(change: Change, callout: Callout) -> None:
    if callout.dispute.centre.setting(change.session, "no_internet"):
        raise RuleBroken(_("Codes are switched off here: please report at the desk or to the mediator"), field="code")
