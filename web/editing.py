"""Editing a record that somebody else may change meanwhile: nobody overwrites silently, nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response, flash
from flask_babel import gettext
from wtforms import BooleanField, Field, FieldList, FloatField, FormField, HiddenField, IntegerField, SelectField
from wtforms.widgets import HiddenInput

from models.errors import Stale
from web.fields import YuanField
from web.forms import BaseForm
from web.responses import page, see_other


@dataclass(frozen=True)
class Difference:
    """A field where the stored text and the typed one are not the same."""

    label: str
    stored: str
    typed: str


def edited(form: BaseForm, verb: Callable[[], Any], *, to: str, template: str, stored: Callable[[], BaseForm],
           **context: Any) -> Response:  # fmt: skip
    """Save and go on; else the form again: 422 with its errors, or 409 with both texts when it was overtaken.

    `stored` makes the same form from the record as it is now.
    """
    differences = None
    try:
        saved = form.accepts(verb)
    except Stale:
        differences = overtaken(form, stored())
        # Sent twice, or both wrote the same: nobody's words are lost, so the form goes on from what is stored.
        saved = not differences and form.accepts(verb)
    if saved:
        flash(gettext("Saved"), "ok")
        return see_other(to)
    return page(template, 409 if differences else form.status, form=form, differences=differences or None, **context)


def overtaken(form: BaseForm, stored: BaseForm) -> list[Difference]:
    """Where the texts differ. The form takes the stored version: sending it again is then a decision."""
    version = form["version"]
    version.data, version.raw_data = stored["version"].data, None
    pairs = [(field, stored[field.short_name]) for field in form if not is_hidden(field)]
    texts = [(str(typed.label.text), readable(now), readable(typed)) for typed, now in pairs]
    return [Difference(*text) for text in texts if text[1] != text[2]]


def is_hidden(field: Field) -> bool:
    return isinstance(field, HiddenField) or isinstance(field.widget, HiddenInput)


def readable(field: Field) -> str:
    """What the field says, as a reader would put it. Two fields that would be stored otherwise never read the same."""
    if isinstance(field, FieldList):
        return "\n".join(filter(None, map(readable, in_order(field))))
    if isinstance(field, FormField):
        return " ".join(filter(None, (readable(part) for part in field.form if not isinstance(part, IntegerField))))
    if isinstance(field, SelectField):  # of several, each on its line
        return "\n".join(str(words).strip() for _value, words, chosen, *_ in field.iter_choices() if chosen)
    if field.data is None:
        return ""
    if isinstance(field, BooleanField):
        return str(gettext("yes") if field.data else gettext("no"))
    if isinstance(field, FloatField):
        return f"{field.data:.12g}"
    if isinstance(field, YuanField):
        return f"{Decimal(field.data) / 100:.2f}"
    return "\n".join(str(field.data).splitlines())


def in_order(rows: FieldList) -> list[Field]:
    """The rows as they will stand: where one has a number it is its place, else it stands where it is."""
    numbers = [
        next((part.data for part in row.form if isinstance(part, IntegerField) and part.data is not None), place)
        if isinstance(row, FormField) else place
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    return [row for _number, row in sorted(zip(numbers, rows, strict=True), key=lambda pair: pair[0])]
