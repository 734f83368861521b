"""What the manager of a centre changes: units, rooms, bodies, kinds, settings; and who may not."""

import pytest

from models.category import Category
from models.centre import Centre
from models.person import Role
from models.presiding_body import PresidingBody
from models.room import Room
from models.unit import Unit, UnitKind
from tests.support.cast import CLERK, MANAGER, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

AREAS = ("units", "rooms", "bodies", "categories", "settings")


def opened(cast: Cast, path: str, who: str = MANAGER, status: int = 200) -> Page:
    return visit(cast.signed_in(who), f"/administration{path}", status)


def stored(table: type, name: str):
    db.session.expire_all()
    return db.session.query(table).filter_by(name=name).order_by(table.id).first()


def test_the_manager_finds_everything_in_one_place(cast: Cast) -> None:
    page = opened(cast, "")
    for area in AREAS:
        assert page.follow(f"/administration/{area}").status == 200


@pytest.mark.parametrize("who", [CLERK, SECURITY])
def test_others_manage_nothing(cast: Cast, who: str) -> None:
    client = cast.signed_in(who)
    for path in ("", *(f"/{area}" for area in AREAS), "/units/new", "/rooms/1", "/units/8"):
        visit(client, f"/administration{path}", 403)


def test_a_unit_is_created_once_and_found_in_the_tree(cast: Cast) -> None:
    form = opened(cast, "/units/new").form("/administration/units")
    typed = {"name": "粮食局", "kind": "department", "parent_id": cast.unit("甘州区").id,
             "former_names": "粮食储备局\n原粮食局", "distance_km": "12.5", "telephone": "0936-8251234"}  # fmt: skip
    assert "粮食局" in form.submit(**typed).text
    unit = stored(Unit, "粮食局")
    assert (unit.parent.name, unit.alias_names) == ("甘州区", ["原粮食局", "粮食储备局"])
    assert "30 " in opened(cast, "/units?kind=department").text
    assert form.submit(**typed).path == "/administration/units"
    assert db.session.query(Unit).filter_by(name="粮食局").count() == 1


def test_a_units_limit_says_what_it_becomes(cast: Cast) -> None:
    unit = cast.unit("水务局")
    page = opened(cast, f"/units/{unit.id}")
    assert "20" in page.text
    page.form(f"/units/{unit.id}").submit(limit_minutes="35")
    assert stored(Unit, "水务局").limit_minutes == 35
    opened(cast, f"/units/{unit.id}").form(f"/units/{unit.id}").submit(limit_minutes="", name="水利局")
    unit = stored(Unit, "水利局")
    assert (unit.limit_minutes, "水务局" in unit.alias_names) == (None, True)


def test_wrong_facts_are_named_at_their_fields(cast: Cast) -> None:
    unit = cast.unit("水务局")
    page = opened(cast, f"/units/{unit.id}").form(f"/units/{unit.id}").submit(
        422, name="", distance_km="far", limit_minutes="0", telephone="8251234", former_names="长" * 81
    )  # fmt: skip
    wrong = {tag.find(["input", "textarea", "select"])["name"] for tag in page.soup.select(".field--wrong")}
    assert wrong == {"name", "distance_km", "limit_minutes", "telephone", "former_names"}
    assert page.soup.select_one("[name=telephone]")["value"] == "8251234"
    page = opened(cast, f"/units/{unit.id}").form(f"/units/{unit.id}").submit(422, name="林草局")
    assert page.soup.select(".field--wrong [name=name]")


def test_two_people_at_one_unit_see_both_texts(cast: Cast) -> None:
    unit = cast.unit("水务局")
    first, second = (opened(cast, f"/units/{unit.id}").form(f"/units/{unit.id}") for _time in range(2))
    first.submit(distance_km="7")
    page = second.submit(409, distance_km="9", telephone="0936-8251234")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.soup.select(".notice tbody tr")]
    assert [row[1:] for row in rows] == [["7", "9"], ["0936-8000016", "0936-8251234"]]
    assert page.soup.select_one("[name=distance_km]")["value"] == "9"
    page.form(f"/units/{unit.id}").submit()
    assert stored(Unit, "水务局").distance_km == 9


