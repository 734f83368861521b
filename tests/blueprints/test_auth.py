"""Signing in, being locked out, losing a session without losing what was typed."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models.dispute import Dispute
from models.event import Event
from models.event_kinds import EventKind
from seeds.demo import PASSWORD
from tests.support.cast import CLERK, MEDIATOR, SECURITY, Cast, csrf
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from tests.support.window import TYPED
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards


def at_the_desk(cast: Cast) -> FlaskClient:
    """A browser in which the clerk has signed in through the page."""
    client = cast.app.test_client()
    visit(client, "/sign-in").form("/sign-in").submit(username=CLERK, password=PASSWORD)
    return client


def wrong(client, username: str = CLERK, times: int = 1) -> None:
    for _ in range(times):
        form = visit(client, "/sign-in").form("/sign-in")
        form.submit(422, username=username, password="not this one")


def test_a_person_signs_in_and_out(cast: Cast) -> None:
    client = at_the_desk(cast)
    page = visit(client, "/password")
    page.form("/sign-out").submit()
    assert client.get("/password").headers["Location"].startswith("/sign-in")


def test_a_page_brings_its_icon(cast: Cast) -> None:
    page = visit(cast.app.test_client(), "/sign-in")
    with page.client.get(page.soup.select_one("link[rel=icon]")["href"]) as icon:
        assert (icon.status_code, icon.mimetype) == (200, "image/png"), "else browsers ask for one that is not there"


def test_signing_out_clears_what_the_browser_has_kept(cast: Cast) -> None:
    client = cast.signed_in()
    answer = client.post("/sign-out", data={"csrf_token": csrf(client, "/password")})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get_cookie("sid") is None


def test_a_session_that_was_signed_out_is_worth_nothing(cast: Cast) -> None:
    client = cast.signed_in()
    token = client.get_cookie("sid").value
    visit(client, "/password").form("/sign-out").submit()
    thief = cast.app.test_client()
    thief.set_cookie("sid", token)
    assert thief.get("/password").status_code == 303


def test_five_wrong_passwords_lock_this_address_for_half_an_hour(cast: Cast, clock: Clock) -> None:
    client = cast.app.test_client()
    wrong(client, times=5)
    visit(client, "/sign-in").form("/sign-in").submit(422, username=CLERK, password=PASSWORD)
    clock.advance(minutes=31)
    visit(client, "/sign-in").form("/sign-in").submit(username=CLERK, password=PASSWORD)


def test_wrong_present_passwords_are_counted_like_wrong_sign_ins(cast: Cast, clock: Clock) -> None:
    client, words = cast.signed_in(), {"new": "Hong-Shan-2047", "again": "Hong-Shan-2047"}
    for _attempt in range(5):
        visit(client, "/password").form("/password").submit(422, current="not this one", **words)
    visit(client, "/password").form("/password").submit(422, current=PASSWORD, **words)
    clock.advance(minutes=31)
    visit(client, "/sign-in").form("/sign-in").submit(username=CLERK, password=PASSWORD)
    visit(client, "/password").form("/password").submit(current=PASSWORD, **words)


def test_another_address_may_still_sign_in(cast: Cast) -> None:
    wrong(cast.app.test_client(), times=5)
    client = cast.app.test_client()
    token = csrf(client, "/sign-in")
    answer = client.post(
        "/sign-in",
        data={"username": CLERK, "password": PASSWORD, "csrf_token": token},
        environ_overrides={"REMOTE_ADDR": "127.0.0.9"},
    )
    assert answer.status_code == 303


def test_unknown_names_and_wrong_passwords_get_the_same_answer(cast: Cast) -> None:
    client = cast.app.test_client()
    pages = [
        visit(client, "/sign-in").form("/sign-in").submit(422, username=name, password="wrong")
        for name in (CLERK, "nobody-of-that-name")
    ]
    assert pages[0].text.replace(CLERK, "") == pages[1].text.replace("nobody-of-that-name", "")


def test_a_session_ends_after_eight_hours(cast: Cast, clock: Clock) -> None:
    client = cast.signed_in()
    clock.advance(hours=8, seconds=1)
    assert client.get("/password").headers["Location"].startswith("/sign-in")


def test_an_idle_desk_is_locked_and_the_password_opens_it(cast: Cast, clock: Clock) -> None:
    client = cast.signed_in()
    clock.advance(minutes=21)
    page = visit(client, "/password")
    assert page.path.startswith("/unlock")
    page = page.form("/unlock").submit(password=PASSWORD)
    assert page.path.startswith("/password")


def test_what_was_typed_survives_the_end_of_the_session(cast: Cast, clock: Clock) -> None:
    client = at_the_desk(cast)
    form = visit(client, "/password").form("/password")
    token = dict(form.values())["csrf_token"]
    clock.advance(hours=9)
    answer = client.post("/language", data={"csrf_token": token, "lang": "en"})
    assert answer.status_code == 303  # public: nothing to hold back
    answer = client.post("/lock", data={"csrf_token": token, "note": "三号楼31户停暖"})
    assert answer.status_code == 401
    assert "三号楼31户停暖" in answer.get_data(as_text=True)
    piece = client.post("/lock", data={"csrf_token": token}, headers={"HX-Request": "true"})
    assert (piece.status_code, piece.headers["HX-Retarget"]) == (401, "#flash")
    again = Page(client, "/lock", answer).form("/sign-in")
    other = again.submit(username=MEDIATOR, password=PASSWORD)
    assert not other.soup.select("form[action='/lock']")
    assert "三号楼31户停暖" not in other.html
    assert "under another account has not been saved" in other.text
    again.submit(username=MEDIATOR, password=PASSWORD)
    assert "三号楼31户停暖" in again.submit(200, username=CLERK, password=PASSWORD).html


def test_an_initial_password_must_be_changed_first(app: Flask, cast: Cast) -> None:
    with cast.acting() as change:
        person = cast.person(MEDIATOR)
        person.set_password(change, person.password_hash, must_change=True)
    client = cast.signed_in(MEDIATOR)
    assert client.get("/password").status_code == 200
    page = visit(client, "/password")
    page.form("/password").submit(current=PASSWORD, new="Hong-Shan-2047", again="Hong-Shan-2047")
    assert client.get("/password").status_code == 200


def test_a_weak_password_is_refused_with_the_reason(cast: Cast) -> None:
    client = cast.signed_in()
    page = visit(client, "/password").form("/password").submit(422, current=PASSWORD, new="12345678", again="12345678")
    assert page.soup.find(attrs={"aria-invalid": "true"})


def test_the_language_stays_with_the_person(cast: Cast) -> None:
    client = cast.signed_in()
    for _time in range(2):
        visit(client, "/password").form("/language").submit(lang="en")
    assert 'lang="en"' in visit(cast.signed_in(), "/password").html
    event = db.session.query(Event).filter_by(kind=EventKind.PERSON_LANGUAGE).one()
    assert (event.actor_id, event.particulars["language"]) == (cast.person(CLERK).id, "en")


def test_changing_rights_ends_open_sessions(cast: Cast) -> None:
    client = cast.signed_in()
    with cast.acting(SECURITY) as change:
        cast.person(CLERK).disable(change)
    assert client.get("/password").headers["Location"].startswith("/sign-in")


def test_a_refused_sign_in_is_remembered(cast: Cast) -> None:
    wrong(cast.app.test_client())
    kinds = db.session.scalars(select(Event.kind).where(Event.stream == "security")).all()
    assert kinds == [EventKind.SECURITY_REFUSE.value]


def held_back(cast: Cast, clock: Clock) -> Page:
    """The page on which a form waits whose sender's session ended while he typed."""
    page = visit(at_the_desk(cast), "/visits/new")
    category = next(tag["value"] for tag in page.soup.select("select[name=category] option") if tag.get("value"))
    clock.advance(hours=9)
    return page.form("/visits").submit(401, **TYPED, category=category)


def test_what_was_typed_when_the_session_ended_is_sent_on_by_the_same_person(cast: Cast, clock: Clock) -> None:
    back = held_back(cast, clock).form("/sign-in").submit(200, username=CLERK, password=PASSWORD)
    back.form("/visits").submit(303)
    assert db.session.query(Dispute).one().demand == TYPED["demand"]


def test_nobody_sends_on_what_somebody_else_has_typed(cast: Cast, clock: Clock) -> None:
    """A desk is shared: whoever signs in next would register it under his own name."""
    held_back(cast, clock).form("/sign-in").submit(303, username="gaoxiaoyan", password=PASSWORD)
    assert db.session.query(Dispute).count() == 0
