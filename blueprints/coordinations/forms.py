"""The one sentence that answers a request."""

from models.words import _
from web.forms import CreatingForm, Line, Needed


class ArrangementForm(CreatingForm):
    words = Line(_("What was arranged"), Needed(_("Enter what was arranged")), most=200)