def test_a_unit_keeps_its_place_below_one_that_is_used_no_longer(cast: Cast) -> None:
    above, below = cast.unit("人社局"), cast.unit("劳动监察大队")
    opened(cast, f"/units/{above.id}").form("/units").submit(is_active=None)
    opened(cast, f"/units/{below.id}").form("/units").submit(telephone="0936-8251234")
    assert stored(Unit, "劳动监察大队").parent.name == "人社局"
    page = opened(cast, f"/units/{below.id}").form("/units").submit(422, former_names="12315")
    assert page.soup.select(".field--wrong [name=former_names]")


def test_the_house_keeps_its_kind_and_its_place(cast: Cast) -> None:
    names = {name for name, _value in opened(cast, "/units/1").form("/units/1").values()}
    assert not names & {"kind", "parent_id"}
    client = cast.signed_in(MANAGER)
    form = visit(client, "/administration/units/new").form("/administration/units")
    form.submit(422, name="另一个中心", kind=UnitKind.CENTRE.value)


def test_the_manager_of_a_township_reaches_his_own_units(cast: Cast) -> None:
    with cast.acting(SECURITY) as change:
        cast.person("luyongqiang").grant(change, Role.CENTRE_MANAGER, cast.unit("乌江镇"))
    page = opened(cast, "/units", "luyongqiang")
    assert "乌江镇" in page.text
    assert "水务局" not in page.text
    opened(cast, f"/units/{cast.unit('水务局').id}", "luyongqiang", 404)
    opened(cast, f"/rooms/{cast.room('调解三室').id}", "luyongqiang", 404)
    opened(cast, f"/units/{cast.unit('乌江镇').id}", "luyongqiang").form("/units").submit(telephone="0936-8251234")
    assert stored(Unit, "乌江镇").parent.name == "甘州区"


def test_who_only_works_in_a_house_does_not_manage_it(cast: Cast) -> None:
    """Clerk of the district and manager of a township: the district's settings are not his."""
    with cast.acting(SECURITY) as change:
        person = cast.person(CLERK)
        person.grant(change, Role.CENTRE_MANAGER, cast.unit("长安镇"))
    assert person.roles[0].unit == cast.centre.unit
    for area in ("", "/settings", "/rooms", f"/rooms/{cast.room('调解三室').id}", "/categories", "/calendar"):
        opened(cast, area, CLERK, 404)


def test_rooms_are_made_changed_and_closed(cast: Cast) -> None:
    opened(cast, "/rooms/new").form("/rooms").submit(name="调解九室", purpose="mediation", seats="6", position="9")
    page = opened(cast, "/rooms")
    assert "调解九室" in page.text
    room = stored(Room, "调解九室")
    opened(cast, f"/rooms/{room.id}").form("/rooms").submit(422, seats="0")
    opened(cast, f"/rooms/{room.id}").form("/rooms").submit(is_active=None)
    assert not stored(Room, "调解九室").is_active
    cast.whistled(room="调解三室")
    page = opened(cast, f"/rooms/{cast.room('调解三室').id}").form("/rooms").submit(422, is_active=None)
    assert page.soup.select(".field--wrong [name=is_active]")


@pytest.mark.parametrize(
    ("area", "table", "typed"),
    [
        ("rooms", Room, {"name": "调解九室"}),
        ("bodies", PresidingBody, {"name": "甘州区消费调解委员会"}),
        ("categories", Category, {"name": "宠物"}),
    ],
)
def test_what_is_made_twice_by_one_form_is_made_once(cast: Cast, area: str, table: type, typed: dict) -> None:
    form = opened(cast, f"/{area}/new").form(f"/{area}")
    first = form.submit(**typed)
    assert form.submit(**typed).path == first.path
    assert db.session.query(table).filter_by(**typed).count() == 1


