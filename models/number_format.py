"""How a presiding body writes the numbers of its register."""

import re

from models.errors import RuleBroken
from models.words import _

DEFAULT = "({year}){register}第{n:04}号"
_PLACE = re.compile(r"\{(year|register|n)(?::0([1-9]))?\}")


def written(number_format: str, register: str, year: int, running: int) -> str:
    """(2026)甘州人调字第0001号: the places of the format filled, everything else as it stands."""
    values = {"year": str(year), "register": register, "n": str(running)}
    return _PLACE.sub(lambda place: values[place[1]].zfill(int(place[2] or 0)), number_format or DEFAULT)


def check_format(number_format: str) -> None:
    """Raises RuleBroken when two papers could get the same number."""
    places = {place[1] for place in _PLACE.finditer(number_format)}
    if number_format and not {"year", "n"} <= places:
        raise RuleBroken(_("The format of numbers needs {year} and {n}"), field="number_format")
