"""One unit's day: its officer goes from room to room by the plan, its head plans the roster and files the month."""

import pytest

from models.callout import CalloutState
from security.links import token_for
from tests.support.cast import LEADER, MEDIATOR, Cast
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.pages import Page, visit

UNIT, LABOUR = "市场监管局", "人社局"
HEAD = "caihongwei"  # manages the labour bureau


def counted(page: Page, place: str) -> dict[str, str]:
    """Name and count of each figure in this table."""
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in page.soup.select(f"{place} tbody tr")]
    return {row[0].strip(): "".join(row[1].split()) for row in cells}


@pytest.fixture
def house(cast: Cast, clock: Clock) -> House:
    return House(cast, clock)


def test_one_officer_works_through_three_rooms_with_his_telephone(house: House, clock: Clock) -> None:
    places = {"调解三室": "宋佳", "调解一室": "马成龙", "调解二室": "贺兰英"}
    disputes = [house.comes(name=name, phone="19000003001", opposite=f"某店{name}") for name in places.values()]
    last, first, second = (
        house.whistles(dispute, UNIT, room=room)[0] for dispute, room in zip(disputes, places, strict=True)
    )
    form = house.desk(first).follow("/visit-plan").form("/visit-plan")
    form.submit(**{f"at_{first.id}": "10:30", f"at_{second.id}": "10:50", f"at_{last.id}": "11:20"})
    phone, sealer = house.cast.app.test_client(), house.cast.app.extensions["sealer"]
    for callout in (last, second, first):
        page = visit(phone, f"/c/{token_for(sealer, callout)}")
        assert "调解一室 10:30 → 调解二室 10:50 → 调解三室 11:20" in page.text
    assert [tile["href"][-1] for tile in page.soup.select(".tile")] == [str(second.id), str(last.id)]
    page = page.form("/substitute").submit(name="王建国", post="副科长", phone="19000002222")
    clock.advance(minutes=9)
    page = house.reports_in(page.form("/departure").submit(), first)
    assert f"{UNIT} · {second.dispute.short_number} 调解二室 · 10:50前报到" in page.text

    form = house.desk(second).follow("/visit-plan").form("/visit-plan")  # while he sits in the first room
    form.submit(**{f"at_{second.id}": "11:00", f"at_{last.id}": "10:45"})
    page = visit(phone, page.path)
    assert "调解一室 10:30 → 调解三室 10:45 → 调解二室 11:00" in page.text
    page = page.form("/answers").submit(result="answered", answer="已责令退款")
    clock.advance(minutes=10)
    house.desk(first, MEDIATOR).form("/release").submit()
    page = visit(phone, page.path)
    assert "您已于10:39离场" in page.text

    page = page.follow(words="接着到调解三室，10:45前报到")
    assert "调解三室 10:45 → 调解二室 11:00" in page.text
    assert page.soup.find(attrs={"name": "name"})["value"] == "王建国"
    assert page.form(f"/callouts/{last.id}/arrival").tag.find(attrs={"name": "phone"}) is None
    clock.advance(minutes=4)
    page = house.reports_in(page, last)
    assert (last.officer_name, last.officer_post) == ("王建国", "副科长")
    assert last.clear_phone(sealer) == "19000002222"
    assert "10:43报到" in visit(phone, f"/arrival/callouts/{second.id}").text
    clock.advance(minutes=14)
    house.desk(last).form("/release").submit()
    page = house.reports_in(visit(phone, page.path).follow(words="接着到调解二室"), second)
    assert "接着到" not in page.text
    assert [one.state for one in (first, last)] == [CalloutState.RELEASED] * 2
    assert house.figure(UNIT, "on_time") == "3/3"
    house.ends(second.dispute, f"安排了{UNIT}的串场", f"{UNIT}报到，用时 37 分钟")


def test_the_head_of_a_unit_sees_the_day_plans_the_roster_and_files_the_month(house: House, clock: Clock) -> None:
    late, good, foreign, missed = (house.whistles(house.comes(), LABOUR, room=None)[0] for _time in range(4))
    house.phone(foreign).form("/objections").submit(reason="属住建领域", basis="三定方案")
    clock.advance(minutes=6)
    house.desk(good).form("/arrival").submit(name="汪海燕", post="科长")
    house.desk(foreign).form("/confirmation").submit()
    house.desk(foreign, LEADER).form("/decision").submit(press="uphold", units="住建局")
    session = house.page(f"/disputes/{good.dispute.reference}/sessions/new", MEDIATOR).form("/sessions").submit()
    session.form(f"/callouts/{good.id}/answer").submit(
        **{f"callout-{good.id}-result": "answered", f"callout-{good.id}-answer": "已责令补发工资"}
    )
    clock.advance(minutes=24)
    house.desk(late).form("/arrival").submit()
    house.desk(missed).form("/no-show").submit(words="电话无人接听")
    house.desk(good).form("/release").submit()
    [waiting] = house.whistles(house.comes(), LABOUR)

    roster = house.page("/duty", HEAD).follow(words=LABOUR).form("/duty/")
    roster.submit(**{"days-0-name": "滕丽", "days-0-post": "副科长", "days-0-telephone": "19000002222"})
    page = house.page("/", HEAD).follow("/units").follow(words=LABOUR)
    assert [row["id"] for row in page.soup.select("main li[id]")] == [f"callout-{one.id}" for one in (late, waiting)]
    assert "滕丽" in page.soup.find("aside").li.get_text()
    assert "10:26 采纳" in page.soup.find(id="objections").get_text()
    assert page.follow(f"/my-callouts/{waiting.id}").soup.find(attrs={"name": "name"})["value"] == "滕丽"
    figures = counted(page, "#figures")
    assert figures == {"吹哨次数": "5", "应到": "3/5", "到场": "2/3", "准时": "1/3", "有效报到": "1/3", "未到期": "1",
                       "异议采纳": "1", "已撤哨": "0", "到场用时中位数": "18分钟/2"}  # fmt: skip
    sheet = page.follow("/sheet")
    assert counted(sheet, "#totals") == figures | {"投入": "2人次，共24分钟"}
    lines = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in sheet.soup.tbody.select("tr")]
    assert [(line[4], line[5]) for line in lines] == [
        ("10:50 梁建军", "否"), ("10:26 汪海燕", "是"), ("", "不计"), ("", "否"), ("", "未到期")]  # fmt: skip
    assert [line[6] for line in lines[1:4]] == ["", "10:20 提出异议，采纳", "未到"]
    house.ends(missed.dispute, f"登记{LABOUR}未到")
