"""What a browser keeps and by what it knows that it is old."""

from pathlib import Path

import pytest

from web import assets


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An application with a sheet, a script and a page."""
    for name in ("static/a.css", "static/js/b.js", "templates/c.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def version(house: Path) -> str:
    """As a process that has just been started would tell it."""
    assets.version.cache_clear()
    return assets.version(house / "static", house / "templates")


def test_the_version_stays_while_nothing_is_changed(house: Path) -> None:
    assert version(house) == version(house)


@pytest.mark.parametrize("name", ["static/a.css", "static/js/b.js", "templates/c.html"])
def test_a_change_of_any_file_is_another_version(house: Path, name: str) -> None:
    before = version(house)
    (house / name).write_text("changed")
    assert version(house) != before


def test_a_file_under_another_name_is_another_version(house: Path) -> None:
    before = version(house)
    (house / "static/a.css").rename(house / "static/b.css")
    assert version(house) != before
