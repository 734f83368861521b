"""候调 at the desk: a room is freed, the next card goes in by one tap."""

from models.ending import withdraw
from models.room import Room, RoomPurpose, free_rooms, room_of
from tests.support.boards import Poller, whole_whistle
from tests.support.cast import Cast
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def fill(cast: Cast, *, but: int = 0) -> list[Room]:
    """Every mediation room is taken, except the last ones."""
    rooms = [room for room in free_rooms(db.session(), cast.centre.id) if room.purpose is RoomPurpose.MEDIATION]
    for room in rooms[: len(rooms) - but]:
        whole_whistle(cast, cast.registered(), room=room.name)
    return rooms


def test_the_freed_room_is_offered_to_who_has_waited_longest(cast: Cast, clock) -> None:
    rooms = fill(cast)
    first = whole_whistle(cast, cast.registered(), room=None).dispute
    clock.advance(minutes=3)
    second = whole_whistle(cast, cast.registered(), room=None).dispute
    client = cast.signed_in()
    poller, large = Poller(client), max(rooms, key=lambda room: room.seats)
    assert "空出" not in visit(client, "/board").text
    sitting = db.session.query(type(first)).filter_by(id=first.id - len(rooms) + rooms.index(large)).one()
    assert room_of(db.session(), sitting.id) is large
    with cast.acting() as change:
        withdraw(change, sitting, "自行和解")
    assert f"{large.name} 空出 · {large.seats} 座" in poller.ask().text
    page = visit(client, "/board")
    assert page.soup.select_one(f"#dispute-{first.id}-enter").get_text() == "进场"
    assert page.soup.select_one(f"#dispute-{second.id}-enter") is None
    button, token = page.soup.select_one(f"#dispute-{first.id}-enter"), page.soup.select_one("#act input")["value"]
    answer = client.post(button["formaction"], data={"csrf_token": token, button["name"]: button["value"]})
    assert answer.status_code == 303
    assert room_of(db.session(), first.id) is large
    assert "空出" not in visit(client, "/board").text


def test_a_tap_for_a_room_taken_meanwhile_leads_to_the_choice_of_rooms(cast: Cast) -> None:
    fill(cast, but=1)
    one = whole_whistle(cast, cast.registered(), room=None).dispute
    client = cast.signed_in()
    page = visit(client, "/board")
    button, token = page.soup.select_one(f"#dispute-{one.id}-enter"), page.soup.select_one("#act input")["value"]
    room = db.session.get(Room, int(button["value"]))
    other = whole_whistle(cast, cast.registered(), room=room.name).dispute
    answer = client.post(button["formaction"], data={"csrf_token": token, button["name"]: button["value"]},
                         headers={"HX-Request": "true"})  # fmt: skip
    assert answer.headers["HX-Redirect"] == f"/disputes/{one.reference}/room"
    assert room_of(db.session(), other.id) is room
    assert room_of(db.session(), one.id) is None
