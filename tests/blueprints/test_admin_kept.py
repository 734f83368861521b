"""An ended session or an old token costs nothing that was typed into any form of the administration."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

from models.event import Event
from models.person import Role
from models.subsidy_rate import SubsidyRateTable
from models.unit import UnitKind
from seeds.demo import PASSWORD
from tests.support.cast import MANAGER, SECURITY, Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Form, Page, visit
from tests.support.upload import post
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

HOUSE = "/administration"
# Where the form stands, part of its address, what is typed, and the kind of the event that tells it was saved.
FORMS: list[tuple[str, str, dict[str, Any], str]] = [
    (f"{HOUSE}/units/new", f"{HOUSE}/units", {"name": "粮食局", "kind": UnitKind.DEPARTMENT, "stationing": "rotating",
     "weekdays": ["2", "4"], "former_names": "粮食储备局\r\n原粮食局"}, "unit:create"),
    (f"{HOUSE}/units/{{unit}}", "/units/", {"weekdays": ["1", "3"], "former_names": "水利局\r\n水政处"}, "unit:edit"),
    (f"{HOUSE}/rooms/new", f"{HOUSE}/rooms", {"name": "调解九室", "seats": "6"}, "room:edit"),
    (f"{HOUSE}/rooms/{{room}}", "/rooms/", {"seats": "11"}, "room:edit"),
    (f"{HOUSE}/bodies/new", f"{HOUSE}/bodies", {"name": "保险纠纷调委会", "unit_name": "水务局"}, "body:edit"),
    (f"{HOUSE}/categories/new", f"{HOUSE}/categories", {"name": "养老服务", "units-0-unit_name": "民政局",
     "units-0-question": "机构是否备案?"}, "category:edit"),
    (f"{HOUSE}/categories/{{kind}}", "/categories/", {"units-0-order": "9"}, "category:edit"),
    (f"{HOUSE}/categories/{{kind}}/preparation", "/preparation", {"questions": "一\r\n二"}, "preparation:edit"),
    (f"{HOUSE}/settings", "/settings", {"urgent_limit": "12", "no_internet": "y"}, "setting:change"),
    (f"{HOUSE}/calendar", f"{HOUSE}/calendar", {"first": "2027-01-01", "day_kind": "holiday", "name": "元旦"},
     "calendar:enter"),
    (f"{HOUSE}/calendar", "/calendar/lines", {"lines": "2027-01-01 休 元旦"}, "calendar:enter"),
    (f"{HOUSE}/subsidy-rates/{{rates}}", "/subsidy-rates/", {"oral": "61.5"}, "subsidy:rate"),
    ("/channels/new?kind=http", "/channels", {"name": "短信", "address": "https://sms.example/send"}, "channel:create"),
    ("/case-types/new", "/case-types", {"name": "养老服务合同纠纷"}, "case-type:edit"),
    ("/screens/new", "/screens", {"name": "大厅屏"}, "screen:create"),
    ("/duty/{unit}", "/duty/{unit}", {"days-3-name": "梁建军"}, "unit:roster"),
    ("/people/new", "/people", {"username": "liangxiaoyun", "name": "梁晓云", "role": Role.OFFICER,
     "unit_id": "1"}, "person:create"),
    ("/people/{person}/edit", "/people/", {"name_en": "Luo Zhi Ming"}, "person:edit"),
]  # fmt: skip


def opened(cast: Cast, where: str, action: str) -> tuple[str, Form]:
    """The form, and before whom it lies."""
    known = {
        "unit": cast.unit("水务局").id,
        "room": cast.room("调解三室").id,
        "kind": cast.category("离婚").id,
        "rates": db.session.query(SubsidyRateTable).first().id,
        "person": cast.person("luozhiming").id,
    }
    who = SECURITY if where.startswith("/people/") else MANAGER
    return who, visit(cast.signed_in(who), where.format(**known)).form(action.format(**known))


def saved(kind: str) -> int:
    db.session.expire_all()
    return db.session.query(Event).filter_by(kind=kind).count()


def sent(page: Page, action: str) -> None:
    """The one button that is left sends everything on."""
    tag = next(tag for tag in page.soup.select("form[method=post]") if tag["action"] == action)
    values: dict[str, list[str]] = {}
    for name, value in Form(page, tag).values():
        values.setdefault(name, []).append(value)
    assert page.client.post(action, data=values).status_code in (200, 201, 303)


@pytest.mark.parametrize(("where", "action", "typed", "kind"), FORMS)
def test_the_end_of_the_session(
    cast: Cast, clock: Clock, where: str, action: str, typed: dict[str, Any], kind: str
) -> None:
    who, form = opened(cast, where, action)
    before = saved(kind)
    clock.advance(hours=9)
    page = form.submit(401, **typed).form("/sign-in").submit(200, username=who, password=PASSWORD)
    assert saved(kind) == before
    sent(page, form.tag["action"])
    assert saved(kind) > before


@pytest.mark.parametrize(("where", "action", "typed", "kind"), FORMS)
def test_an_old_token(cast: Cast, where: str, action: str, typed: dict[str, Any], kind: str) -> None:
    form = opened(cast, where, action)[1]
    before = saved(kind)
    sent(form.submit(400, **typed, csrf_token="old"), form.tag["action"])
    assert saved(kind) > before


def test_several_ticks_and_several_lines_arrive_whole(cast: Cast, clock: Clock) -> None:
    where, action, typed, _kind = FORMS[1]
    who, form = opened(cast, where, action)
    clock.advance(hours=9)
    sent(form.submit(401, **typed).form("/sign-in").submit(200, username=who, password=PASSWORD), form.tag["action"])
    db.session.expire_all()
    unit = cast.unit("水务局")
    assert (unit.weekdays, set(unit.alias_names)) == ("13", {"水利局", "水政处"})


@pytest.mark.parametrize("size", [200_000, 3_000_000, 30_000_000])
def test_a_file_that_is_no_list_of_days_costs_no_line_that_was_typed(cast: Cast, size: int) -> None:
    """The scan of the notice: below what a form may hold, above it, above what a form with files may."""
    form = opened(cast, f"{HOUSE}/calendar", "/calendar/lines")[1]
    typed = dict(form.values()) | {"lines": "2027-01-01 休 元旦", "file": FileStorage(BytesIO(bytes(size)), "通知.pdf")}
    answer = post(form.page.client, form.tag["action"], typed)
    page = Page(form.page.client, form.tag["action"], answer)
    assert (page.status, page.soup.select_one("[name=lines]").get_text(strip=True)) == (422, typed["lines"])
    assert page.soup.select_one("#file-error")
    assert saved("calendar:enter") == 0
