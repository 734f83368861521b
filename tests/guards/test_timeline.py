"""What happened is told in the reader's language to the last word."""

import re

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from models.event import Event
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from transaction import db
from web.sentences import timeline

OURS = re.compile(r"[a-z]+_?[a-z]+")


@only_sqlite
def test_no_name_of_a_column_or_code_reaches_the_reader(app: Flask, morning: Morning) -> None:
    with app.test_request_context(), force_locale("zh_Hans_CN"):
        lines = timeline(db.session.scalars(select(Event)))
        assert len(lines) > 100
        assert sorted({f"{line.kind}: {line.words}" for line in lines if OURS.search(line.words)}) == []
