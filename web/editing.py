"""Editing a record that somebody else may change meanwhile: nobody overwrites silently, nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, flash
from flask_babel import gettext
from wtforms import BooleanField, Field, FieldList, FloatField, FormField, HiddenField, IntegerField, SelectField
from wtforms.widgets import HiddenInput

from models.errors import Stale
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
    try:
        if form.accepts(verb):
            flash(gettext("Saved"), "ok")
            return see_other(to)
    except Stale:
        return page(template, 409, form=form, differences=overtaken(form, stored()), **context)
    return page(template, form.status, form=form, differences=None, **context)


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
    """What the field says, as a reader would put it."""
    if isinstance(field, FieldList):
        return "\n".join(filter(None, (readable(entry) for entry in field)))
    if isinstance(field, FormField):
        return " ".join(filter(None, (readable(part) for part in field.form if not isinstance(part, IntegerField))))
    if isinstance(field, BooleanField):
        return str(gettext("yes") if field.data else gettext("no"))
    if isinstance(field, SelectField):
        return next((str(words).strip() for _value, words, chosen, *_ in field.iter_choices() if chosen), "")
    if isinstance(field, FloatField):
        return f"{field.data:g}" if field.data is not None else ""
    return str(field.data) if field.data is not None else ""
