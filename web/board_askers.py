"""Who asks for which board: read from address and cookies alone, and kept, because the same screens ask all day."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from models.screen import digest
from security import sessions
from security.access import DEVICE_COOKIE
from web.language import COOKIE as LANGUAGE_COOKIE

_PATH = re.compile(r"/board/centre-([0-9]{1,12})(?:/(wall|hall|door))?/changes")
_COOKIES = rf"({sessions.COOKIE}|{DEVICE_COOKIE}|{LANGUAGE_COOKIE})=([\w-]*)"


class Asked(NamedTuple):
    """The board an address names."""

    centre_id: int
    face: str
    audience: str


class Asker(NamedTuple):
    """What a browser's cookies say of it: digests of its tokens, its language."""

    session: str
    screen: str
    language: str


@lru_cache(maxsize=1024)
def asked_for(path: str) -> Asked | None:
    parts = _PATH.fullmatch(path)
    return Asked(int(parts[1]), parts[2] or "desk", f"centre:{int(parts[1])}") if parts else None


def asker_by_cookies(prefix: str) -> Callable[[str], Asker]:
    """How to tell the asker from a line of cookies whose names begin with this prefix."""
    pattern = re.compile(r"(?:^|; ?)" + prefix + _COOKIES)

    @lru_cache(maxsize=4096)
    def asker(cookies: str) -> Asker:
        found = dict(pattern.findall(cookies))
        session, screen = found.get(sessions.COOKIE, ""), found.get(DEVICE_COOKIE, "")
        return Asker(session and digest(session), screen and digest(screen), found.get(LANGUAGE_COOKIE, ""))

    return asker
