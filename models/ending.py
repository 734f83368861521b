"""The end of a matter without a settlement 不予受理, 撤回, 调解终止: its reason, and everybody is sent home."""

from models.change import Change
from models.dispute import Dispute
from models.errors import TransitionNotAllowed
from models.lifecycle import Move
from models.remark import keep_reason
from models.room import leave_rooms
from models.words import _

# What a unit reads that was still awaited when the matter found its end.
OVER = "调处已有结果"


def decline(change: Change, dispute: Dispute, reason: str) -> None:
    """不予受理: not the centre's to take; the reason goes on the notice."""
    _end(change, dispute, Move.DECLINE, reason)


def withdraw(change: Change, dispute: Dispute, reason: str) -> None:
    """The applicant takes the request back; while a session is open this is one of its outcomes."""
    dispute.lock(change)
    require_no_session(dispute)
    _end(change, dispute, Move.WITHDRAW, reason)


def end_without(change: Change, dispute: Dispute, reason: str) -> None:
    """No agreement, outside a session: of a court's matter that goes back."""
    dispute.lock(change)
    require_no_session(dispute)
    _end(change, dispute, Move.END_WITHOUT, reason)


def require_no_session(dispute: Dispute) -> None:
    """Raises TransitionNotAllowed while people sit together: the session ends the matter then, with its outcome."""
    if any(session.ended_at is None for session in dispute.sessions):
        raise TransitionNotAllowed(_("A session is open: end it with its outcome"))


def send_home(change: Change, dispute: Dispute) -> None:
    """Whoever came is released, whoever is awaited is stood down, the room is free, the card leaves the boards."""
    for callout in dispute.callouts:
        if callout.arrived_at is not None:
            callout.release(change)
        else:
            callout.stand_down(change, OVER)
    leave_rooms(change, dispute.id)
    dispute.on_board_since = None
    dispute.touch(change)


def _end(change: Change, dispute: Dispute, move: Move, reason: str) -> None:
    dispute.advance(change, move)
    keep_reason(change, dispute, move, reason)
    send_home(change, dispute)
