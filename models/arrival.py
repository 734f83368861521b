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


def arrive_by_code(
    change: Change, callout: Callout, code: str, officer: Officer | None, step: int | None = None
) -> bool:
    """Whether the four digits were right. A wrong code is counted; the fifth closes code entry.

    `step` is when the phone says they were typed: a tap kept without signal is checked against that step.
    """
    _refuse_without_phones(change, callout)
    change.lock(callout.dispute.stream, callout)
    if callout.arrived_at is not None or not callout.is_open:
        return True
    if callout.code_entry_closed:
        raise RuleBroken(_("Five wrong codes: please let the desk or the mediator record your arrival"), field="code")
    key = arrival_key(change.sealer, callout.dispute.centre_id)
    # A phone whose clock jumped says a wrong step for a right code: what is shown now counts as well.
    typed_at = (_within_reach(step, change.at), change.at)
    shown = next((found for at in typed_at if at and (found := check_arrival_code(key, code, at))), None)
    if shown is None:
        callout.enter_wrong_code(change)
        return False
    _arrive(change, callout, ArrivalMethod.CODE, officer, shown)
    return True


def arrive_by_value(change: Change, callout: Callout, value: str, officer: Officer | None) -> None:
    """报到 by the scanned QR. Raises RuleBroken for a value this centre never showed, or showed too long ago."""
    _refuse_without_phones(change, callout)
    key = arrival_key(change.sealer, callout.dispute.centre_id)
    step = check_arrival_value(key, value, change.at, LATEST // timedelta(seconds=STEP_SECONDS))
    if step is None:
        raise RuleBroken(_("This QR code is too old or from another house: scan the one on the screen here"))
    change.lock(callout.dispute.stream, callout)
    _arrive(change, callout, ArrivalMethod.QR, officer, step)


def _arrive(change: Change, callout: Callout, method: ArrivalMethod, officer: Officer | None, step: int) -> None:
    """A tap kept without signal counts at its step within the grace; later when it comes, and in doubt."""
    if callout.arrived_at is not None or not callout.is_open:
        return
    shown_at = _began(step)
    queued = step < arrival_step(change.at) - 1
    in_grace = change.at - shown_at <= GRACE
    callout.arrive(change, method, officer, step=step, at=shown_at if queued and in_grace else None,
                   is_doubtful=queued and not in_grace)  # fmt: skip
    callout.arrival_received_at = change.at if queued else None


def _began(step: int) -> datetime:
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def _within_reach(step: int | None, at: datetime) -> datetime | None:
    """The moment of a step the phone names; nothing for the future and for what is too old to prove anything."""
    now = arrival_step(at)
    reaches = step is not None and now - LATEST // timedelta(seconds=STEP_SECONDS) <= step <= now
    return _began(step) if step is not None and reaches else None


def _refuse_without_phones(change: Change, callout: Callout) -> None:
    if callout.dispute.centre.setting(change.session, "no_internet"):
        raise RuleBroken(_("Codes are switched off here: please report at the desk or to the mediator"), field="code")
