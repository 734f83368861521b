"""What a centre keeps: rooms, presiding bodies, kinds of disputes, settings."""

import pytest

from models.category import Category, Suggestion
from models.errors import RuleBroken, Stale
from models.event import Event
from models.presiding_body import BodyKind, PresidingBody
from models.room import Room, RoomPurpose
from tests.support.cast import MANAGER, Cast
from transaction import db


def newest(stream: str) -> tuple[str, list[str]]:
    event = db.session.query(Event).filter_by(stream=stream).order_by(Event.seq.desc()).first()
    return event.kind, event.particulars.get("fields", [])


def test_a_room_is_made_and_changed_on_record(cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        room = Room.create(change, cast.centre, name="调解九室", purpose=RoomPurpose.MEDIATION, seats=6)
    with cast.acting(MANAGER) as change:
        room.edit(change, 1, seats=9)
    assert (room.seats, room.version) == (9, 2)
    assert newest(f"centre:{cast.centre.id}") == ("room:edit", ["seats"])
    with pytest.raises(Stale), cast.acting(MANAGER) as change:
        room.edit(change, 1, seats=10)


def test_rooms_of_one_house_have_different_names(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="of this name"), cast.acting(MANAGER) as change:
        Room.create(change, cast.centre, name="调解三室")
    with pytest.raises(RuleBroken, match="of this name"), cast.acting(MANAGER) as change:
        cast.room("调解二室").edit(change, 1, name="调解三室")


def test_a_room_in_which_people_sit_is_not_closed(cast: Cast) -> None:
    cast.whistled(room="调解三室")
    with pytest.raises(RuleBroken, match="in use"), cast.acting(MANAGER) as change:
        cast.room("调解三室").edit(change, 1, is_active=False)


def test_a_body_names_its_unit_and_register(cast: Cast) -> None:
    with cast.acting(MANAGER) as change:
        body = PresidingBody.create(change, cast.centre, kind=BodyKind.INDUSTRY_COMMITTEE, name="保险纠纷调委会",
                                    unit_id=cast.unit("医调委").id, register_prefix="甘保调字")  # fmt: skip
    with cast.acting(MANAGER) as change:
        body.edit(change, 1, register_prefix="甘保险调字")
    assert newest(f"centre:{cast.centre.id}") == ("body:edit", ["register_prefix"])


def test_a_kind_proposes_units_in_the_order_given(cast: Cast) -> None:
    kind = cast.category("离婚")
    women, police = cast.unit("妇联").id, cast.unit("公安甘州分局").id
    with cast.acting(MANAGER) as change:
        kind.edit(change, 1, [Suggestion(police, "有无报警记录?"), Suggestion(women, "能否派调解员?")])
    db.session.expire_all()
    assert [one.unit.name for one in kind.suggested_units()] == ["公安甘州分局", "妇联"]
    with cast.acting(MANAGER) as change:
        kind.edit(change, 2, [])
    assert kind.suggested_units() == kind.parent.suggestions
    assert newest(f"centre:{cast.centre.id}") == ("category:edit", ["units"])


def test_kinds_have_two_levels(cast: Cast) -> None:
    main, sub = cast.category("婚姻家庭"), cast.category("离婚")
    for category, parent in ((cast.category("抚养探望"), sub), (main, cast.category("消费")), (sub, sub)):
        with pytest.raises(RuleBroken, match="main kind"), cast.acting(MANAGER) as change:
            category.edit(change, 1, [], parent_id=parent.id)
    with pytest.raises(RuleBroken, match="of this name"), cast.acting(MANAGER) as change:
        Category.create(change, cast.centre, name="婚姻家庭")
    with cast.acting(MANAGER) as change:  # the same name below another main kind is another kind
        Category.create(change, cast.centre, name="离婚", parent_id=cast.category("消费").id)


def test_settings_are_changed_together_or_not_at_all(cast: Cast) -> None:
    centre = cast.centre
    with cast.acting(MANAGER) as change:
        centre.revise(change, 1, {"telephone": "0936-8251234"}, {"urgent_limit": 12, "no_internet": False})
    assert (centre.version, centre.setting(db.session, "urgent_limit")) == (3, 12)
    with pytest.raises(Stale), cast.acting(MANAGER) as change:
        centre.revise(change, 1, {}, {"urgent_limit": 9})
    with pytest.raises(RuleBroken, match="whole number"), cast.acting(MANAGER) as change:
        centre.revise(change, 3, {"name": "别名"}, {"urgent_limit": 0})
    assert (centre.name, centre.setting(db.session, "urgent_limit")) == ("甘州区综治中心", 12)
