"""An agreement a party will not sign lapses: the dispute is not agreed, nothing falls due, the other ways are told."""

import pytest
from sqlalchemy import select

from models.conclusion import Ground
from models.deadline import Deadline
from models.errors import RuleBroken
from models.event import Event
from models.final_paper import FinalPaper
from models.follow_up import FollowUp
from models.lifecycle import DisputeStatus
from models.signing import refuse
from models.unsigned import end_unsigned
from papers import index
from tests.papers.test_index import codes, matter, text_of
from tests.support.cast import MEDIATOR, Cast
from tests.support.finals import final, sign
from transaction import db


def end(cast: Cast, paper: FinalPaper, *, routes_told: bool = True) -> None:
    with cast.acting(MEDIATOR) as change:
        end_unsigned(change, paper.mediation, routes_told=routes_told)


def test_what_a_party_will_not_sign_lapses_with_everything_that_hung_on_it(cast: Cast) -> None:
    paper = final(cast)
    session, dispute = paper.mediation, paper.mediation.dispute
    with pytest.raises(RuleBroken, match="No party has refused"):
        end(cast, paper)
    with cast.acting(MEDIATOR) as change:
        refuse(change, paper, paper.signers[1], "不认可金额", "社区柴玉梅")
    with pytest.raises(RuleBroken) as untold:
        end(cast, paper, routes_told=False)
    assert untold.value.field == "routes_told"
    for _twice in range(2):
        end(cast, paper)
    assert (dispute.status, session.ground) == (DisputeStatus.NOT_AGREED, Ground.UNSIGNED)
    assert (session.standing_agreement, dispute.next_on) == (None, None)
    running = select(Deadline.code).where(Deadline.dispute_id == dispute.id, Deadline.void_at.is_(None),
                                          Deadline.met_on.is_(None))  # fmt: skip
    assert db.session.scalars(running).all() == []
    assert all(not one.is_open for one in db.session.query(FollowUp).filter_by(dispute_id=dispute.id))
    assert db.session.query(Event).filter_by(kind="agreement:lapse").count() == 1
    assert codes(cast, dispute, index.Need.MUST) >= {"termination"}
    assert "agreement" not in codes(cast, dispute)
    found = matter(cast, dispute)
    notice = text_of(index.written(found, index.BY_CODE["termination"]).blocks)
    assert "终止调解" in notice
    assert "拒绝在协议上签名" in text_of(index.written(found, index.BY_CODE["record"]).blocks)
    with pytest.raises(RuleBroken, match="ended without this agreement"):
        sign(cast, paper)


def test_what_all_have_signed_does_not_lapse(cast: Cast) -> None:
    paper = final(cast)
    with cast.acting(MEDIATOR) as change:
        refuse(change, paper, paper.signers[1], "不认可金额", "社区柴玉梅")
    sign(cast, paper)
    with pytest.raises(RuleBroken, match="in effect"):
        end(cast, paper)
