"""What a browser keeps and by what it knows that it is old."""

from pathlib import Path

import pytest
from flask import Flask

from web.assets import version


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    """An application with a sheet, a script and a page."""
    for name in ("static/a.css", "static/js/b.js", "templates/c.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return Flask("house", root_path=str(tmp_path))


def test_the_version_stays_while_nothing_is_changed(house: Flask) -> None:
    assert version(house) == version(house)


@pytest.mark.parametrize("name", ["static/a.css", "static/js/b.js", "templates/c.html"])
def test_a_change_of_any_file_is_another_version(house: Flask, tmp_path: Path, name: str) -> None:
    before = version(house)
    (tmp_path / name).write_text("changed")
    assert version(house) != before


def test_a_file_under_another_name_is_another_version(house: Flask, tmp_path: Path) -> None:
    before = version(house)
    (tmp_path / "static/a.css").rename(tmp_path / "static/b.css")
    assert version(house) != before
