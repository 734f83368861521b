"""Events hold numbers and codes: no name, no telephone, no word that somebody typed."""

import json
import re

from flask import Flask
from sqlalchemy import select

from models.base import Base
from models.event import Event
from tests.support.cast import Cast
from tests.support.morning import tell
from transaction import db

MARK = "隐私标记"


def test_nothing_that_is_typed_gets_into_an_event(cast: Cast) -> None:
    fields = []

    def mark(field: str, _words: str) -> str:
        fields.append(field)
        return f"{MARK}{field}"

    tell(cast, mark)
    assert len(set(fields)) > 20
    facts = db.session.scalars(select(Event.facts)).all()
    assert [text for text in facts if MARK in text] == []


def test_every_other_place_without_a_name_is_free_of_it_too(cast: Cast) -> None:
    """Messages, sessions, submissions and revisions are kept and shown without regard to who may read the file."""
    tell(cast, lambda field, words: f"{MARK}{field}")
    for name in ("outbox", "sessions", "submissions", "board_revisions", "board_changes", "counters", "event_heads"):
        table = Base.metadata.tables[name]
        rows = [str(tuple(row)) for row in db.session.execute(select(table))]
        assert [row for row in rows if MARK in row] == [], name


def test_sealed_values_are_not_readable_in_the_database(cast: Cast) -> None:
    phone, card, address = "19000000077", "620702199003040029", "东街街道甘泉社区七号楼"
    secret = {"phone": phone, "id": card, "address": address}
    tell(cast, lambda field, words: secret.get(field, words))
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            text = repr(tuple(row))
            assert not any(value in text for value in secret.values()), table.name


def test_facts_are_short_words_codes_and_numbers(cast: Cast) -> None:
    tell(cast)
    for text in db.session.scalars(select(Event.facts)):
        for value in json.loads(text).values():
            for one in value if isinstance(value, list) else [value]:
                assert (
                    one is None or isinstance(one, bool | int | float) or re.fullmatch(r"[A-Za-z0-9_:./-]{1,40}", one)
                )


def test_no_address_carries_personal_data(app: Flask) -> None:
    """Whatever may hold a name, a number or a telephone travels in the body of a form."""
    arguments = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert arguments & {"name", "phone", "telephone", "id_number", "q", "query", "words"} == set()
