"""Forms around the material of a dispute."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from models.attachment import LONGEST_TITLE, MOST_PAGES, AttachmentKind
from models.words import _
from security.inspection import Inspected
from web.forms import BaseForm, CreatingForm, Line, Needed, VersionedForm
from web.labels import label

DOCUMENTS = ".pdf,.docx,.xlsx,.txt,.jpg,.jpeg,.png,.webp"


def Kind() -> SelectField:  # noqa: N802 - reads as a field
    return SelectField(lazy_gettext(_("Kind of material")),
                       choices=lambda: [(kind.value, label(kind)) for kind in AttachmentKind])  # fmt: skip


class UploadForm(CreatingForm):
    """Files or photographs, several at once, under one heading. The fields stand before the files."""

    kind = Kind()
    title = Line(_("Title"), Optional(), most=LONGEST_TITLE)
    source = Line(_("From whom"), Optional(), most=60)
    files = MultipleFileField(lazy_gettext(_("Files")))
    photos = MultipleFileField(lazy_gettext(_("Photographs")))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inspected: list[Inspected] = []

    @property
    def chosen(self) -> list[Any]:
        return [*(self.files.data or []), *(self.photos.data or [])]

    def said(self) -> dict[str, str]:
        """Other files under the same key are not the same form."""
        return super().said() | {"content": ",".join(one.sha256 for one in self.inspected)}


class ScanForm(UploadForm):
    """Pages of a signed paper; what kind of material they are is known."""

    kind = None


class AttachmentForm(VersionedForm):
    kind = Kind()
    title = Line(_("Title"), Needed(_("Enter what the material is called")), most=LONGEST_TITLE)
    source = Line(_("From whom"), Optional(), most=60)
    pages = IntegerField(lazy_gettext(_("Page count")), [
        Optional(), NumberRange(1, MOST_PAGES, lazy_gettext(_("Enter a whole number between %(least)d and %(most)d"),
                                                             least=1, most=MOST_PAGES))])  # fmt: skip


class RemovalForm(BaseForm):
    """Removing twice changes nothing, so it carries no key."""

    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)
