"""The node sheet says what is over and not done, and what still can come."""

from datetime import date

from models.referral import CourtReferral
from models.referral_course import EndGround, SuccessWay
from models.referral_end import Report, fail, succeed
from models.referral_nodes import Node, nodes
from tests.models.test_court_way_out import agreed
from tests.support.cast import Cast
from tests.support.court import TODAY, taken
from tests.support.databases import only_sqlite
from transaction import db


def due(referral: CourtReferral) -> dict[str, date | None]:
    return {node.name: node.due_on for node in nodes(db.session(), referral)}


def test_a_step_is_over_when_its_last_day_has_passed_and_it_does_not_stand_still() -> None:
    last, next_day = date(2026, 11, 25), date(2026, 11, 26)
    assert [Node("x", None, last).is_over(day) for day in (last, next_day)] == [False, True]
    assert not Node("x", last, last).is_over(next_day)
    assert not Node("x", None, last, stands=True).is_over(next_day)
    assert not Node("x", None).is_over(next_day)


@only_sqlite
def test_what_never_came_has_no_last_day_and_what_follows_an_agreement_has_one(cast: Cast) -> None:
    without, confirmed = taken(cast), agreed(cast, number="(2026)甘0702诉前调9号")
    assert due(without)["The other party agrees"] == date(2026, 11, 26)
    with cast.acting() as change:
        fail(change, without, without.version, Report(EndGround.NO_CONSENT, "对方不同意"))
        succeed(change, confirmed, confirmed.version, SuccessWay.CONFIRM)
    assert due(without)["The other party agrees"] is None
    assert due(confirmed)["Applied for confirmation"] == date(2026, 12, 23)
    assert due(confirmed)["Mediation over"] is not None
    assert without.ended_on == TODAY
