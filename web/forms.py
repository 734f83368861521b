"""Forms check shape, models check rules; the person sees one kind of error, at the field and in the summary."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, StopValidation
from wtforms.widgets import HiddenInput, Select

from models.errors import RuleBroken, Stale
from models.words import _
from transaction import SubmittedForm
from web.fields import OptionList
from web.language import sentence

__all__ = ["BaseForm", "CreatingForm", "LengthUpTo", "Line", "Lines", "Needed", "VersionedForm", "choices_of",
           "pressed"]  # fmt: skip

# What WTForms says by itself, named here so that the catalogue keeps it.
WTFORMS_OWN = (_("Not a valid choice."), _("Not a valid integer value."), _("Not a valid date value."))


class Translations:
    """WTForms' own sentences through our catalogue."""

    def gettext(self, string: str) -> str:
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(gettext(singular if n == 1 else plural))


class BaseForm(FlaskForm):
    """Strips what was typed, absorbs broken rules."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            if issubclass(unbound_field.field_class, StringField):
                long = issubclass(unbound_field.field_class, (TextAreaField, HiddenField))
                own = unbound_field.kwargs.get("filters", ())
                options["filters"] = [*own, strip] if long else [*own, strip, on_one_line]
            bound = unbound_field.bind(form=form, **options)
            bound.validators = [told_once, *bound.validators]
            return bound

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            if type(field.widget) is Select:
                field.widget = OptionList(field.widget.multiple)
            return super().render_field(field, render_kw)

        def get_translations(self, form: Any) -> Translations:
            return Translations()

    @property
    def rule_errors(self) -> tuple[str, ...]:
        """What a rule says about the form as a whole; the summary shows it above the fields."""
        return tuple(self.form_errors)

    @rule_errors.setter
    def rule_errors(self, sentences: tuple[str, ...]) -> None:
        self.form_errors = list(sentences)

    def accepts(self, verb: Callable[[], Any]) -> bool:
        """Validate, then do the verb. A broken rule becomes an error of its field; the verb's transaction is undone.

        A stale version and a step that is not possible pass through: they are answered with 409.
        """
        if not self.validate_on_submit():
            return False
        try:
            verb()
        except Stale:
            raise
        except RuleBroken as error:
            if type(error) is not RuleBroken:
                raise
            self.take(error)
            return False
        return True

    def take(self, error: RuleBroken) -> None:
        """Show the broken rule at its field, or above the form when it has none."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.rule_errors = (*self.rule_errors, sentence(error))
        else:
            field.errors = [*field.errors, sentence(error)]

    @property
    def has_errors(self) -> bool:
        return bool(self.rule_errors or self.errors or any(field.errors for field in self))

    @property
    def status(self) -> int:
        return 422 if self.has_errors else 200


class CreatingForm(BaseForm):
    """A form that makes something new: sent twice, it makes it once."""

    submission = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.submission.data:
            self.submission.data = uuid4().hex

    @property
    def submitted(self) -> SubmittedForm:
        return SubmittedForm.of(self.submission.data or "", self.said())

    def said(self) -> dict[str, str]:
        """Everything the form says; the same key with other words is not the same form."""
        return {
            name: "\x1f".join(request.form.getlist(name))
            for name in request.form
            if name not in ("csrf_token", "submission")
        }


class VersionedForm(BaseForm):
    """A form over a record that somebody else may change meanwhile."""

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])


def pressed(name: str, *values: str) -> str:
    """Which of these buttons was pressed. Raises RuleBroken when none was: Enter or a maimed form decides nothing."""
    value = request.form.get(name, "")
    if value not in values:
        raise RuleBroken(_("Press one of the buttons"))
    return value


# What nobody sees or means: control signs, marks that turn the direction of a line, spaces without width. The joiners
# of other scripts (U+200C, U+200D, U+180E) stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def strip(value: Any) -> Any:
    """What is kept of a text: without unseen signs and the blanks around it; a page break of an office program is a
    new line."""
    return _UNSEEN.sub("", re.sub(r"[\v\f]", "\n", value)).strip() if isinstance(value, str) else value


def on_one_line(value: Any) -> Any:
    """What was pasted into a field of one line stays there."""
    return " ".join(filter(None, map(str.strip, value.splitlines()))) if isinstance(value, str) else value


def told_once(_form: Any, field: Any) -> None:
    """What could not be read is named as that; that it lies in no range either helps nobody."""
    if field.process_errors and any(str(text).strip() for text in field.raw_data or ()):
        raise StopValidation


class Needed(DataRequired):
    """Says what to enter: Needed("the person's name")."""

    def __init__(self, sentence_: str) -> None:
        super().__init__(lazy_gettext(sentence_))


class LengthUpTo(Length):
    def __init__(self, most: int) -> None:
        super().__init__(max=most, message=lazy_gettext(_("At most %(max)d characters")))


class Checked:
    """A rule of shape from the models: a function that gives a sentence or nothing."""

    def __init__(self, problem: Callable[[str], str | None]) -> None:
        self.problem = problem

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and (msgid := self.problem(field.data)):
            raise StopValidation(gettext(msgid))


def Line(label: str, *validators: Any, most: int = 80, **kwargs: Any) -> StringField:  # noqa: N802 - reads as a field
    """One line of text."""
    return StringField(lazy_gettext(label), [*validators, LengthUpTo(most)], **kwargs)


def Lines(label: str, *validators: Any, most: int = 4000, **kwargs: Any) -> TextAreaField:  # noqa: N802
    """Several lines of text."""
    return TextAreaField(lazy_gettext(label), [*validators, LengthUpTo(most)], **kwargs)


def choices_of(words: Any, labels: dict[Any, str], *, blank: str | None = None) -> list[tuple[str, str]]:
    """Choices of a select from an enum and its labels."""
    first = [("", gettext(blank))] if blank is not None else []
    return first + [(word.value, gettext(labels[word])) for word in words]
