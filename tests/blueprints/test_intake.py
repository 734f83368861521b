"""The window: six fields make a number; what was here before is offered, never in the way; nothing typed is lost."""

from typing import Any

import pytest
from sqlalchemy import func, select

from models.centre import Centre
from models.dispute import Dispute
from models.dispute_unit import Part, units_with
from models.ending import withdraw
from models.party import Side
from models.party_kind import PartyKind
from models.person import Role
from models.visit import Channel, Visit, VisitPurpose
from tests.support.cast import LEADER, MANAGER, MEDIATOR, SECURITY, Cast
from tests.support.pages import Page, visit
from transaction import db

OTHER_CLERK = "gaoxiaoyan"


def entry(cast: Cast, **other: Any) -> dict[str, Any]:
    six = {"head_count": 31, "name": "康佳宁", "phone": "190 0000 0041", "category": cast.category("供暖").id,
           "opposite": "某物业公司、热力公司", "demand": "恢复供暖并退还采暖费"}  # fmt: skip
    return six | other


def registered(cast: Cast, **other: Any) -> tuple[Page, Dispute]:
    page = visit(cast.signed_in(), "/visits/new").form("/visits", "").submit(**entry(cast, **other))
    return page, db.session.scalars(select(Dispute).order_by(Dispute.id.desc()).limit(1)).one()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_further_visit_sent_twice_is_one(cast: Cast) -> None:
    dispute = cast.registered()
    form = visit(cast.signed_in(), f"/disputes/{dispute.reference}/visits/new").form("/visits")
    first = form.submit(head_count=2, note="补交收据")
    assert form.submit(head_count=2, note="补交收据").path == first.path
    assert count(Visit) == 2


def test_six_fields_make_a_dispute_a_queue_number_and_the_way_to_the_slip(cast: Cast) -> None:
    page, dispute = registered(cast)
    assert page.path == f"/visits/{dispute.visits[0].id}"
    assert "A001" in page.text
    assert dispute.number in page.text
    assert (dispute.head_count, dispute.category.name) == (31, "供暖")
    sides = [(party.side, party.name, party.kind) for party in dispute.parties]
    assert sides[0] == (Side.APPLICANT, "康佳宁", PartyKind.PERSON)
    assert sides[1:] == [(Side.RESPONDENT, name, PartyKind.ORGANISATION) for name in ("某物业公司", "热力公司")]
    assert dispute.parties[0].clear(cast.app.extensions["sealer"], "phone") == "19000000041"


def test_signs_nobody_sees_are_not_kept_and_are_no_name(cast: Cast) -> None:
    _page, dispute = registered(cast, name="\u202e康\x01佳\r\n宁\u202c", demand="\ufeff恢复\x0b供暖")
    assert (dispute.parties[0].name, dispute.demand) == ("康佳 宁", "恢复 供暖")
    visit(cast.signed_in(), "/visits/new").form("/visits").submit(422, **entry(cast, name="\u200b\u200b"))


def test_the_other_button_goes_on_to_the_whistle(cast: Cast) -> None:
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    page = form.submit(press="whistle", **entry(cast))
    assert page.path.endswith("/whistles/new")


def test_every_mistake_is_named_at_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    page = form.submit(422, **entry(cast, head_count="", phone="1234", category="", opposite="某物业公司"))
    wrong = {field.find("label")["for"] for field in page.soup.select(".field--wrong")}
    assert wrong == {"head_count", "phone", "category"}
    assert {link["href"] for link in page.soup.select("[data-error-summary] a")} == {f"#{name}" for name in wrong}
    page = form.submit(422, **entry(cast, head_count="三十一", phone="1234", category="", opposite="某物业公司"))
    assert len(page.soup.select("[data-error-summary] a[href='#head_count']")) == 1
    kept = dict(page.form("/visits").values())
    assert (kept["name"], kept["phone"], kept["opposite"]) == ("康佳宁", "1234", "某物业公司")
    assert count(Dispute) == 0


def test_after_the_whistle_the_slip_is_the_next_thing(cast: Cast) -> None:
    page, dispute = registered(cast)
    assert page.soup.select_one("main .btn--primary").get_text().startswith("吹哨")
    cast.whistled(dispute=dispute)
    page = visit(page.client, page.path)
    assert page.soup.select_one("main .btn--primary").get_text().startswith("打印回执")
    assert "再次吹哨" in page.text


def test_who_may_not_whistle_is_not_offered_it(cast: Cast) -> None:
    dispute = cast.whistled().dispute
    with cast.acting(SECURITY) as change:
        cast.person(MANAGER).revoke(change, Role.DUTY_LEADER, cast.centre.unit)
    page = visit(cast.signed_in(MANAGER), f"/visits/{dispute.visits[0].id}")
    assert "/whistles/new" not in page.html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_names_each_field_once(cast: Cast, lang: str) -> None:
    client = cast.signed_in()
    client.set_cookie("lang", lang)
    page = visit(client, "/visits/new").form("/visits").submit(422, head_count="", name="", category="", demand="")
    names = {label["for"]: label.find(string=True).strip() for label in page.soup.select(".field--wrong label")}
    for link in page.soup.select("[data-error-summary] a"):
        assert link.get_text().lower().count(names[link["href"][1:]].lower()) == 1


