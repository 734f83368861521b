"""Kinds of fields that several areas share: a day, an amount in yuan, boxes to tick."""

from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_YUAN = Decimal(10) ** 11


def Day(label: str, *validators: Any, **kwargs: Any) -> DateField:  # noqa: N802 - reads as a field
    """A day of the calendar; empty unless a validator needs it."""
    return DateField(lazy_gettext(label), [*(validators or [Optional()]), within_reach], **kwargs)


def within_reach(_form: Any, field: DateField) -> None:
    """A mistyped year has no hour in China that could be reckoned with."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("Enter a day between %(first)s and %(last)s", first=FIRST_YEAR, last=LAST_YEAR))


def Ticks(label: str, **kwargs: Any) -> SelectMultipleField:  # noqa: N802
    """Several of several, each with a box."""
    return SelectMultipleField(
        lazy_gettext(label), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **kwargs
    )


class LongSelectField(SelectField):  # type: ignore[misc]
    """A long list from which nobody has to choose. It is made when it is shown, or to check what was chosen."""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


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
        if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen < MOST_YUAN * 100:
            raise ValueError(gettext("Enter an amount in yuan with at most two decimals"))
        self.data = int(fen)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{Decimal(self.data) / 100:.2f}" if self.data is not None else ""


def Yuan(label: str, *validators: Any, **kwargs: Any) -> YuanField:  # noqa: N802
    return YuanField(lazy_gettext(label), [*validators], **kwargs)
