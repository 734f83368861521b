"""The demo shows every state of a court's matter, and nothing of it happened today but its sending."""

from models.clock import local_day
from models.dispute import Dispute
from models.referral import CourtReferral
from models.referral_course import CourtMode, ReferralStatus
from seeds.court import load
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from transaction import db, now


@only_sqlite
def test_the_demo_has_matters_of_the_court_in_every_mode_and_state(cast: Cast) -> None:
    assert load() == db.session.query(CourtReferral).count() == 21
    rows = db.session.query(CourtReferral).all()
    assert {one.status for one in rows} == set(ReferralStatus)
    assert {one.mode for one in rows} == set(CourtMode)
    assert all(party.name for one in rows for party in one.parties)
    today = local_day(now())
    assert [one for one in db.session.query(Dispute) if local_day(one.registered_at) == today] == []
