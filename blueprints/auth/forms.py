"""Forms of signing in."""

from flask_babel import lazy_gettext
from wtforms import PasswordField
from wtforms.validators import EqualTo, Length

from models.words import _
from web.forms import BaseForm, Line, Needed


class SignInForm(BaseForm):
    username = Line(_("User name"), Needed(_("Enter your user name")), most=40)
    password = PasswordField(lazy_gettext(_("Password")), [Needed(_("Enter your password")), Length(max=200)])


class UnlockForm(BaseForm):
    password = PasswordField(lazy_gettext(_("Password")), [Needed(_("Enter your password")), Length(max=200)])


class PasswordForm(BaseForm):
    current = PasswordField(lazy_gettext(_("Present password")), [Needed(_("Enter your present password"))])
    new = PasswordField(lazy_gettext(_("New password")), [Needed(_("Enter a new password")), Length(max=200)])
    again = PasswordField(
        lazy_gettext(_("New password again")),
        [EqualTo("new", message=lazy_gettext(_("The two new passwords are not the same")))],
    )
