"""Taking the desk over, asking by telephone first, and the sheet for the time of waiting."""

import pytest

from models.errors import RuleBroken, Stale
from models.event import Event
from models.inquiry import InquiryResult, inquiries, note_inquiry
from models.preparation import edit_sheet, sheet_of
from models.takeover import latest, signed_in, take_over
from tests.support.cast import CLERK, MEDIATOR, Cast
from transaction import db


def test_the_desk_is_taken_over_from_somebody_else(cast: Cast, clock) -> None:
    clerk, mediator = cast.person(CLERK), cast.person(MEDIATOR)
    with cast.acting(MEDIATOR) as change:
        take_over(change, cast.centre, clerk, mediator)
    row = latest(db.session(), cast.centre)
    assert (row.given_by, row.taken_by, row.at) == (clerk, mediator, clock.now)
    assert db.session.query(Event).filter_by(kind="shift:take-over").one().particulars == {"person": clerk.id}
    with pytest.raises(RuleBroken, match="colleague"), cast.acting() as change:
        take_over(change, cast.centre, clerk, clerk)


def test_at_work_is_who_is_signed_in(cast: Cast, clock) -> None:
    cast.signed_in(CLERK)
    assert signed_in(db.session(), clock.now) == {cast.person(CLERK).id}
    assert signed_in(db.session(), clock.advance(hours=24)) == set()


def test_an_answer_by_telephone_needs_its_words(cast: Cast) -> None:
    dispute, unit = cast.registered(), cast.unit("市场监管局")
    with pytest.raises(RuleBroken, match="answered"), cast.acting() as change:
        note_inquiry(change, dispute, unit, InquiryResult.ANSWERED, "", "汪海燕")
    with cast.acting() as change:
        note_inquiry(change, dispute, unit, InquiryResult.ANSWERED, "已责令退款,三日内到账", "汪海燕")
    [row] = inquiries(db.session(), dispute)
    assert (row.unit, row.spoke_to) == (unit, "汪海燕")
    told = db.session.query(Event).filter_by(kind="inquiry:note").one().particulars
    assert told == {"unit": unit.id, "result": "by_telephone"}


def test_a_sub_kind_without_a_sheet_has_that_of_its_main_kind(cast: Cast) -> None:
    main = cast.category("物业")
    sub = next(one for one in db.session.query(type(main)) if one.parent_id == main.id)
    assert sheet_of(db.session(), sub) is sheet_of(db.session(), main)
    with cast.acting() as change:
        own = edit_sheet(change, sub, 0, questions=" 室温测过几次 \n\n谁在场", terms="按日折算退费")
    assert own.questions == "室温测过几次\n谁在场"
    assert sheet_of(db.session(), sub) is own
    with pytest.raises(Stale), cast.acting() as change:
        edit_sheet(change, sub, 0, questions="另一人")
    with pytest.raises(RuleBroken, match="five"), cast.acting() as change:
        edit_sheet(change, sub, 1, questions="\n".join("一二三四五六"))
