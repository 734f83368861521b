"""Forms of the duty leader."""

from flask_babel import lazy_gettext
from wtforms import PasswordField
from wtforms.validators import EqualTo, Length

from models.words import _
from web.forms import BaseForm, Line, Needed
from web.parts import PartForm


class PinForm(BaseForm):
    """What opens today's link."""

    pin = PasswordField(lazy_gettext(_("PIN")), [Needed(_("Enter your PIN")), Length(max=20)])


class NewPinForm(BaseForm):
    current = PasswordField(lazy_gettext(_("Present password")), [Needed(_("Enter your present password"))])
    pin = PasswordField(lazy_gettext(_("New PIN")), [Needed(_("Enter a PIN of six digits")), Length(max=20)])
    again = PasswordField(
        lazy_gettext(_("New PIN again")),
        [EqualTo("pin", message=lazy_gettext(_("The two PINs are not the same")))],
    )


class VerdictForm(PartForm):
    """采纳并改派 or 不采纳."""

    word = "verdict"
    unit = Line(_("Call instead"), most=80)
