"""Kinds of fields the forms of a centre are made of."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, FloatField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, StopValidation

from blueprints.admin.queries import unit_called
from models.unit import Unit
from models.words import _
from web.labels import label


def Choice(words: str, of: Iterable[StrEnum], coerce: type[StrEnum]) -> SelectField:  # noqa: N802 - reads as a field
    """One of these words."""
    members = list(of)
    return SelectField(lazy_gettext(words), choices=lambda: [(one.value, label(one)) for one in members], coerce=coerce)


def Whole(words: str, least: int, most: int, *validators: Any, **kwargs: Any) -> IntegerField:  # noqa: N802
    """A whole number within these bounds."""
    message = lazy_gettext(_("Enter a whole number between %(least)d and %(most)d"), least=least, most=most)
    return IntegerField(lazy_gettext(words), [*validators, NumberRange(least, most, message)], **kwargs)


def Switch(words: str, **kwargs: Any) -> BooleanField:  # noqa: N802
    return BooleanField(lazy_gettext(words), **kwargs)


def row_id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def text_or_none(value: Any) -> str | None:
    return str(value) if value else None


class Kilometres(FloatField):
    """3, not 3.0."""

    def _value(self) -> str:
        return f"{self.data:g}" if self.data is not None and not self.raw_data else str(super()._value())


class UnitName(StringField):
    """A unit by its name, or a former one; the browser proposes names, `unit` is the one that is meant."""

    unit: Unit | None = None

    def pre_validate(self, form: Any) -> None:
        self.unit = unit_called(self.data) if self.data else None
        if self.data and self.unit is None:
            raise StopValidation(gettext("There is no unit of this name"))