def test_bodies_name_a_unit_that_exists(cast: Cast) -> None:
    form = opened(cast, "/bodies/new").form("/bodies")
    typed = {"name": "保险纠纷调委会", "kind": "industry_committee", "register_prefix": "甘保调字"}
    page = form.submit(422, unit_name="没有这个单位", **typed)
    assert page.soup.select(".field--wrong [name=unit_name]")
    page.form("/bodies").submit(unit_name="原水务局", **typed)  # a former name finds it
    assert stored(PresidingBody, "保险纠纷调委会").unit.name == "水务局"


def test_a_kind_gets_its_units_and_questions(cast: Cast) -> None:
    kind = cast.category("离婚")
    form = opened(cast, f"/categories/{kind.id}").form("/categories")
    blank = len(kind.suggestions)
    form.submit(**{f"units-{blank}-unit_name": "公安局", f"units-{blank}-question": "有无报警?",
                   f"units-{blank}-order": "0", "units-0-unit_name": ""})  # fmt: skip
    kind = stored(Category, "离婚")
    assert kind.suggestions[0].unit.name == "公安甘州分局"
    assert len(kind.suggestions) == blank
    form = opened(cast, f"/categories/{kind.id}").form("/categories")
    page = form.submit(422, **{f"units-{blank}-unit_name": "公安局"})
    assert page.soup.select(".is-wrong [name$=unit_name]")


def test_settings_keep_their_types_and_their_versions(cast: Cast) -> None:
    first, second = (opened(cast, "/settings").form("/settings") for _time in range(2))
    first.submit(urgent_limit="12", no_internet="y", telephone="0936-8251234")
    assert cast.centre.settings(db.session)["urgent_limit"] == 12
    assert cast.centre.settings(db.session)["no_internet"] is True
    page = second.submit(409, urgent_limit="9")
    assert "12" in page.soup.select_one(".notice table").get_text()
    assert stored(Centre, "甘州区综治中心").telephone == "0936-8251234"
    opened(cast, "/settings").form("/settings").submit(422, urgent_limit="601", default_question="")


def test_mixed_administrators_are_named_before_they_are_forbidden(cast: Cast) -> None:
    with cast.acting(SECURITY) as change:
        cast.person("yinshouzheng").grant(change, Role.STATISTICIAN, cast.unit("甘州区综治中心"))
    page = opened(cast, "/settings").form("/settings").submit(422, exclusive_administrators="y")
    assert "尹守正" in page.soup.select_one(".error-summary").get_text()


def test_the_calendar_takes_days_and_gives_them_back(cast: Cast) -> None:
    client = cast.signed_in(MANAGER)
    page = visit(client, "/administration/calendar")
    page = page.form("/calendar").submit(first="2027-01-01", last="2027-01-03", day_kind="holiday", name="元旦")
    assert page.text.count("元旦") == 3
    page.form("/administration/calendar").submit(422, first="2027-01-02", day_kind="workday")
    page = page.form("/removal").submit()
    assert page.text.count("元旦") == 2
    visit(cast.signed_in(CLERK), "/administration/calendar", 403)


def test_a_rotating_unit_has_its_weekdays(cast: Cast) -> None:
    unit = cast.unit("检察院")
    form = visit(cast.signed_in(MANAGER), f"/administration/units/{unit.id}").form("/units/")
    form.submit(stationing="rotating", weekdays=["4", "2"])
    db.session.expire_all()
    assert cast.unit("检察院").weekdays == "24"
    again = visit(cast.signed_in(MANAGER), f"/administration/units/{unit.id}")
    assert [box["value"] for box in again.soup.select("[name=weekdays][checked]")] == ["2", "4"]
