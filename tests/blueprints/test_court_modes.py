"""Which matters of the court are taken: the manager of a new house is asked once, on the first page."""

import pytest

from models.centre import Setting
from models.event import Event
from models.referral_course import MODE_SETTINGS
from tests.support.cast import CLERK, MANAGER, Cast
from tests.support.court import COURT_DESK
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

pytestmark = only_sqlite
QUESTION, RULE, UNTIL = "受理哪些法院案件", "2025年1月1日", "尚未确定受理哪些法院案件"


@pytest.fixture
def new_house(cast: Cast) -> Cast:
    """As it is before anybody has said it."""
    db.session.query(Setting).filter(Setting.name.in_(MODE_SETTINGS.values())).delete()
    db.session.commit()
    return cast


def test_the_manager_is_asked_on_the_first_page_and_answers_once(new_house: Cast) -> None:
    manager = new_house.signed_in(MANAGER)
    page = visit(manager, "/")
    assert QUESTION in page.text
    page = page.follow("/administration/court-modes")
    assert RULE in page.text.replace(" ", "")
    form = page.form("/administration/court-modes")
    assert {"mode_entrusted", "mode_own"} == {name for name, _value in form.values() if name in MODE_SETTINGS.values()}
    answered = form.submit(mode_own=None, mode_assigned="y")
    assert answered.path == "/"
    assert QUESTION not in answered.text
    settings = new_house.centre.settings(db.session())
    assert [settings[name] for name in MODE_SETTINGS.values()] == [True, True, False]
    event = db.session.query(Event).filter_by(kind="centre:choose-modes").one()
    assert event.particulars["modes"] == ["assigned", "entrusted"]
    form.submit(status=409)
    assert visit(manager, "/administration/court-modes", 303).response.location.endswith("/administration/settings")


def test_the_usual_answer_is_an_answer_and_may_be_changed_in_the_settings(new_house: Cast) -> None:
    manager = new_house.signed_in(MANAGER)
    visit(manager, "/administration/court-modes").form("/administration/court-modes").submit()
    assert QUESTION not in visit(manager, "/").text
    visit(manager, "/administration/settings").form("/administration/settings").submit(mode_entrusted=None)
    assert not new_house.centre.setting(db.session(), "mode_entrusted")
    assert QUESTION not in visit(manager, "/").text


def test_two_managers_who_answer_alike_have_answered_once(new_house: Cast) -> None:
    forms = [visit(new_house.signed_in(MANAGER), "/administration/court-modes").form("/court-modes") for _one in "12"]
    for form in forms:
        form.submit(mode_own=None)
    assert db.session.query(Event).filter_by(kind="centre:choose-modes").count() == 1


def test_the_usual_answer_counts_although_the_telephone_was_changed_meanwhile(new_house: Cast) -> None:
    form = visit(new_house.signed_in(MANAGER), "/administration/court-modes").form("/court-modes")
    with new_house.acting(MANAGER) as change:
        new_house.centre.revise(change, new_house.centre.version, {"telephone": "0936-8251234"}, {})
    form.submit()
    assert QUESTION not in visit(new_house.signed_in(MANAGER), "/").text


def test_until_then_the_house_takes_what_is_usual_and_says_so(new_house: Cast) -> None:
    for who, path in ((CLERK, "/referrals"), (COURT_DESK, "/referrals/new")):
        text = visit(new_house.signed_in(who), path).text
        assert UNTIL in text
        assert "委派调解、" not in text.split(UNTIL)[1][:40]
    assert QUESTION not in visit(new_house.signed_in(CLERK), "/").text
    visit(new_house.signed_in(CLERK), "/administration/court-modes", 403)


def test_the_demo_has_all_on_and_is_not_asked(cast: Cast) -> None:
    assert all(cast.centre.setting(db.session(), name) for name in MODE_SETTINGS.values())
    assert QUESTION not in visit(cast.signed_in(MANAGER), "/").text
    assert UNTIL not in visit(cast.signed_in(CLERK), "/referrals").text
