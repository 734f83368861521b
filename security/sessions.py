"""Signing in and out. Sessions live in the database, so that they can be ended at once; only their digest is kept.

Limits follow 等保 (GB/T 22239): five failures per account and address lock that pair for 30 minutes, twenty per account
the account; a session ends after eight hours; the desk locks when nobody works at it. Polls do not count as work.
"""

import secrets
from datetime import datetime, timedelta

from flask import Request
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from models.actor import Actor, ActorKind
from models.change import Change
from models.event_kinds import EventKind
from models.person import Person, RoleHeld, SignIn, Throttle
from models.screen import digest
from security.passwords import DUMMY_HASH, check_password
from transaction import db, now, transaction, writing

COOKIE = "sid"
ABSOLUTE = timedelta(hours=8)
NARROW, NARROW_IDLE = timedelta(minutes=30), timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)
LOCKED_FOR = timedelta(minutes=30)
WINDOW = timedelta(minutes=30)
PAIR_FAILURES, ACCOUNT_FAILURES = 5, 20


# Asked by every request: built once, and one statement for the session, the person and what he may do.
_SIGN_IN = (
    select(SignIn)
    .options(joinedload(SignIn.person).joinedload(Person.roles).joinedload(RoleHeld.unit))
    .where(SignIn.token_hash == bindparam("token_hash"))
)


def recognise(token: str) -> SignIn | None:
    """The open session of this cookie: person active, rights unchanged, time not over. Locked ones are found too."""
    sign_in = db.session.scalars(_SIGN_IN, {"token_hash": digest(token)}).unique().one_or_none()
    if sign_in is None or sign_in.ends_at <= now():
        return None
    person = sign_in.person
    return sign_in if person.is_active and person.rights_epoch == sign_in.rights_epoch else None


def is_locked(sign_in: SignIn, idle: timedelta) -> bool:
    return sign_in.locked_at is not None or now() - sign_in.seen_at > idle


def seen(sign_in: SignIn) -> None:
    """Note that somebody works, at most once a minute; never from a poll."""
    at = now()
    if at - sign_in.seen_at >= SEEN_EVERY:
        with writing() as session:
            session.execute(update(SignIn).where(SignIn.token_hash == sign_in.token_hash).values(seen_at=at))


def check(username: str, password: str, address: str) -> Person | None:
    """The person, when name and password fit and neither the pair nor the account is locked.

    Takes the same time for unknown names. Each failure is counted and written to the stream `security`.
    No name holds the sign that parts name and address there: a made-up one would count for another's pair.
    """
    username = username.replace("|", "").strip().casefold()[:40]
    person = db.session.scalars(select(Person).where(Person.username == username)).one_or_none()
    return _checked(username, person, person.password_hash if person else None, password, address)


def check_pin(person: Person, pin: str, address: str) -> bool:
    """Whether this is the person's PIN; wrong ones count like wrong passwords."""
    return _checked(person.username, person, person.pin_hash, pin, address) is not None


def _checked(username: str, person: Person | None, stored: str | None, secret: str, address: str) -> Person | None:
    """Guesses are compared side by side and answered one by one: five are five, however many come at once."""
    right = check_password(stored or DUMMY_HASH, secret)
    keys = {f"{username}|{address}": PAIR_FAILURES, username: ACCOUNT_FAILURES}
    own = [f"person:{person.id}"] if person else []
    with transaction(Actor(ActorKind.USER, person.id if person else None)) as change:
        change.open_streams("security", *own)
        over = select(Throttle.key).where(Throttle.key.in_(keys), Throttle.locked_until > change.at)
        is_over = change.session.scalar(over.limit(1)) is not None
        if right and person is not None and person.is_active and not is_over:
            return person
        change.record("security", EventKind.SECURITY_REFUSE, ("person", person.id if person else None),
                      reason="locked" if is_over else "sign-in")  # fmt: skip
        if not is_over:
            for key, limit in sorted(keys.items()):
                _count(change, key, limit, person)
    return None


def _count(change: Change, key: str, limit: int, person: Person | None) -> None:
    row = change.session.get(Throttle, key) or Throttle(key=key, failures=0, since=change.at)
    if change.at - row.since > WINDOW:
        row.failures, row.since, row.locked_until = 0, change.at, None
    row.failures += 1
    if row.failures >= limit:
        row.locked_until = change.at + LOCKED_FOR
        if person is not None:
            change.record(f"person:{person.id}", EventKind.PERSON_LOCK, ("person", person.id), person=person.id)
    change.session.add(row)


def sign_in(change: Change, person: Person, address: str, *, is_narrow: bool = False) -> str:
    """Open a session; returns the token of its cookie. A narrow one reaches the page of decisions only."""
    token = secrets.token_urlsafe(32)
    change.session.add(SignIn(token_hash=digest(token), person_id=person.id, rights_epoch=person.rights_epoch,
                              created_at=change.at, seen_at=change.at, is_narrow=is_narrow, address=address,
                              ends_at=change.at + (NARROW if is_narrow else ABSOLUTE)))  # fmt: skip
    keys = [f"{person.username}|{address}", person.username]
    change.session.execute(delete(Throttle).where(Throttle.key.in_(keys)))
    change.record(f"person:{person.id}", EventKind.PERSON_SIGN_IN, ("person", person.id), person=person.id)
    return token


def sign_out(change: Change, session: SignIn) -> None:
    change.record(f"person:{session.person_id}", EventKind.PERSON_SIGN_OUT, ("person", session.person_id),
                  person=session.person_id)  # fmt: skip
    change.session.execute(delete(SignIn).where(SignIn.token_hash == session.token_hash))


def lock(session: SignIn) -> None:
    with writing() as writer:
        writer.execute(update(SignIn).where(SignIn.token_hash == session.token_hash).values(locked_at=now()))


def unlock(session: SignIn) -> None:
    with writing() as writer:
        writer.execute(
            update(SignIn).where(SignIn.token_hash == session.token_hash).values(locked_at=None, seen_at=now())
        )


def prune(at: datetime) -> None:
    """Forget sessions and throttles that are over."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.ends_at < at))
        session.execute(delete(Throttle).where(Throttle.since < at - timedelta(days=1)))


def address_of(request: Request) -> str:
    return (request.remote_addr or "")[:45]
