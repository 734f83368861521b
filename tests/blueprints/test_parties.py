"""补全: several people at the same file, nobody's text lost, numbers masked until somebody asks, and that is kept."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from models.invitation import Invitation
from models.party import Party, Side
from models.party_kind import PartyKind
from models.representative import RepresentativeKind
from models.risk import Risk
from tests.support.cast import LEADER, MEDIATOR, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

CARD = "马成龙\t男\t回\t19790312\t甘肃省张掖市甘州区三闸镇高寨村三社\t620702197903120037\t甘州分局\t20150101-长期"
ROSTER = """姓名 身份证号 电话 金额
1 马成龙 620702197903120037 19000000001 15,000
2 李守国 620702198310010056 19000000002 16000元
王秀兰 女 汉 新墩镇双塔村 620702198605220069 19000000003 1.5万"""


def completion(cast: Cast, dispute: Dispute, username: str = MEDIATOR) -> Page:
    return visit(cast.signed_in(username), f"/disputes/{dispute.reference}/completion")


def clear(cast: Cast, party: Party, field: str) -> str:
    return party.clear(cast.app.extensions["sealer"], field)


def kinds() -> list[str]:
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


def test_the_matter_is_completed_and_the_page_says_what_is_missing(cast: Cast) -> None:
    dispute = cast.registered()
    page = completion(cast, dispute)
    before = len(page.soup.select("#missing li"))
    assert dict(page.form("/completion").values())["claims"] == dispute.demand
    page = page.form("/completion").submit(
        facts="办卡后门店停业", claims="退还余额\n\n赔偿损失", amount="18,600", happened_on="2026-10-08",
        risks=["threat", "agitated"]
    )  # fmt: skip
    db.session.expire_all()
    assert [claim.text for claim in dispute.claims] == ["退还余额", "赔偿损失"]
    assert (dispute.amount_fen, dispute.happened_on) == (1_860_000, date(2026, 10, 8))
    assert {tick.risk for tick in dispute.risks} == {Risk.THREAT, Risk.AGITATED}
    assert len(page.soup.select("#missing li")) == before - 2


def test_a_kind_that_is_used_no_longer_stays_with_the_matters_that_have_it(cast: Cast) -> None:
    dispute, other = cast.registered(), cast.category("离婚")
    kind = dispute.category_id
    dispute.category.is_active = False
    db.session.commit()
    completion(cast, dispute).form("/completion").submit(facts="办卡后门店停业")
    db.session.expire_all()
    assert (dispute.category_id, dispute.facts) == (kind, "办卡后门店停业")
    completion(cast, dispute).form("/completion").submit(category=other.id)
    page = completion(cast, dispute)
    assert not page.soup.select(f"select[name=category] option[value='{kind}']")


def test_a_kind_that_no_screen_shows_makes_the_dispute_non_public(cast: Cast) -> None:
    dispute = cast.registered()
    completion(cast, dispute).form("/completion").submit(category=cast.category("抚养探望").id)
    db.session.expire_all()
    assert dispute.non_public


def test_a_party_is_completed_from_its_id_number(cast: Cast) -> None:
    dispute = cast.registered()
    party = dispute.parties[0]
    form = completion(cast, dispute).form(f"/parties/{party.id}")
    form.submit(id_number="620702 19860522 0069", ethnic_group="汉族", division_code="620702106", address="双塔村三社",
                **{"speakers-0-name": "王小兵", "speakers-0-authority": "授权委托书"})  # fmt: skip
    db.session.expire_all()
    assert (party.birth, party.sex, party.ethnic_group) == (date(1986, 5, 22), "female", "汉族")
    assert clear(cast, party, "id_number") == "620702198605220069"
    assert clear(cast, party, "phone") == "19000000032"
    assert [(one.kind, one.name) for one in party.representatives] == [(RepresentativeKind.AGENT, "王小兵")]


def test_a_wrong_value_is_named_at_its_field(cast: Cast) -> None:
    party = cast.registered().parties[0]
    form = visit(cast.signed_in(), f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
    wrong = {"id_number": "620702198605220068", "phone": "8251234", "amount": "很多", "name": "", "birth": "2026-11-24"}
    for field, value in wrong.items():
        page = form.submit(422, **{field: value})
        assert page.soup.select_one(f"#p{party.id}-{field}-error"), field
        assert dict(page.form(f"/parties/{party.id}").values())[field] == value
    completion(cast, party.dispute).form("/completion").submit(422, happened_on="2026-11-24")


def test_an_organisation_is_added_with_its_code_and_contact(cast: Cast) -> None:
    dispute = cast.registered()
    page = visit(cast.signed_in(), f"/disputes/{dispute.reference}/parties/new?side=third")
    page.form("/parties").submit(
        name="甘肃某建工集团", kind="organisation", credit_code="91620702MA7XK0N1H4", contact="项目部"
    )
    party = db.session.scalars(select(Party).order_by(Party.id.desc())).first()
    assert (party.side, party.kind, party.contact) == (Side.THIRD, PartyKind.ORGANISATION, "项目部")


def test_the_card_reader_fills_the_form_and_saves_nothing(cast: Cast) -> None:
    dispute = cast.registered()
    party = dispute.parties[0]
    page = completion(cast, dispute).form(f"/parties/{party.id}").submit(200, press="card", card=CARD)
    values = dict(page.form(f"/parties/{party.id}").values())
    assert (values["name"], values["id_number"], values["ethnic_group"]) == ("马成龙", "620702197903120037", "回族")
    assert values["birth"] == "1979-03-12"
    db.session.expire_all()
    assert party.name == "宋佳"


def test_somebody_slower_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    dispute = cast.registered()
    party = dispute.parties[0]
    slow = visit(cast.signed_in(), f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
    with cast.acting(MEDIATOR) as change:
        party.edit(change, party.version, ethnic_group="回族", name="宋佳(更正)")
    page = slow.submit(409, ethnic_group="汉族")
    told = page.soup.select_one(".notice").get_text(" ")
    assert "回族" in told
    assert "汉族" in told
    assert "宋佳(更正)" in told
    page.form(f"/parties/{party.id}").submit(name="宋佳")
    page.form(f"/parties/{party.id}").submit(name="宋佳")
    db.session.expire_all()
    assert (party.name, party.ethnic_group) == ("宋佳", "汉族")


def test_two_people_complete_the_matter_at_once(cast: Cast) -> None:
    dispute = cast.registered()
    slow = completion(cast, dispute).form("/completion")
    completion(cast, dispute, "xuwenjing").form("/completion").submit(facts="窗口录入的事实")
    page = slow.submit(409, facts="调解员录入的事实")
    told = page.soup.select_one(".notice").get_text(" ")
    assert "窗口录入的事实" in told
    assert "调解员录入的事实" in told
    assert "调解员录入的事实" in dict(page.form("/completion").values())["facts"]
    again = page.form("/completion")
    again.submit()
    again.submit()  # a second click is no second opinion


def test_numbers_are_masked_until_asked_and_who_looked_is_kept(cast: Cast) -> None:
    dispute = cast.registered()
    page = visit(cast.signed_in(), f"/disputes/{dispute.reference}/completion?party={dispute.parties[1].id}")
    assert "190****0032" in page.text
    assert "19000000032" not in page.html
    shown = page.form("/reveal").submit(200)
    assert shown.soup.select_one('a[href="tel:19000000032"]')
    event = db.session.scalars(select(Event).where(Event.kind == EventKind.PARTY_REVEAL)).one()
    assert (event.subject_id, event.particulars) == (dispute.parties[0].id, {"field": "phone"})
    answer = page.client.post(
        page.form("/reveal").tag["action"], data=dict(page.form("/reveal").values()) | {"field": "name"}
    )
    assert answer.status_code == 400


def test_an_address_is_shown_only_by_its_beginning(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        dispute.parties[0].edit(change, 1, address="三闸镇红柳巷十八号院")
    client = cast.signed_in()
    for path in ("", "/completion", f"/completion?party={dispute.parties[0].id}"):
        assert "红柳巷" not in client.get(f"/disputes/{dispute.reference}{path}").text, path
    assert "三闸镇***" in client.get(f"/disputes/{dispute.reference}/completion?party={dispute.parties[1].id}").text


def test_a_roster_is_looked_at_mended_and_taken_in_once(cast: Cast) -> None:
    dispute = cast.registered(opposite="劳务公司")
    with cast.acting() as change:
        dispute.parties[0].edit(change, 1, name="马成龙")
    path = f"/disputes/{dispute.reference}/roster"
    form = visit(cast.signed_in(), path).form("/roster")
    wrong = form.submit(422, press="add", people=ROSTER.replace("0056", "0057"))
    assert len(wrong.soup.select("td .field__error")) == 1
    looked = wrong.form("/roster").submit(200, press="preview", people=ROSTER)
    assert not looked.soup.select("td .field__error")
    looked.form("/roster").submit(press="add")
    db.session.expire_all()
    people = [party for party in dispute.parties if party.side is Side.APPLICANT]
    assert [(party.name, party.amount_fen) for party in people] == [
        ("马成龙", 1_500_000), ("李守国", 1_600_000), ("王秀兰", 1_500_000)
    ]  # fmt: skip
    assert (people[2].ethnic_group, people[2].sex, people[0].birth) == ("汉族", "female", date(1979, 3, 12))


def test_no_more_than_five_represent_a_group(cast: Cast) -> None:
    dispute = cast.registered(heads=31)
    with cast.acting() as change:
        people = [Party.add(change, dispute, Side.APPLICANT, f"业主{n}", represents_others=True) for n in range(5)]
    assert len(people) == 5
    party = dispute.parties[0]
    page = visit(cast.signed_in(), f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
    page.submit(422, represents_others="y")


def test_a_party_entered_by_mistake_goes_and_whoever_took_part_stays(cast: Cast) -> None:
    dispute = cast.registered(opposite="甲公司、乙公司")
    applicant, first, second = dispute.parties
    with cast.acting() as change:
        Invitation.make(change, dispute, second)
    client = cast.signed_in()
    for party, status in ((applicant, 422), (second, 422), (first, 303)):
        form = visit(client, f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
        form.tag["action"] += "/removal"
        form.submit(status)
    db.session.expire_all()
    assert [party.name for party in dispute.parties] == ["宋佳", "乙公司"]


def test_nobody_removes_what_somebody_else_has_just_completed(cast: Cast) -> None:
    dispute = cast.registered(opposite="甲公司、乙公司")
    party = dispute.parties[2]
    form = visit(cast.signed_in(), f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
    with cast.acting() as change:
        party.edit(change, 1, contact="何晓梅")
    form.tag["action"] += "/removal"
    assert "何晓梅" in form.submit(409).text
    db.session.expire_all()
    assert len(dispute.parties) == 3


def test_other_matters_of_the_same_number_are_named(cast: Cast) -> None:
    known, dispute = cast.registered(), cast.registered(opposite="另一家")
    party = dispute.parties[0]
    form = visit(cast.signed_in(), f"/parties/{party.id}/edit").form(f"/parties/{party.id}")
    form.tag["action"] = f"/disputes/{dispute.reference}/parties/earlier"
    page = form.submit(200, phone="19000000032")
    assert known.short_number in page.text
    assert dispute.short_number not in page.text


@pytest.mark.parametrize(("username", "status"), [(LEADER, 403), (SECURITY, 403)])
def test_only_who_edits_the_file_completes_it(cast: Cast, username: str, status: int) -> None:
    dispute: Any = cast.registered()
    client = cast.signed_in(username)
    for path in (f"/disputes/{dispute.reference}/completion", f"/parties/{dispute.parties[0].id}/edit"):
        visit(client, path, status)
