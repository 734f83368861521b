"""Kinds of fields that several areas share: a day, a time of day, an amount in yuan, boxes to tick."""

import re
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from flask_babel import gettext, lazy_gettext
from markupsafe import Markup, escape
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, Select

from models.clock import local_day
from transaction import now

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_YUAN = Decimal(10) ** 11


def Day(label: str, *validators: Any, **kwargs: Any) -> DateField:  # noqa: N802 - reads as a field
    """A day of the calendar; empty unless a validator needs it."""
    return DateField(lazy_gettext(label), [*(validators or [Optional()]), within_reach], **kwargs)


def within_reach(_form: Any, field: DateField) -> None:
    """A mistyped year has no hour in China that could be reckoned with."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("Enter a day between %(first)s and %(last)s", first=FIRST_YEAR, last=LAST_YEAR))


def until_today(_form: Any, field: DateField) -> None:
    """What has happened has happened by now."""
    if field.data is not None and field.data > local_day(now()):
        raise ValidationError(gettext("This day has not come yet"))


def Ticks(label: str, **kwargs: Any) -> SelectMultipleField:  # noqa: N802
    """Several of several, each with a box."""
    return SelectMultipleField(
        lazy_gettext(label), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **kwargs
    )


class OptionList(Select):  # type: ignore[misc]
    """A list as WTForms writes it, in a fifth of its time: one of places has 400 rows."""

    @classmethod
    def render_option(cls, choice: Any, **more: Any) -> Markup:
        value = str(choice.value) if isinstance(choice.value, bool) else choice.value
        names = {"value": value, **(choice.render_kw or {}), **more, **({"selected": True} if choice.selected else {})}
        said = "".join(f" {name}" if names[name] is True else f' {name}="{escape(names[name])}"'
                       for name in sorted(names) if names[name] is not False)  # fmt: skip
        return Markup(f"<option{said}>{escape(choice.label or choice.value)}</option>")  # noqa: S704 - escaped above


class LongSelectField(SelectField):  # type: ignore[misc]
    """A long list from which nobody has to choose. It is made when it is shown, or to check what was chosen."""

    widget = OptionList()

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


class ClockField(StringField):  # type: ignore[misc]
    """A time of day as people type it: 10:22, 1022, 9.05; twenty-four hours, whatever the browser is set to."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, typed = None, normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        if not typed:
            return
        found = re.fullmatch(r"(\d{1,2})[:.时 ]?(\d{2})分?", typed)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(gettext("Enter a time of day, for example 10:22"))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data is not None else ""


class YuanField(StringField):  # type: ignore[misc]
    """An amount as people write it (1,234.50, 1234.5元); its data are whole fen, exact."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, self.typed = None, valuelist[0].strip() if valuelist else ""
        if not self.typed:
            return
        plain = normalize("NFKC", self.typed).replace(",", "").replace("元", "").replace("¥", "").strip()
        try:
            fen = Decimal(plain) * 100
        except InvalidOperation:
            raise ValueError(gettext("Enter an amount in yuan, for example 1234.50")) from None
        if not fen.is_finite() or not 0 <= fen < MOST_YUAN * 100:
            raise ValueError(gettext("Enter an amount in yuan, for example 1234.50"))
        if fen != fen.to_integral_value():
            raise ValueError(gettext("Enter an amount in yuan with at most two decimals"))
        self.data = int(fen)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{Decimal(self.data) / 100:.2f}" if self.data is not None else ""


def Yuan(label: str, *validators: Any, **kwargs: Any) -> YuanField:  # noqa: N802
    return YuanField(lazy_gettext(label), [*validators], **kwargs)
