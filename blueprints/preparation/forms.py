"""The sheet of a kind of dispute, as a centre edits it."""

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from models.preparation import PARTS
from models.words import _
from web.forms import BaseForm, Lines

LABELS = {
    "questions": _("Five questions"),
    "evidence": _("Evidence to have"),
    "present": _("Who must be present"),
    "articles": _("Articles"),
    "terms": _("Skeleton of terms"),
}


class SheetForm(BaseForm):
    """One item per line. Version 0 is the sheet that does not exist yet."""

    version = IntegerField(widget=HiddenInput(), default=0)
    questions = Lines(LABELS["questions"], most=1000)
    evidence = Lines(LABELS["evidence"], most=1000)
    present = Lines(LABELS["present"], most=600)
    articles = Lines(LABELS["articles"], most=1500)
    terms = Lines(LABELS["terms"], most=2000)

    @property
    def parts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in PARTS}
