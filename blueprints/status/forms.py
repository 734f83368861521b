"""The one field of a resident's question."""

from models.words import _
from web.forms import BaseForm, Line, Needed


class StatusForm(BaseForm):
    code = Line(_("Query code on the slip"), Needed(_("Enter the code from your slip")), most=40)
