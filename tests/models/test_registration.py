"""速登 and what follows: numbers, parts, further visits, consultations, what is missing, who was here before."""

from datetime import timedelta

import pytest
from flask import Flask

from models.clock import SHANGHAI
from models.completeness import missing
from models.dispute import Dispute
from models.dispute_unit import Part, give_part, units_with
from models.ending import withdraw
from models.errors import RuleBroken
from models.lifecycle import DisputeStatus
from models.outbox import Message
from models.party import Party, Side
from models.party_kind import PartyKind, kind_of
from models.registration import Entry, consult, join, names_in, register
from models.repeat import earlier
from models.visit import Visit, VisitPurpose
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.unrecorded import by_hand
from transaction import db


def taken_in(cast: Cast, **changes: object) -> Visit:
    centre = cast.centre
    usual = {"head_count": 3, "name": "宋佳", "phone": "19000000032", "category": cast.category("消费"),
             "opposite": "甘州某健身馆", "demand": "退还预付卡余额"}  # fmt: skip
    with cast.acting() as change:
        return register(change, centre, Entry(**{**usual, **changes}))


def before(app: Flask, cast: Cast, **known: str) -> list[Dispute]:
    paths = [cast.centre.unit.path]
    return earlier(db.session(), paths, app.extensions["sealer"], **known)


def test_six_fields_make_a_visit_a_dispute_and_two_parties(cast: Cast) -> None:
    visit = taken_in(cast)
    dispute = visit.dispute
    assert (visit.queue_number, visit.head_count, visit.purpose) == ("A001", 3, VisitPurpose.NEW)
    assert (dispute.number, dispute.reference) == ("甘综-20261123-001", "620702-20261123-001")
    assert dispute.short_number == "甘综 1123-001"
    assert dispute.status is DisputeStatus.REGISTERED
    assert [(party.side, party.name) for party in dispute.parties] == [
        (Side.APPLICANT, "宋佳"),
        (Side.RESPONDENT, "甘州某健身馆"),
    ]
    assert [unit.id for unit in units_with(dispute, Part.HOLDER)] == [cast.centre.unit_id]


def test_numbers_begin_anew_at_midnight_in_shanghai(cast: Cast, clock: Clock) -> None:
    assert taken_in(cast).dispute.number.endswith("1123-001")
    clock.now = clock.now.astimezone(SHANGHAI).replace(hour=23, minute=59)
    assert taken_in(cast).dispute.number.endswith("1123-002")
    clock.advance(minutes=1)
    visit = taken_in(cast)
    assert (visit.dispute.number[-8:], visit.queue_number) == ("1124-001", "A001")


def test_the_number_has_no_upper_end(cast: Cast) -> None:
    with cast.acting() as change:
        change.session.execute(db.text("INSERT INTO counters (name, last) VALUES ('dispute:1:20261123', 1233)"))
    assert taken_in(cast).dispute.number == "甘综-20261123-1234"


@pytest.mark.parametrize(("field", "value"), [("demand", "  "), ("head_count", 0), ("name", " ")])
def test_what_a_visit_cannot_do_without(cast: Cast, field: str, value: object) -> None:
    with pytest.raises(RuleBroken) as refused:
        taken_in(cast, **{field: value})
    assert refused.value.field == field


def test_several_opponents_are_separated_by_any_of_the_usual_signs() -> None:
    assert names_in("甲公司、乙公司，丙;丁\n戊 ,  ") == ["甲公司", "乙公司", "丙", "丁", "戊"]


def test_the_ending_of_a_name_says_person_or_organisation(cast: Cast) -> None:
    people, bodies = ["马玉兰", "阿依古丽·买买提"], ["甘州某装饰公司", "三闸镇人民政府", "区交警大队", "甘州区第一中学"]
    _applicant, *others = taken_in(cast, opposite="、".join([*people, *bodies])).dispute.parties
    assert [party.name for party in others if party.kind is PartyKind.PERSON] == people
    assert [party.name for party in others if party.kind is PartyKind.ORGANISATION] == bodies


def test_a_unit_that_passed_the_matter_on_keeps_reading(cast: Cast) -> None:
    giver = cast.unit("甘浚镇")
    dispute = taken_in(cast, giver=giver).dispute
    assert db.session.scalars(Dispute.visible_to([giver.path], {Part.GIVER})).one() is dispute


