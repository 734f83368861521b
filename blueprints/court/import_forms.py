"""Choosing a table of the court, and saying what its columns mean."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import FieldList, SelectField

from models.court_columns import CourtColumn
from models.usual_mode import UsualMode
from models.words import _
from web.fields import Day
from web.forms import CreatingForm, Needed, VersionedForm
from web.labels import label

MOST_COLUMNS = 60
HEADING_ROWS = range(1, 21)


def Usual() -> SelectField:  # noqa: N802 - reads as a field
    return SelectField(lazy_gettext(_("Mode of rows that do not say it")),
                       choices=lambda: [(mode.value, label(mode)) for mode in UsualMode])  # fmt: skip


class TableForm(CreatingForm):
    """The fields stand before the file (web/large_form.py)."""

    court = SelectField(lazy_gettext(_("Court")))
    usual = Usual()
    file = FileField(lazy_gettext(_("Table")))

    sha256 = ""

    def said(self) -> dict[str, str]:
        """Another file under the same key is not the same form."""
        return super().said() | {"content": self.sha256}


class ColumnsForm(VersionedForm):
    """One choice for each column of the file."""

    usual = Usual()
    columns = FieldList(SelectField(""), max_entries=MOST_COLUMNS)

    def offer(self, headings: Sequence[str]) -> "ColumnsForm":
        """Name the choices after the headings; a column without one by its letters."""
        while len(self.columns) < len(headings):
            self.columns.append_entry("")
        self.columns.entries = self.columns.entries[: len(headings)]
        choices = [("", gettext("Leave it out")), *((column.value, label(column)) for column in CourtColumn)]
        for place, (entry, heading) in enumerate(zip(self.columns, headings, strict=True)):
            entry.label.text = gettext("Column %(letters)s: %(heading)s", letters=letters(place),
                                       heading=heading or gettext("no heading"))  # fmt: skip
            entry.choices = choices
        return self

    @property
    def places(self) -> dict[int, CourtColumn]:
        return {place: CourtColumn(entry.data) for place, entry in enumerate(self.columns) if entry.data}


class HeadingRowForm(VersionedForm):
    """Which row of the table holds the headings, as the table program counts."""

    row = SelectField(lazy_gettext(_("Row of the headings")),
                      choices=lambda: [(str(number), str(number)) for number in HEADING_ROWS])  # fmt: skip


class SignAllForm(CreatingForm):
    """交接清单 of a whole import: many matters, one signature."""

    signed_on = Day(_("Signed for on"), Needed(_("Enter a day")))


class VersionForm(VersionedForm):
    """A decision about the import as this person has read it."""


def letters(place: int) -> str:
    """As table programs call their columns: A … Z, AA …"""
    return (letters(place // 26 - 1) if place > 25 else "") + chr(ord("A") + place % 26)


def usual_of(form: Any) -> UsualMode:
    return UsualMode(form.usual.data or "")
