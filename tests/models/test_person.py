"""Accounts: nobody raises himself, administrators may have to stand alone, doors close at once."""

from datetime import timedelta

import pytest

from models.errors import RuleBroken, Stale
from models.event import Event
from models.person import Person, Role, SignIn, Throttle
from tests.support.cast import CLERK, MANAGER, SECURITY, Cast
from transaction import db


def kinds_of(person: Person) -> list[str]:
    rows = db.session.query(Event).filter_by(stream=f"person:{person.id}").order_by(Event.seq)
    return [event.kind for event in rows]


def test_a_user_name_is_given_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="taken"), cast.acting(SECURITY) as change:
        Person.create(change, " XuWenjing ", "许文静", "hash")


def test_surnames_are_sorted_by_how_they_are_read(cast: Cast) -> None:
    with cast.acting(SECURITY) as change:
        person = Person.create(change, "shanyun", "单云", "hash")
    assert person.sort_key.startswith("shan ")


def test_nobody_changes_his_own_rights(cast: Cast) -> None:
    person, unit = cast.person(SECURITY), cast.unit("甘州区综治中心")
    for verb in (
        lambda change: person.grant(change, Role.CLERK, unit),
        lambda change: person.revoke(change, Role.SECURITY_ADMIN, unit),
        lambda change: person.reset_password(change, "hash"),
        lambda change: person.disable(change),
    ):
        with pytest.raises(RuleBroken, match="his own account"), cast.acting(SECURITY) as change:
            verb(change)
    assert [held.role for held in person.roles] == [Role.SECURITY_ADMIN]


def test_every_change_of_rights_ends_open_sessions(cast: Cast) -> None:
    person, unit = cast.person(CLERK), cast.unit("甘州区综治中心")
    before = person.rights_epoch
    with cast.acting(SECURITY) as change:
        person.grant(change, Role.MEDIATOR, unit)
        person.grant(change, Role.MEDIATOR, unit)
    with cast.acting(SECURITY) as change:
        person.revoke(change, Role.MEDIATOR, unit)
        person.reset_password(change, "hash")
        person.disable(change)
    assert person.rights_epoch == before + 4
    assert (person.must_change_password, person.is_active) == (True, False)
    assert kinds_of(person)[-4:] == ["person:grant", "person:revoke", "person:password", "person:disable"]


def test_exclusive_administrators_hold_nothing_else(cast: Cast) -> None:
    person, unit = cast.person("yinshouzheng"), cast.unit("甘州区综治中心")
    with cast.acting(SECURITY) as change:  # off by default: a small centre has few people
        person.grant(change, Role.STATISTICIAN, unit)
    with pytest.raises(RuleBroken, match="尹守正"), cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "exclusive_administrators", True)
    with cast.acting(SECURITY) as change:
        person.revoke(change, Role.STATISTICIAN, unit)
    with cast.acting(MANAGER) as change:
        cast.centre.change_setting(change, "exclusive_administrators", True)
    for somebody, role in ((person, Role.STATISTICIAN), (cast.person(CLERK), Role.SYSTEM_ADMIN)):
        with pytest.raises(RuleBroken, match="no other role"), cast.acting(SECURITY) as change:
            somebody.grant(change, role, unit)
    with cast.acting(SECURITY) as change:  # others may still hold several
        cast.person(CLERK).grant(change, Role.MEDIATOR, unit)


def test_sessions_and_locks_end_with_a_word_on_record(cast: Cast, clock) -> None:
    person = cast.person(CLERK)
    with cast.acting(SECURITY) as change:
        change.session.add(SignIn(token_hash="a", person_id=person.id, rights_epoch=1, created_at=clock(),
                                  seen_at=clock(), ends_at=clock() + timedelta(hours=1)))  # fmt: skip
        for key in (person.username, f"{person.username}|10.0.0.7", f"{person.username}x"):
            change.session.add(Throttle(key=key, failures=5, since=clock(), locked_until=clock()))
    for _time in range(2):
        with cast.acting(SECURITY) as change:
            person.end_sessions(change)
            person.unlock(change)
    assert kinds_of(person)[-2:] == ["person:end-sessions", "person:unlock"]
    assert kinds_of(person).count("person:unlock") == 1
    assert db.session.query(SignIn).count() == 0
    assert [row.key for row in db.session.query(Throttle)] == [f"{person.username}x"]


def test_a_stale_name_is_refused(cast: Cast) -> None:
    person = cast.person(CLERK)
    version = person.version
    with cast.acting(SECURITY) as change:
        person.edit(change, version, "许文倩", "Xu Wenqian")
    with pytest.raises(Stale), cast.acting(SECURITY) as change:
        person.edit(change, version, "许文婧", None)


def test_what_changes_nothing_raises_no_version_and_is_no_event(cast: Cast) -> None:
    person = cast.person(CLERK)
    before = person.version, kinds_of(person)
    with cast.acting(SECURITY) as change:
        person.edit(change, person.version, person.name, person.name_en)
        person.grant(change, person.roles[0].role, person.roles[0].unit)
        person.enable(change)
    assert (person.version, kinds_of(person)) == before