def test_a_further_visit_joins_the_open_dispute_and_tells_who_leads(cast: Cast) -> None:
    dispute = taken_in(cast).dispute
    with by_hand(), cast.acting() as change:
        dispute.lock(change)
        give_part(change, dispute, cast.unit("市场监管局").id, Part.LEAD)
    with cast.acting() as change:
        visit = join(change, dispute, VisitPurpose.URGE, 2, " 催问 ")
    assert (visit.queue_number, visit.note, dispute.head_count) == ("A002", "催问", 2)
    told = db.session.scalars(db.select(Message).where(Message.template == "further_visit")).all()
    assert [(one.recipient_kind, one.recipient_id) for one in told] == [("unit", cast.unit("市场监管局").id)]


def test_a_closed_dispute_takes_no_further_visit(cast: Cast) -> None:
    dispute = taken_in(cast).dispute
    with cast.acting() as change:
        withdraw(change, dispute, "自行和解")
    with pytest.raises(RuleBroken, match="reopen it or register"), cast.acting() as change:
        join(change, dispute, VisitPurpose.FOLLOW_UP, 1, "")


def test_a_consultation_ends_with_an_answer_and_makes_no_dispute(cast: Cast) -> None:
    centre = cast.centre
    with cast.acting() as change:
        visit = consult(change, centre, "何晓梅", "", "如何申请援助", 1, "已告知")
    assert (visit.dispute, visit.answer, visit.stream) == (None, "已告知", f"visit:{visit.id}")
    assert db.session.query(Dispute).count() == 0


def test_the_card_says_what_is_missing_and_for_which_paper(cast: Cast) -> None:
    dispute = taken_in(cast, head_count=6).dispute
    lacking = {(one.what, one.paper) for one in missing(dispute)}
    assert {("Facts of the dispute", "application"), ("Claims", "application"), ("ID number", "agreement"),
            ("Elected representatives (at most 5)", "mediation record")} <= lacking  # fmt: skip
    count = len(missing(dispute))
    with cast.acting() as change:
        one = dispute.parties[0]
        one.edit(change, one.version, id_number="620702199001010029", ethnic_group="汉族")
    assert len(missing(dispute)) == count - 2


def test_who_was_here_before_is_found_by_telephone_number_and_name(app: Flask, cast: Cast) -> None:
    dispute = taken_in(cast).dispute
    with cast.acting() as change:
        one = dispute.parties[0]
        one.edit(change, one.version, id_number="620702199001010029")
    taken_in(cast, name="马玉兰", phone="19000000077", opposite="甘州某装饰公司")
    assert before(app, cast, phone="19000000032") == [dispute]
    assert before(app, cast, id_number="620702199001010029") == [dispute]
    assert before(app, cast, name="宋 佳") == [dispute]
    assert before(app, cast, name="无此人", phone="19000000099") == []
    assert before(app, cast) == []


def test_the_matter_between_the_same_two_comes_first_then_the_open_one(app: Flask, cast: Cast, clock: Clock) -> None:
    same = taken_in(cast).dispute
    clock.now += timedelta(minutes=1)
    closed = taken_in(cast, opposite="甘州某装饰公司").dispute
    with cast.acting() as change:
        withdraw(change, closed, "自行和解")
    other = taken_in(cast, opposite="甘州某物业公司").dispute
    found = before(app, cast, phone="19000000032", opposite="甘州某健身馆")
    assert found == [same, other, closed]


def test_somebody_elses_house_is_not_told(app: Flask, cast: Cast) -> None:
    taken_in(cast)
    paths = [cast.unit("甘浚镇").path]
    assert earlier(db.session(), paths, app.extensions["sealer"], phone="19000000032") == []


def test_a_consultation_is_no_dispute_to_continue(app: Flask, cast: Cast) -> None:
    centre = cast.centre
    with cast.acting() as change:
        consult(change, centre, "宋佳", "19000000032", "问", 1, "")
    assert before(app, cast, phone="19000000032") == []
    assert db.session.query(Party).count() == 1


def test_an_organisation_is_known_by_the_end_of_its_name() -> None:
    bodies = ("甘州某信用社", "甘州某银行支行", "甘州某电信营业厅", "某某第二大药房", "某建筑公司(原二建)")
    assert [name for name in bodies if kind_of(name) is PartyKind.PERSON] == [], "a monitor would mask them as people"
    assert kind_of("欧阳建国") is PartyKind.PERSON
