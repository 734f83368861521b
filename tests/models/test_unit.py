"""Units: names, place in the tree, limits, and who is on duty."""

import threading
from contextlib import suppress

import pytest

from models.actor import OPERATOR
from models.errors import RuleBroken
from models.event import Event
from models.unit import Unit, UnitKind, limit_for
from tests.support.cast import MANAGER, Cast
from transaction import db, transaction


def kinds_of(stream: str) -> list[str]:
    return [event.kind for event in db.session.query(Event).filter_by(stream=stream).order_by(Event.seq)]


@pytest.mark.parametrize(("km", "minutes"), [(0, 20), (9.9, 20), (10, 30), (19.9, 30), (20, 40), (55, 40)])
def test_the_limit_follows_the_distance(km: float, minutes: int) -> None:
    assert limit_for(km) == minutes


def test_a_limit_of_its_own_comes_first_then_the_house_then_the_distance(cast: Cast) -> None:
    settings = cast.centre.settings(db.session)
    assert cast.unit("信访局").arrival_limit(settings) == 5
    cast.unit("信访局").limit_minutes = None
    assert cast.unit("信访局").arrival_limit(settings | {"in_house_limit": 7}) == 7
    assert cast.unit("乌江镇").arrival_limit(settings) == 30
    cast.unit("乌江镇").limit_minutes = 25
    assert cast.unit("乌江镇").arrival_limit(settings) == 25


def test_a_name_given_up_becomes_an_alias(cast: Cast) -> None:
    unit = cast.unit("水务局")
    with cast.acting(MANAGER) as change:
        unit.edit(change, unit.version, name="水利水务局")
    assert "水务局" in unit.alias_names
    with cast.acting(MANAGER) as change:
        unit.edit(change, unit.version, name="水务局")
    assert "水务局" not in unit.alias_names
    assert "水利水务局" in unit.alias_names


def test_a_short_name_leads_to_one_unit(cast: Cast) -> None:
    unit = cast.unit("水务局")
    for taken in ("林草局", "12315"):
        with pytest.raises(RuleBroken, match=r"is what .* is called already"), cast.acting(MANAGER) as change:
            unit.edit(change, unit.version, aliases=[taken])
    with cast.acting(MANAGER) as change:
        unit.edit(change, unit.version, aliases=["水利局"], name="林业和水务局")
    assert set(unit.alias_names) == {"水务局", "水利局"}


def test_an_edit_that_changes_nothing_is_no_event(cast: Cast) -> None:
    unit = cast.unit("水务局")
    with cast.acting(MANAGER) as change:
        unit.edit(change, 1, name="水务局", distance_km=unit.distance_km)
    assert (unit.version, kinds_of(f"unit:{unit.id}")) == (1, ["unit:create"])


def test_two_units_never_share_a_name(cast: Cast) -> None:
    unit = cast.unit("水务局")
    with pytest.raises(RuleBroken, match="of this name already"), cast.acting(MANAGER) as change:
        unit.edit(change, 1, name="林草局")
    with pytest.raises(RuleBroken, match="of this name already"), cast.acting(MANAGER) as change:
        Unit.create(change, cast.unit("甘州区"), UnitKind.DEPARTMENT, "林草局")


def test_a_name_of_full_length_fits_with_its_sound(cast: Cast) -> None:
    name = "甘州区双庄窗床" * 11
    with cast.acting(MANAGER) as change:
        unit = Unit.create(change, cast.unit("甘州区"), UnitKind.DEPARTMENT, name)
    assert unit.name == name


def test_moving_a_unit_takes_what_stands_below_along(cast: Cast) -> None:
    labour, inspection, housing = cast.unit("人社局"), cast.unit("劳动监察大队"), cast.unit("住建局")
    with cast.acting(MANAGER) as change:
        labour.edit(change, 1, parent_id=housing.id)
    assert inspection.path == f"{housing.path}{labour.id}/{inspection.id}/"
    with pytest.raises(RuleBroken, match="below itself"), cast.acting(MANAGER) as change:
        housing.edit(change, 1, parent_id=inspection.id)


def test_two_moves_at_once_put_no_unit_below_itself(cast: Cast) -> None:
    """Each is below the other when both are done, unless the second one sees what the first has done."""
    labour, housing = cast.unit("人社局"), cast.unit("住建局")
    both_moved, refused = threading.Barrier(2, timeout=1), list[str]()

    def move(unit_id: int, parent_id: int) -> None:
        with cast.app.app_context(), suppress(RuleBroken), transaction(OPERATOR) as change:
            try:
                db.session.get_one(Unit, unit_id).edit(change, 1, parent_id=parent_id)
            except RuleBroken as error:
                refused.append(error.msgid)
                raise
            with suppress(threading.BrokenBarrierError):
                both_moved.wait()

    ways = ((labour.id, housing.id), (housing.id, labour.id))
    db.session.rollback()
    threads = [threading.Thread(target=move, args=way) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert refused == ["A unit cannot stand below itself"]
    moved = db.session.query(Unit).filter(Unit.id.in_([labour.id, housing.id])).all()
    assert all(unit.path == f"{unit.parent.path}{unit.id}/" for unit in moved)


def test_the_kind_of_the_house_is_fixed(cast: Cast) -> None:
    """A unit that called itself a centre would serve what stands above it."""
    with pytest.raises(RuleBroken, match="not changed here"), cast.acting(MANAGER) as change:
        cast.unit("乌江镇").edit(change, 1, kind=UnitKind.CENTRE)


def test_a_centre_serves_the_unit_it_stands_in(cast: Cast) -> None:
    assert cast.unit("甘州区综治中心").served_path == cast.unit("甘州区").path
    assert cast.unit("乌江镇").served_path == cast.unit("乌江镇").path
