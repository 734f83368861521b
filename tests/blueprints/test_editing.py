"""Two people at one record: the same words are no conflict, and a conflict always says where the words differ."""

from typing import Any

import pytest

from models.event import Event
from models.person import Person
from models.presiding_body import PresidingBody
from models.subsidy_rate import SubsidyRateTable
from tests.support.cast import MANAGER, SECURITY, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Form, Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def events() -> int:
    db.session.expire_all()
    return db.session.query(Event).filter(Event.kind != "person:sign-in").count()


def texts(page: Page) -> list[list[str]]:
    """Of each difference that is shown, what is stored and what was typed."""
    rows = page.soup.select(".notice tbody tr")
    return [[cell.get_text() for cell in row.find_all("td")] for row in rows]


def forms(cast: Cast, path: str, who: str = MANAGER) -> tuple[Form, Form]:
    """The same form before two people."""
    first, second = (visit(cast.signed_in(who), path).form(path.removesuffix("/edit")) for _time in range(2))
    return first, second


def saved_by_both(cast: Cast, path: str, typed: dict[str, Any], who: str = MANAGER) -> int:
    """How many events were written when a second person saved the words that a first one has saved already."""
    first, second = forms(cast, path, who)
    before = events()
    first.submit(**typed)
    assert events() > before
    after = events()
    second.submit(**typed)
    return events() - after


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("units/{unit}", {"distance_km": "7", "weekdays": ["2", "4"], "former_names": "原水利局\r\n水政处"}),
        ("rooms/{room}", {"seats": "11", "floor": "三楼"}),
        ("bodies/{body}", {"unit_name": "水务局"}),
        ("categories/{category}", {"units-{blank}-unit_name": "公安甘州分局", "units-{blank}-question": "有无报警?"}),
        ("settings", {"urgent_limit": "12", "no_internet": "y"}),
        ("subsidy-rates/{rates}", {"basis": "甘区财发〔2026〕9号"}),
    ],
)
def test_the_same_words_saved_twice_are_no_conflict(cast: Cast, page: str, typed: dict[str, Any]) -> None:
    kind = cast.category("离婚")
    named = {"unit": cast.unit("水务局").id, "room": cast.room("调解三室").id, "category": kind.id,
             "body": db.session.query(PresidingBody).first().id, "rates": db.session.query(SubsidyRateTable).first().id,
             "blank": len(kind.suggestions)}  # fmt: skip
    typed = {name.format(**named): value for name, value in typed.items()}
    assert saved_by_both(cast, f"/administration/{page.format(**named)}", typed) == 0


def test_an_account_renamed_twice_alike_is_renamed_once(cast: Cast) -> None:
    person = cast.person("luozhiming")
    assert saved_by_both(cast, f"/people/{person.id}/edit", {"name_en": "Luo Zhi Ming"}, SECURITY) == 0
    assert db.session.get_one(Person, person.id).name_en == "Luo Zhi Ming"


def test_boxes_ticked_otherwise_are_shown_one_by_one(cast: Cast) -> None:
    first, second = forms(cast, f"/administration/units/{cast.unit('检察院').id}")
    first.submit(stationing="rotating", weekdays=["1", "3"])
    page = second.submit(409, stationing="rotating", weekdays=["1", "5"])
    assert texts(page) == [["周一\n周三", "周一\n周五"]]
    page.form("/units").submit()
    assert cast.unit("检察院").weekdays == "15"


def test_units_put_into_another_order_are_a_conflict(cast: Cast) -> None:
    """The number before a line is no text of its own: it says where the line stands."""
    path = f"/administration/categories/{cast.category('离婚').id}"
    names = [one.unit.name for one in cast.category("离婚").suggestions]
    assert len(names) > 1
    first, second = forms(cast, path)
    first.submit(name_en="Divorce cases")
    page = second.submit(409, name_en="Divorce cases", **{"units-0-order": "9"})
    moved = [*names[1:], names[0]]
    assert [[line.split()[0] for line in text.splitlines()] for text in texts(page)[0]] == [names, moved]
    page.form("/categories").submit()
    assert [one.unit.name for one in cast.category("离婚").suggestions] == moved


def test_the_same_order_is_the_same_by_whatever_numbers(cast: Cast) -> None:
    path = f"/administration/categories/{cast.category('离婚').id}"
    first, second = forms(cast, path)
    first.submit(**{"units-0-order": "9"})
    after = events()
    second.submit(**{"units-1-order": "0", "units-2-order": "0"})
    assert events() == after


def test_rates_that_differ_are_shown_in_yuan(cast: Cast) -> None:
    table = db.session.query(SubsidyRateTable).first()
    first, second = forms(cast, f"/administration/subsidy-rates/{table.id}")
    first.submit(oral="60")
    assert texts(second.submit(409, oral="1,061.5")) == [["60.00", "1061.50"]]


def test_two_people_enter_the_same_officer(cast: Cast) -> None:
    path, officer = f"/duty/{cast.unit('人社局').id}", {"days-3-name": "梁建军", "days-3-post": "科员"}
    assert saved_by_both(cast, path, officer) == 0
    assert saved_by_both(cast, path, {"days-3-deputy_name": "滕丽", "days-3-deputised": "y"}) == 0


def test_who_stands_in_is_a_difference_of_its_own(cast: Cast) -> None:
    path = f"/duty/{cast.unit('人社局').id}"
    forms(cast, path)[0].submit(**{"days-3-name": "梁建军", "days-3-post": "科员"})
    first, second = forms(cast, path)
    first.submit(**{"days-3-deputy_name": "滕丽", "days-3-deputised": "y"})
    page = second.submit(409, **{"days-3-deputy_name": "滕丽"})
    assert texts(page) == [["梁建军 科员 滕丽 顶岗", "梁建军 科员 滕丽"]]
