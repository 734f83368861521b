"""A busy morning in a real browser."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support import morning as busy
from tests.support.databases import WORLDS

WORLDS["morning"] = busy.load


@pytest.fixture
def morning(app: Flask) -> Iterator[busy.Morning]:
    with app.app_context():
        yield busy.Morning(app)
