"""Addresses on the boards, made from a pattern looked up once: a full board has four hundred of them."""

import functools
from collections.abc import Callable

from flask import Flask, current_app

_SAMPLES: dict[str, int | str] = {
    "reference": "000000-00000000-000",
    "callout_id": 987654321,
    "invitation_id": 987654321,
    "session_id": 987654321,
    "visit_id": 987654321,
}


def address(endpoint: str, name: str, value: int | str) -> str:
    """The address of an endpoint with one part that varies."""
    return _pattern(current_app._get_current_object(), endpoint, name)(value)  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=256)
def _pattern(app: Flask, endpoint: str, name: str) -> Callable[[int | str], str]:
    sample = _SAMPLES[name]
    before, after = app.url_map.bind("").build(endpoint, {name: sample}).split(str(sample))
    return lambda value: f"{before}{value}{after}"
