"""吹哨: one page, one click, everything proposed; what the whistle refuses, at its field and with nothing lost."""

from datetime import timedelta

from models.assignment import Duty, assigned
from models.callout import Callout
from models.category import CategoryUnit
from models.dispute import Dispute
from models.room import Room, room_of
from models.whistle import Level
from tests.support.cast import CLERK, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Form, Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def whistle_page(cast: Cast, dispute: Dispute, username: str = CLERK) -> Page:
    return visit(cast.signed_in(username), f"/disputes/{dispute.reference}/whistles/new")


def whistle_form(page: Page) -> Form:
    return page.form("/whistles")


def proposed(form: Form) -> dict[str, dict[str, str]]:
    """The proposed lines by the unit's name: number, question, limit, whether ticked."""
    values = dict(form.values())
    numbers = [name.split("-")[1] for name in values if name.endswith("-proposed")]
    return {
        values[f"lines-{n}-name"]: {
            "n": n,
            "question": values[f"lines-{n}-question"],
            "limit": values[f"lines-{n}-limit_minutes"],
            "ticked": str(f"lines-{n}-called" in values),
        }
        for n in numbers
    }


def spare(form: Form) -> str:
    """The number of the first line in which another unit may be typed."""
    return next(name for name, value in form.values() if name.endswith("-name") and not value).split("-")[1]


def test_one_click_blows_the_proposed_whistle(cast: Cast) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    lines = proposed(form)
    assert lines["市场监管局"]["ticked"] == "True"
    form.submit()
    whistle = db.session.get_one(Dispute, dispute.id).whistles[0]
    assert {callout.unit.name for callout in whistle.callouts} == {
        name for name, line in lines.items() if line["ticked"] == "True"
    }
    assert all(callout.question == lines[callout.unit.name]["question"] for callout in whistle.callouts)
    assert whistle.room is not None
    assert assigned(dispute, Duty.MEDIATOR) is not None
    assert [invitation.name for invitation in dispute.invitations] == ["甘州某健身馆"]


def test_committees_and_far_units_are_proposed_but_not_ticked(cast: Cast) -> None:
    lines = proposed(whistle_form(whistle_page(cast, cast.registered(category="离婚"))))
    assert lines["妇联"]["ticked"] == "True"
    assert [line["ticked"] for name, line in lines.items() if name.endswith("委员会")] == ["False"]


def test_units_called_before_in_such_matters_are_counted(cast: Cast) -> None:
    for _ in range(2):
        cast.whistled("水务局", room=None)
    page = whistle_page(cast, cast.registered())
    lines = proposed(whistle_form(page))
    assert lines["水务局"]["ticked"] == "False"
    assert "2" in page.soup.select_one(".choice__hint").text


def test_a_unit_named_by_the_people_is_ticked(cast: Cast) -> None:
    lines = proposed(whistle_form(whistle_page(cast, cast.registered(opposite="甘州某健身馆、水务局"))))
    assert lines["水务局"]["ticked"] == "True"


def test_another_unit_is_called_by_its_alias_with_its_own_question_and_limit(cast: Cast) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    n = spare(form)
    line = {f"lines-{n}-name": "信访", f"lines-{n}-question": "是否登记过?", f"lines-{n}-limit_minutes": 12}
    form.submit(**line)
    callout = next(callout for callout in dispute.callouts if callout.unit.name == "信访局")
    assert (callout.question, callout.limit_minutes) == ("是否登记过?", 12)


def test_an_unknown_unit_is_named_at_its_line_and_nothing_is_lost(cast: Cast) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    first = proposed(form)["市场监管局"]["n"]
    n = spare(form)
    page = form.submit(422, **{f"lines-{n}-name": "月球管理局", f"lines-{first}-question": "改过的问题"})
    assert page.soup.select(".is-wrong .field__error")
    kept = dict(whistle_form(page).values())
    assert (kept[f"lines-{n}-name"], kept[f"lines-{first}-question"]) == ("月球管理局", "改过的问题")
    assert db.session.get_one(Dispute, dispute.id).whistles == []


def test_nobody_called_is_refused_in_the_summary(cast: Cast) -> None:
    form = whistle_form(whistle_page(cast, cast.registered()))
    ticks = {f"lines-{line['n']}-called": None for line in proposed(form).values()}
    page = form.submit(422, **ticks)
    assert page.soup.select("[data-error-summary] li")


def test_a_line_more_keeps_what_is_typed(cast: Cast) -> None:
    form = whistle_form(whistle_page(cast, cast.registered()))
    n = spare(form)
    page = form.submit(200, press="1", **{f"lines-{n}-name": "总工会"})
    again = whistle_form(page)
    assert dict(again.values())[f"lines-{n}-name"] == "总工会"
    count = sum(name.endswith("-limit_minutes") for name, _ in form.values())
    assert sum(name.endswith("-limit_minutes") for name, _ in again.values()) == count + 1


def test_an_appointment_is_beijing_time_and_not_in_the_past(cast: Cast, clock) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    form.submit(422, level="appointment")
    form.submit(422, level="appointment", appointed_at="2026-11-23T10:00")
    form.submit(422, level="appointment", appointed_at="2206-11-23T15:30")
    form.submit(level="appointment", appointed_at="2026-11-23T15:30")
    callout = db.session.query(Callout).filter_by(dispute_id=dispute.id).first()
    assert callout.whistle.level is Level.APPOINTMENT
    assert callout.due_at - clock.now == timedelta(hours=5, minutes=10)


def test_a_room_taken_meanwhile_is_refused_at_its_field(cast: Cast) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    taken = int(dict(form.values())["room_id"])
    cast.whistled("总工会", room=db.session.get_one(Room, taken).name)
    form.submit(422, room_id=taken)
    form.submit(422, room_id="9" * 30)
    assert db.session.get_one(Dispute, dispute.id).whistles == []


def test_without_a_free_room_the_visit_waits(cast: Cast) -> None:
    dispute = cast.registered()
    whistle_form(whistle_page(cast, dispute)).submit(room_id=0)
    assert room_of(db.session(), dispute.id) is None
    assert dispute.whistles[0].room is None


def test_sent_twice_it_sounds_once(cast: Cast) -> None:
    dispute = cast.registered()
    form = whistle_form(whistle_page(cast, dispute))
    form.submit()
    form.submit()
    assert len(db.session.get_one(Dispute, dispute.id).whistles) == 1


def test_a_unit_that_is_called_is_not_proposed_again(cast: Cast) -> None:
    dispute = cast.whistled("市场监管局").dispute
    assert "市场监管局" not in proposed(whistle_form(whistle_page(cast, dispute)))


def test_only_who_may_whistle_at_this_centre_does(cast: Cast) -> None:
    dispute = cast.registered()
    address = f"/disputes/{dispute.reference}/whistles/new"
    visit(cast.signed_in("wanghaiyan"), address, 403)
    visit(cast.signed_in("zhangyaru"), address, 404)


def test_a_matter_for_which_nobody_is_proposed_says_so(cast: Cast) -> None:
    dispute, words = cast.registered(), "没有建议部门"
    assert words not in whistle_page(cast, dispute).text
    for suggestion in db.session.query(CategoryUnit):
        db.session.delete(suggestion)
    db.session.commit()
    page = whistle_page(cast, dispute)
    assert proposed(whistle_form(page)) == {}
    assert words in page.text
