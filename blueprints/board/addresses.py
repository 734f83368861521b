"""Addresses on the boards, made from patterns looked up once: a full board has four hundred of them."""

from collections.abc import Callable
from functools import cached_property

from flask import Flask, current_app

_SAMPLES: dict[str, int | str] = {
    "reference": "000000-00000000-000",
    "callout_id": 987654321,
    "invitation_id": 987654321,
    "session_id": 987654321,
    "visit_id": 987654321,
}


class Addresses(dict[str, Callable[[int | str], str]]):
    """`to["dispatch.show_callout"](12)`: each of these endpoints has exactly one part that varies."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app = app

    @cached_property
    def lists(self) -> str:
        """Where disputes are listed."""
        return self.app.url_map.bind("").build("disputes.list_disputes")

    def __missing__(self, endpoint: str) -> Callable[[int | str], str]:
        rule = next(iter(self.app.url_map.iter_rules(endpoint)))
        [name] = rule.arguments
        sample = _SAMPLES[name]
        before, after = self.app.url_map.bind("").build(endpoint, {name: sample}).split(str(sample))
        self[endpoint] = lambda value: f"{before}{value}{after}"
        return self[endpoint]


def addresses() -> Addresses:
    """Of the application that asks."""
    kept: Addresses = current_app.extensions["board_addresses"]
    return kept
