"""Signs of life of the house: whenever a desk or a screen asks, that is noted, at most every 20 seconds per centre."""

import logging
from datetime import datetime, timedelta

from flask import Flask, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from models.errors import Busy
from models.presence import EVERY, note
from security.identity import current
from security.permissions import Permission
from transaction import now, writing

log = logging.getLogger(__name__)


class Signs:
    """What this process has noted last. Whoever asks never waits for it twice and never fails by it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.noted: dict[int, datetime] = {}

    def heard(self, centre_id: int, at: datetime) -> None:
        last = self.noted.get(centre_id)
        if last is not None and timedelta() <= at - last < EVERY:
            return
        self.noted[centre_id] = at
        try:
            # A context of its own: the request that asks keeps its reading and its session.
            with self.app.app_context(), writing() as session:
                note(session, centre_id, at)
        except (SQLAlchemyError, Busy):
            log.warning("signs: not noted, the database is busy")


def init_app(app: Flask) -> None:
    app.extensions["signs"] = Signs(app)
    app.after_request(hear)


def hear(response: Response) -> Response:
    """A page or a tap of somebody of the house, or of one of its screens; officers and visitors do not count."""
    identity = current()
    at_work = identity.screen is not None or (identity.person is not None and identity.may(Permission.BOARD_READ))
    if at_work and response.status_code < 400 and identity.centre is not None:
        current_app.extensions["signs"].heard(identity.centre.id, now())
    return response