@pytest.mark.parametrize("kind", ["given up", "another house's", "no number", "²", "9" * 30])
def test_only_a_kind_in_use_of_this_house_is_taken(cast: Cast, kind: str) -> None:
    given_up, other = cast.category("供暖"), cast.category("物业")
    given_up.is_active = False
    other.centre_id = db.session.scalars(select(Centre.id).where(Centre.id != cast.centre.id)).first()
    db.session.commit()
    key = {"given up": given_up.id, "another house's": other.id}.get(kind, kind)
    page = visit(cast.signed_in(), "/visits/new").form("/visits").submit(422, **entry(cast, category=key))
    assert page.soup.select_one("#category").find_parent(class_="field--wrong") is not None
    assert count(Dispute) == 0


def test_sent_twice_it_is_registered_once_whichever_button(cast: Cast) -> None:
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    first = form.submit(**entry(cast))
    again = form.submit(press="whistle", **entry(cast))
    assert again.path == first.path
    assert count(Dispute) == count(Visit) == 1


def test_a_matter_passed_on_keeps_its_giver_and_its_village(cast: Cast) -> None:
    giver = cast.unit("信访局")
    _page, dispute = registered(cast, channel="petition", giver=giver.id, from_division="620702109")
    assert units_with(dispute, Part.GIVER) == [giver]
    assert (dispute.visits[0].channel, dispute.visits[0].from_division) == (Channel.PETITION, "620702109")


@pytest.mark.parametrize("username", [MEDIATOR, LEADER, SECURITY])
def test_only_the_window_registers(cast: Cast, username: str) -> None:
    client = cast.signed_in(username)
    visit(client, "/visits/new", 403)


def test_earlier_matters_of_the_same_telephone_are_offered_beside_the_form(cast: Cast) -> None:
    earlier = cast.registered()
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    action = form.tag["action"]
    form.tag["action"] = "/visits/earlier"
    page = form.submit(200, **entry(cast, name="别人", phone="19000000032"))
    assert earlier.short_number in page.text
    assert dict(page.form(action).values())["demand"] == "恢复供暖并退还采暖费"
    assert count(Dispute) == 1


def test_while_typing_only_the_list_comes_back(cast: Cast) -> None:
    cast.registered(opposite="甘州某健身馆")
    client = cast.signed_in()
    data = dict(visit(client, "/visits/new").form("/visits").values()) | {"name": "宋佳", "opposite": "甘州某健身馆"}
    html = client.post("/visits/earlier", data=data, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert html.strip().startswith('<section class="card" id="earlier"')
    assert "same two parties" in html or "双方相同" in html


@pytest.mark.parametrize("purpose", [VisitPurpose.FOLLOW_UP, VisitPurpose.SUPPLEMENT, VisitPurpose.URGE])
def test_a_known_matter_is_continued_with_what_was_typed(cast: Cast, purpose: VisitPurpose) -> None:
    dispute = cast.registered()
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    form.tag["action"] = f"/disputes/{dispute.reference}/visits"
    values = form.values()
    data = dict(values) | {name: str(value) for name, value in entry(cast, head_count=2).items()}
    answer = form.page.client.post(form.tag["action"], data=data | {"purpose": purpose.value})
    assert answer.status_code == 303
    db.session.expire_all()
    assert [(one.purpose, one.head_count, one.note) for one in dispute.visits][1:] == [
        (purpose, 2, "恢复供暖并退还采暖费")
    ]
    assert count(Dispute) == 1


def test_a_closed_matter_is_not_continued(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting() as change:
        withdraw(change, dispute, "当事人自行和解")
    page = visit(cast.signed_in(), f"/disputes/{dispute.reference}/visits/new")
    page.form("/visits").submit(422, head_count=1, note="来问进展")
    assert count(Visit) == 1


def test_a_dispute_of_another_house_is_not_found(cast: Cast) -> None:
    dispute = cast.registered()
    with cast.acting(SECURITY) as change:
        cast.person(OTHER_CLERK).revoke(change, Role.CLERK, cast.centre.unit)
        cast.person(OTHER_CLERK).grant(change, Role.CLERK, cast.unit("甘浚镇"))
    elsewhere = cast.signed_in(OTHER_CLERK)
    visit(elsewhere, f"/disputes/{dispute.reference}/visits/new", 404)
    visit(elsewhere, f"/visits/{dispute.visits[0].id}", 404)


def test_a_question_ends_with_an_answer_and_needs_no_dispute(cast: Cast) -> None:
    page = visit(cast.signed_in(), "/consultations/new").form("/consultations").submit(
        head_count=1, name="韩春梅", phone="19000000051", question="低保怎么申请?", answer="向户籍地街道申请"
    )  # fmt: skip
    assert "向户籍地街道申请" in page.text
    assert "190****0051" in page.text
    assert page.form("/reveal").submit(200).soup.select_one('a[href="tel:19000000051"]')
    assert count(Dispute) == 0
    assert db.session.scalars(select(Visit)).one().answered_at is not None


def test_an_answer_may_come_later_but_only_once(cast: Cast) -> None:
    page = visit(cast.signed_in(), "/consultations/new").form("/consultations").submit(
        head_count=1, name="韩春梅", question="低保怎么申请?"
    )  # fmt: skip
    form = page.form("/answer")
    assert "向街道申请" in form.submit(answer="向街道申请").text
    form.submit(409, answer="另一个答复")


def test_registering_turns_into_a_consultation_with_what_was_typed(cast: Cast) -> None:
    form = visit(cast.signed_in(), "/visits/new").form("/visits")
    form.tag["action"] = "/consultations/new"
    page = form.submit(200, name="韩春梅", demand="低保怎么申请?")
    kept = dict(page.form("/consultations").values())
    assert (kept["name"], kept["question"].strip()) == ("韩春梅", "低保怎么申请?")
