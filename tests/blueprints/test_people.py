"""Accounts: opened with a password shown once, found, changed, closed; rights act on the next request."""

import re
from threading import Thread

from flask.testing import FlaskClient

from models.event import Event
from models.person import Person, Role
from security.permissions import ROLE_PERMISSIONS, Permission
from seeds.demo import PASSWORD
from tests.support.cast import CLERK, MANAGER, SECURITY, Cast, csrf
from tests.support.pages import Form, Page, visit
from transaction import db

NEW = {"username": "Zhao.Min", "name": "赵敏", "name_en": "Zhao Min", "role": "clerk"}


def opened(cast: Cast, path: str = "", who: str = SECURITY, status: int = 200) -> Page:
    return visit(cast.signed_in(who), f"/people{path}", status)


def account(cast: Cast, username: str) -> Page:
    return opened(cast, f"/{cast.person(username).id}")


def grant_form(page: Page) -> Form:
    return Form(page, page.soup.find("form", action=re.compile("/roles$")))


def fresh(username: str) -> Person | None:
    db.session.expire_all()
    return db.session.query(Person).filter_by(username=username).one_or_none()


def shown_password(page: Page) -> str:
    return page.soup.select_one(".once").get_text()


def sign_in(cast: Cast, username: str, password: str) -> tuple[FlaskClient, int]:
    client = cast.app.test_client()
    data = {"username": username, "password": password, "csrf_token": csrf(client, "/sign-in")}
    return client, client.post("/sign-in", data=data).status_code


def test_a_new_account_works_with_the_password_shown_once(cast: Cast) -> None:
    form = opened(cast, "/new").form("/people")
    unit = cast.unit("甘州区综治中心").id
    page = form.submit(200, **NEW, unit_id=unit)
    password = shown_password(page)
    assert re.fullmatch(r"([A-Z][a-z]{3}-){4}[0-9]{2}", password)
    again = form.submit(**NEW, unit_id=unit)  # the same form sent twice
    assert again.path == f"/people/{fresh('zhao.min').id}"
    assert password not in again.html
    assert again.form("/password")
    client, status = sign_in(cast, "zhao.min", password)
    assert status == 303
    assert visit(client, "/").path == "/password"
    events = db.session.query(Event).filter(Event.kind.startswith("person:")).order_by(Event.id.desc()).limit(4).all()
    assert not any("赵" in event.facts or "hao" in event.facts for event in events)


def test_a_wrong_form_keeps_what_was_typed(cast: Cast) -> None:
    form = opened(cast, "/new").form("/people")
    page = form.submit(422, username="许文静", name="", role="clerk", unit_id=cast.unit("妇联").id)
    assert page.soup.select_one("[name=username]")["value"] == "许文静"
    page = form.submit(422, **{**NEW, "username": CLERK}, unit_id=cast.unit("妇联").id)
    assert page.soup.select(".field--wrong [name=username]")
    form.submit(422, **{**NEW, "role": "emperor"}, unit_id="99999")
    page = form.submit(422, username=NEW["username"], name=NEW["name"])  # neither role nor unit is supposed
    assert {tag["name"] for tag in page.soup.select(".field--wrong select")} == {"role", "unit_id"}


def test_people_are_found_without_a_name_in_the_address(cast: Cast) -> None:
    form = opened(cast).form("/search")
    page = form.submit(200, q="许文")
    assert [row.get_text() for row in page.soup.select("tbody th")] == ["许文静"]
    assert "许文静" not in page.path
    page = form.submit(role="clerk", unit=cast.unit("甘州区综治中心").id, state="active")
    assert page.path.startswith("/people?")
    assert {"许文静", "高晓燕"} <= {row.get_text() for row in page.soup.select("tbody th")}
    assert "罗志明" not in page.text
    assert "没有" in form.submit(200, q="查无此人").text or form.submit(200, q="查无此人").soup.select(".empty")
    opened(cast, "?role=emperor&unit=x&state=y&after=99999999999999999999")


def test_a_role_is_given_and_taken_and_acts_on_the_next_request(cast: Cast) -> None:
    client = cast.signed_in(CLERK)
    visit(client, "/audit", 403)
    grant_form(account(cast, CLERK)).submit(role="audit_admin", unit_id=cast.unit("甘州区综治中心").id)
    assert client.get("/audit").headers["Location"].startswith("/sign-in")  # the old session is void
    client = cast.signed_in(CLERK)
    visit(client, "/audit")
    held = next(held for held in fresh(CLERK).roles if held.role is Role.AUDIT_ADMIN)
    account(cast, CLERK).form(f"/roles/{held.id}/end").submit()
    assert client.get("/audit").status_code == 303
    visit(cast.signed_in(CLERK), "/audit", 403)


