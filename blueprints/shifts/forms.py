"""From whom the desk is taken over."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField
from wtforms.validators import InputRequired

from models.person import Person
from models.words import _
from web.forms import CreatingForm
from web.language import named


class TakeoverForm(CreatingForm):
    given_by = SelectField(lazy_gettext(_("I take the desk over from")),
                           [InputRequired(lazy_gettext(_("Choose the colleague you take over from")))])  # fmt: skip

    def __init__(self, colleagues: list[Person], last: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.given_by.choices = [("", gettext("Choose")), *((str(one.id), named(one)) for one in colleagues)]
        if last is not None and not self.is_submitted():
            self.given_by.data = str(last)
