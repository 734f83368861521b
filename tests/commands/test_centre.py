"""`flask centre found`: a new installation gets its house, with the lists every house begins with."""

from pathlib import Path

import pytest
from flask import Flask

from models.calendar import WorkCalendar
from models.case_type import CaseType
from models.category import Category
from models.centre import Centre
from models.court_modes import are_chosen
from models.division import Division, full_name
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
        assert full_name(db.session(), "620702109-02") == "三闸镇三闸村"
        assert WorkCalendar.of(db.session(), centre.id).knows(2026)


PLACES = """code,parent_code,name,name_en,level,kind
620721,,肃南裕固族自治县,Sunan County,county,county
620721100,620721,红湾寺镇,Hongwansi,township,town
620721100-001,620721100,隆畅村,,village,village
"""


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        (PLACES.encode(), 0, "places: 3"),
        (
            ("\ufeff" + PLACES + "620721100,620721,红湾寺镇,Hongwan Temple,township,town\n").encode(),
            0,
            "places: 4",
        ),
        ((PLACES + "620721101,620721,马蹄乡,,town,town\n").encode(), 1, "Row 5 is no place"),
        ((PLACES + "620799100,620799,某镇,,township,town\n").encode(), 1, "Row 5 lies in 620799"),
        (b"a;b\n1;2\n", 1, "Row 2 is no place"),
        ((PLACES + f"620721101,620721,马蹄乡,{'M' * 81},township,town\n").encode(), 1, "Row 5 is no place"),
        (b"", 1, "no place in this list"),
        (PLACES.partition("\n")[0].encode(), 1, "no place in this list"),
        (PLACES.encode("gbk"), 1, "no CSV written in UTF-8"),
        (PLACES.encode() + b"x" * 140_000, 1, "no CSV written in UTF-8"),
    ],
)
@only_sqlite
def test_places_are_taken_in_all_or_none(app: Flask, tmp_path: Path, file: bytes, code: int, said: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(file)
    done = app.test_cli_runner().invoke(args=["centre", "places", str(path)])
    assert (done.exit_code, said in done.output, "Traceback" in done.output) == (code, True, False), done.output
    with app.app_context():
        names = {place.code: place.name_en for place in db.session.query(Division)}
        assert len(names) == (0 if code else 3)
        assert code or names["620721100"] == ("Hongwan Temple" if "Temple" in path.read_text("utf-8") else "Hongwansi")
