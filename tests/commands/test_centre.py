"""`flask centre found`: a new installation gets its house, with the lists every house begins with."""

from flask import Flask

from models.case_type import CaseType
from models.category import Category
from models.centre import Centre
from models.court_modes import are_chosen
from models.event import Event
from models.unit import UnitKind
from tests.support.databases import only_sqlite
from transaction import db

FOUND = ["centre", "found", "--name", "甘州区综治中心", "--code", "620702", "--prefix", "甘综"]


@only_sqlite
def test_a_house_is_founded_below_its_district_once(app: Flask) -> None:
    operator = app.test_cli_runner()
    early = operator.invoke(args=FOUND)
    assert (early.exit_code, "create-first" in early.output) == (1, True)
    assert operator.invoke(args=["users", "create-first", "--username", "anquan"]).exit_code == 0
    assert operator.invoke(args=FOUND).exit_code == 0
    again = operator.invoke(args=[*FOUND[:3], "另一中心", *FOUND[4:]])
    assert (again.exit_code, "code or prefix" in again.output, "Traceback" in again.output) == (1, True, False)
    with app.app_context():
        centre = db.session.query(Centre).one()
        assert (centre.unit.kind, centre.unit.parent.name, centre.name) == (UnitKind.CENTRE, "甘州区", "甘州区综治中心")
        assert db.session.query(CaseType).filter_by(centre_id=centre.id, is_approved=False).count() == 20
        assert db.session.query(Category).filter_by(centre_id=centre.id).count() > 100
        assert db.session.query(Event).filter_by(kind="centre:found").count() == 1
        assert not are_chosen(db.session(), centre)
