"""A table of the court looked through by the worker, decided on, released as one: nothing half, nothing twice."""

import pytest
from flask import Flask

import commands.importing
from commands.importing import Importing
from models.court_import import ImportState
from models.referral import CourtReferral
from tests.support.cast import Cast
from tests.support.court_import import approved, matter, ordered, table, worked
from transaction import db


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Importing:
    monkeypatch.setattr(commands.importing, "BREATH", 0)
    return Importing(app)


def test_500_rows_with_40_faulty_ones(cast: Cast, worker: Importing) -> None:
    rows = [matter(number) for number in range(500)]
    for number in range(0, 400, 10):
        rows[number] |= matter(number, claim="")
    row = worked(ordered(cast, table(rows)), worker)
    assert (row.state, row.fault) == (ImportState.CHECKED, "")
    assert (row.read, row.accepted, row.refused) == (500, 460, 40)
    assert db.session.query(CourtReferral).count() == 0
    approved(cast, row)
    row = worked(row, worker)
    assert (row.state, row.written) == (ImportState.RELEASED, 460)
    again = worked(ordered(cast, table(rows)), worker)
    assert (again.read, again.accepted, again.refused) == (500, 0, 500)
