"""Signs of life of the house: whenever a desk or a screen asks, that is noted, at most every 20 seconds for each."""

import logging
from datetime import datetime, timedelta

from flask import Flask, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from models.base import key_of
from models.errors import Busy
from models.presence import EVERY, note
from models.screen import see
from security.identity import current
from security.permissions import Permission
from transaction import now, writing

log = logging.getLogger(__name__)


class Signs:
    """What this process has noted last. Whoever asks never waits for it twice and never fails by it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.noted: dict[int, datetime] = {}
        self.seen: dict[int, datetime] = {}

    def heard(self, centre_id: int, at: datetime, screen_id: int | None = None) -> None:
        house = _is_news(self.noted, centre_id, at)
        screen = screen_id is not None and _is_news(self.seen, screen_id, at)
        if not house and not screen:
            return
        try:
            # A context of its own: the request that asks keeps its reading and its session.
            with self.app.app_context(), writing() as session:
                if house:
                    note(session, centre_id, at)
                if screen_id is not None and screen:
                    see(session, screen_id, at)
        except (SQLAlchemyError, Busy):
            log.warning("signs: not noted, the database is busy")


def _is_news(noted: dict[int, datetime], key: int, at: datetime) -> bool:
    """Whether the last sign is old enough for another one, which is then the last."""
    last = noted.get(key)
    if last is not None and timedelta() <= at - last < EVERY:
        return False
    noted[key] = at
    return True


def init_app(app: Flask) -> None:
    app.extensions["signs"] = Signs(app)
    app.after_request(hear)


def hear(response: Response) -> Response:
    """A page or a tap of somebody of the house, or of one of its screens; officers and visitors do not count."""
    identity = current()
    at_work = identity.screen is not None or (identity.person is not None and identity.may(Permission.BOARD_READ))
    if at_work and response.status_code < 400 and identity.centre is not None:
        screen_id = key_of(identity.screen) if identity.screen else None
        current_app.extensions["signs"].heard(key_of(identity.centre), now(), screen_id)
    return response
