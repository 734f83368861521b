"""Invitations are voluntary: an expected time, no limit. Duties and rooms of one dispute."""

from datetime import timedelta

import pytest

from models.assignment import Duty, assign, assigned, assignment_version, reassign, relieve
from models.board import revision
from models.ending import withdraw
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.invitation import Invitation, PhoneResult
from models.room import room_of
from models.whistle import waiting_respondents
from tests.support.cast import MEDIATOR, Cast
from transaction import db


def test_a_party_is_invited_once_and_so_is_a_body_by_name(cast: Cast) -> None:
    dispute = cast.registered()
    for _ in range(2):
        with cast.acting() as change:
            Invitation.make(
                change, dispute, waiting_respondents(dispute)[0] if not dispute.invitations else dispute.parties[1]
            )
            Invitation.make(change, dispute, None, "承保公司")
    assert [invitation.name for invitation in dispute.invitations] == ["甘州某健身馆", "承保公司"]
    with pytest.raises(RuleBroken), cast.acting() as change:
        Invitation.make(change, dispute, None, " ")


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (PhoneResult.COMING, True),
        (PhoneResult.AGENT, True),
        (PhoneResult.ANOTHER_DAY, False),
        (PhoneResult.NO_ANSWER, False),
        (PhoneResult.REFUSED, False),
    ],
)
def test_only_who_comes_has_an_expected_time(cast: Cast, clock, result: PhoneResult, expected: bool) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        invitation = Invitation.make(change, dispute, dispute.parties[1])
        invitation.note(change, result, 25)
    assert invitation.expected_at == (clock.now + timedelta(minutes=25) if expected else None)


def test_every_step_of_an_invitation_is_told_to_the_boards(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        invitation = Invitation.make(change, dispute, dispute.parties[1])
    for step in (lambda change: invitation.note(change, PhoneResult.NO_ANSWER), invitation.arrive):
        before = revision(db.session, f"centre:{cast.centre.id}")[1]
        with cast.acting() as change:
            step(change)
        assert revision(db.session, f"centre:{cast.centre.id}")[1] == before + 1


def test_who_is_assigned_and_relieved_is_told_to_the_boards(cast: Cast) -> None:
    dispute = cast.registered()
    for step in (
        lambda change: assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR),
        lambda change: relieve(change, dispute, Duty.MEDIATOR),
    ):
        before = revision(db.session, f"centre:{cast.centre.id}")[1]
        with cast.acting() as change:
            step(change)
        assert revision(db.session, f"centre:{cast.centre.id}")[1] == before + 1


def test_two_desks_do_not_overwrite_each_others_assignment(cast: Cast) -> None:
    dispute = cast.registered()
    seen = assignment_version(dispute)
    with cast.acting() as change:
        assign(change, dispute, cast.person("fengxiufang"), Duty.MEDIATOR)
    with pytest.raises(Stale), cast.acting() as change:
        reassign(change, dispute, seen, cast.person(MEDIATOR), None)
    with cast.acting() as change:
        reassign(change, dispute, assignment_version(dispute), cast.person(MEDIATOR), cast.person("fengxiufang"))
    assert assigned(dispute, Duty.MEDIATOR).username == MEDIATOR
    assert assigned(dispute, Duty.RECORDER).username == "fengxiufang"


def test_being_relieved_is_a_change_too(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        assign(change, dispute, cast.person(MEDIATOR), Duty.MEDIATOR)
    seen = assignment_version(dispute)
    with cast.acting() as change:
        relieve(change, dispute, Duty.MEDIATOR)
    assert assigned(dispute, Duty.MEDIATOR) is None
    assert assignment_version(dispute) != seen


def test_changing_the_room_frees_the_other_one(cast: Cast) -> None:
    dispute = cast.whistled(room="调解一室").dispute
    with cast.acting() as change:
        cast.room("调解二室").seat(change, dispute)
        dispute.visits[0].call(change, cast.room("调解二室"))
    assert room_of(db.session(), dispute.id).name == "调解二室"
    assert cast.room("调解一室").current_use(db.session()) is None


def test_a_withdrawn_dispute_takes_no_room(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        withdraw(change, dispute, "自行和解")
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        cast.room("调解二室").seat(change, dispute)
