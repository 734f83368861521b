"""A client whose requests are as separate from the test as a browser's: own context, own session of the database."""

import contextvars
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Client(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # Flask would reuse the test's application context, and with it everything the last request left in `g`.
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        if has_app_context():
            from transaction import db

            db.session.rollback()  # whatever the test has read before is read anew
        return answer
