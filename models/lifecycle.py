"""The moves of a dispute: from which states each one is possible, and where it leads. The only table of its kind."""

from enum import StrEnum

from models.event_kinds import EventKind


class DisputeStatus(StrEnum):
    REGISTERED = "registered"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    IN_MEDIATION = "in_mediation"
    SUSPENDED = "suspended"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Move(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    OPEN_MEDIATION = "open_mediation"
    SUSPEND = "suspend"
    RESUME = "resume"
    AGREE = "agree"
    END_WITHOUT = "end_without"
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    ARCHIVE = "archive"
    REOPEN = "reopen"


_S = DisputeStatus
MOVES: dict[Move, tuple[frozenset[DisputeStatus], DisputeStatus]] = {
    Move.ACCEPT: (frozenset({_S.REGISTERED}), _S.ACCEPTED),
    Move.DECLINE: (frozenset({_S.REGISTERED}), _S.DECLINED),
    Move.OPEN_MEDIATION: (frozenset({_S.ACCEPTED}), _S.IN_MEDIATION),
    # From an agreement: the court did not confirm it, the parties come together once more.
    Move.SUSPEND: (frozenset({_S.IN_MEDIATION, _S.AGREED}), _S.SUSPENDED),
    Move.RESUME: (frozenset({_S.SUSPENDED}), _S.IN_MEDIATION),
    Move.AGREE: (frozenset({_S.IN_MEDIATION}), _S.AGREED),
    # A court's matter may also go back before the first session, or while it rests.
    Move.END_WITHOUT: (frozenset({_S.ACCEPTED, _S.IN_MEDIATION, _S.SUSPENDED, _S.AGREED}), _S.NOT_AGREED),
    Move.HAND_OVER: (frozenset({_S.ACCEPTED, _S.IN_MEDIATION, _S.NOT_AGREED}), _S.HANDED_OVER),
    Move.TAKE_BACK: (frozenset({_S.HANDED_OVER}), _S.ACCEPTED),
    Move.WITHDRAW: (frozenset({_S.REGISTERED, _S.ACCEPTED, _S.IN_MEDIATION, _S.SUSPENDED}), _S.WITHDRAWN),
    Move.CLOSE: (frozenset({_S.DECLINED, _S.AGREED, _S.NOT_AGREED, _S.HANDED_OVER, _S.WITHDRAWN}), _S.CLOSED),
    Move.ARCHIVE: (frozenset({_S.CLOSED}), _S.ARCHIVED),
    Move.REOPEN: (frozenset({_S.CLOSED, _S.ARCHIVED}), _S.ACCEPTED),
}

# Still somebody's work: shown in "open" lists, found as an open dispute between the same parties.
OPEN = frozenset({_S.REGISTERED, _S.ACCEPTED, _S.IN_MEDIATION, _S.SUSPENDED, _S.AGREED, _S.NOT_AGREED, _S.HANDED_OVER})

MOVE_EVENTS: dict[Move, EventKind] = {move: EventKind(f"dispute:{move.replace('_', '-')}") for move in Move}


class ClosingType(StrEnum):
    """How a dispute ended, as reported (domain: closing types)."""

    SETTLED_WRITTEN = "settled_written"
    SETTLED_ORAL = "settled_oral"
    PERFORMED = "performed"
    RECONCILED = "reconciled"
    ENDED = "ended"
    TO_COURT = "to_court"
    TO_ARBITRATION = "to_arbitration"
    TO_ADMINISTRATION = "to_administration"
    TO_PETITION = "to_petition"
    TO_POLICE = "to_police"
    EXPLAINED = "explained"
    DECLINED = "declined"
    MERGED = "merged"


_C = ClosingType
_ELSEWHERE = (_C.TO_COURT, _C.TO_ARBITRATION, _C.TO_ADMINISTRATION, _C.TO_PETITION, _C.TO_POLICE, _C.EXPLAINED)
# How a dispute may be closed from each state; the first one is proposed.
CLOSING_TYPES: dict[DisputeStatus, tuple[ClosingType, ...]] = {
    _S.DECLINED: (_C.DECLINED, *_ELSEWHERE, _C.MERGED),
    _S.AGREED: (_C.SETTLED_WRITTEN, _C.SETTLED_ORAL, _C.PERFORMED),
    _S.NOT_AGREED: (_C.ENDED, *_ELSEWHERE),
    _S.HANDED_OVER: (_C.TO_ADMINISTRATION, *(way for way in _ELSEWHERE if way is not _C.TO_ADMINISTRATION), _C.ENDED),
    _S.WITHDRAWN: (_C.RECONCILED, *_ELSEWHERE, _C.MERGED),
}