def test_nobody_gives_himself_a_role(cast: Cast) -> None:
    page = account(cast, SECURITY)
    assert not [form for form in page.soup.find_all("form") if "/roles" in form.get("action", "")]
    client = cast.signed_in(SECURITY)
    person = cast.person(SECURITY)
    data = {"csrf_token": csrf(client, "/people"), "role": "clerk", "unit_id": cast.unit("妇联").id}
    for path in ("roles", "password", "disable", f"roles/{person.roles[0].id}/end"):
        assert client.post(f"/people/{person.id}/{path}", data=data).status_code == 422
    assert [held.role for held in fresh(SECURITY).roles] == [Role.SECURITY_ADMIN]


def test_a_new_password_ends_the_old_one(cast: Cast) -> None:
    client = cast.signed_in(CLERK)
    form = account(cast, CLERK).form("/password")
    password = shown_password(form.submit(200))
    assert client.get("/").headers["Location"].startswith("/sign-in")
    assert form.submit().path == f"/people/{cast.person(CLERK).id}"  # sent twice: the first password stays
    assert sign_in(cast, CLERK, PASSWORD)[1] == 422
    assert sign_in(cast, CLERK, password)[1] == 303


def test_a_disabled_account_is_out_at_once(cast: Cast) -> None:
    client = cast.signed_in(CLERK)
    account(cast, CLERK).form("/disable").submit()
    assert client.get("/").headers["Location"].startswith("/sign-in")
    assert sign_in(cast, CLERK, PASSWORD)[1] == 422
    account(cast, CLERK).form("/enable").submit()
    assert sign_in(cast, CLERK, PASSWORD)[1] == 303


def test_a_locked_account_is_unlocked(cast: Cast) -> None:
    for _attempt in range(5):
        sign_in(cast, CLERK, "wrong")
    assert sign_in(cast, CLERK, PASSWORD)[1] == 422
    assert "许文静" in opened(cast, "?state=locked").text
    account(cast, CLERK).form("/unlock").submit()
    assert sign_in(cast, CLERK, PASSWORD)[1] == 303


def test_open_sessions_are_seen_and_ended(cast: Cast) -> None:
    client = cast.signed_in(CLERK)
    page = account(cast, CLERK)
    assert "127.0.0.1" in page.text
    page.form("/sessions/end").submit()
    assert client.get("/").headers["Location"].startswith("/sign-in")


def test_a_name_changed_by_two_shows_both(cast: Cast) -> None:
    path = f"/{cast.person(CLERK).id}/edit"
    first, second = (opened(cast, path).form("/edit") for _time in range(2))
    first.submit(name="许文婧")
    page = second.submit(409, name="许雯静")
    assert [cell.get_text() for cell in page.soup.select(".notice td")] == ["许文婧", "许雯静"]
    page.form("/edit").submit()
    assert fresh(CLERK).name == "许雯静"


def test_an_administrator_reaches_only_whom_he_stands_above(cast: Cast) -> None:
    with cast.acting(SECURITY) as change:
        cast.person("luyongqiang").grant(change, Role.SECURITY_ADMIN, cast.unit("乌江镇"))
    page = opened(cast, "", "luyongqiang")
    assert "许文静" not in page.text
    opened(cast, f"/{cast.person(CLERK).id}", "luyongqiang", 404)
    opened(cast, f"/{cast.person(SECURITY).id}", "luyongqiang", 404)
    form = opened(cast, "/new", "luyongqiang").form("/people")
    form.submit(422, **NEW, unit_id=cast.unit("甘州区").id)
    form.submit(200, **NEW, unit_id=cast.unit("乌江镇").id)


def test_others_manage_no_accounts(cast: Cast) -> None:
    client, number = cast.signed_in(MANAGER), cast.person(CLERK).id
    for path in ("", "/new", "/roles", f"/{number}", f"/{number}/edit"):
        visit(client, f"/people{path}", 403)


def test_the_table_of_roles_is_the_table_that_decides(cast: Cast) -> None:
    from blueprints.people.words import PERMISSION_WORDS

    assert set(PERMISSION_WORDS) == set(Permission)
    page = opened(cast, "/roles")
    for row, permission in zip(page.soup.select("table.rights tbody tr"), Permission, strict=True):
        ticks = [bool(cell.select("[aria-hidden]")) for cell in row.find_all("td")]
        assert ticks == [permission in ROLE_PERMISSIONS[role] for role in Role]


def test_one_form_sent_by_two_threads_opens_one_account(cast: Cast) -> None:
    client = cast.signed_in(SECURITY)
    form = visit(client, "/people/new").form("/people")
    data = {**dict(form.values()), **NEW, "unit_id": cast.unit("妇联").id}
    cookies = {"sid": client.get_cookie("sid").value, "form": client.get_cookie("form").value}
    answers: list[int] = []

    def send() -> None:
        other = cast.app.test_client()
        for name, value in cookies.items():
            other.set_cookie(name, value)
        answers.append(other.post("/people", data=data).status_code)

    threads = [Thread(target=send) for _time in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 303, 303, 303]
    db.session.rollback()
    assert db.session.query(Person).filter_by(username="zhao.min").count() == 1
