"""A deadlock or serialisation failure of the database: the same request is run again, twice at most, then 503."""

import functools
import random
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError

from transaction import db, is_conflict

TRIES = 3
# Seconds, times the attempt: whoever tries again at once meets the same change a second time.
PAUSE = (0.05, 0.15)


def init_app(app: Flask) -> None:
    """Wrap every changing view. Nothing of it was committed, so running it again is safe."""
    for rule in app.url_map.iter_rules():
        if rule.methods and "POST" in rule.methods:
            app.view_functions[rule.endpoint] = again(app.view_functions[rule.endpoint])


def again(view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        for attempt in range(1, TRIES + 1):
            try:
                return view(*args, **kwargs)
            except OperationalError as error:
                if attempt == TRIES or not is_conflict(error):
                    raise
                db.session.rollback()
                time.sleep(random.uniform(*PAUSE) * attempt)  # noqa: S311 - nobody shall keep step with anybody
        raise AssertionError("unreachable")

    return run
