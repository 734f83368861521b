"""From the files of a form to kept files: read within the limit, looked at, sealed."""

from collections.abc import Callable
from uuid import uuid4

from flask import current_app
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from blueprints.attachments.forms import UploadForm
from models.attachment import MEGABYTE, KeptFile
from models.change import Change
from models.dispute import Dispute
from models.errors import AlreadySubmitted, RuleBroken, TooLarge
from models.words import _
from security.files import FileStore
from security.identity import current
from security.inspection import Inspected, inspect
from security.throttle import takes_turn
from transaction import db, transaction
from web.language import sentence
from web.large_form import was_cut

MOST_FILES = 20
# Card by card a quick clerk sends one form every few seconds.
MOST_A_MINUTE = 20
LARGEST_TOGETHER = _("These files are too large together. Send at most 25 MB at once")
SO_OFTEN = _("More than %(most)s times within a minute: wait a minute, choose the files again and send this once more")


def store() -> FileStore:
    return current_app.extensions["files"]  # type: ignore[no-any-return]


def has_turn(form: UploadForm) -> bool:
    """Whether the person has not sent too many of these forms within a minute; one too many is told at the field."""
    person = current().somebody
    if takes_turn(current().actor, "upload", str(person.id), MOST_A_MINUTE):
        return True
    form.files.errors = [gettext(SO_OFTEN, most=MOST_A_MINUTE)]
    return False


def take_in(form: UploadForm, dispute: Dispute, place: str, write: Callable[[Change, list[KeptFile]], object]) -> int:
    """Look at what was chosen, keep it, and have it written down, all or none; 200, or the status of the refusal.

    `place` is where the answer leads to. Raises AlreadySubmitted.
    """
    status = look_at(form, megabytes_of(dispute)) if has_turn(form) else 429
    if status != 200:
        return status
    kept = [keep(found) for found in form.inspected]
    try:
        with transaction(current().actor, form.submitted) as change:
            change.location = place
            write(change, kept)
    except AlreadySubmitted:
        give_up(kept)
        raise
    except RuleBroken as error:
        give_up(kept)
        form.take(error)
        return 413 if isinstance(error, TooLarge) else 422
    return 200


def megabytes_of(dispute: Dispute) -> int:
    """How large one file may be in this house."""
    return int(dispute.centre.setting(db.session(), "file_megabytes"))


def look_at(form: UploadForm, megabytes: int) -> int:
    """Inspect what was chosen; each file that is not taken is named at the field. 200, 413 or 422."""
    if was_cut():
        form.files.errors = [gettext(LARGEST_TOGETHER)]
        return 413
    if not form.chosen:
        form.files.errors = [gettext("Choose at least one file")]
        return 422
    if len(form.chosen) > MOST_FILES:
        form.files.errors = [gettext("At most %(most)s files at once", most=MOST_FILES)]
        return 422
    refused: list[RuleBroken] = []
    for upload in form.chosen:
        try:
            form.inspected.append(_inspected(upload, megabytes))
        except RuleBroken as error:
            refused.append(error)
            form.files.errors = [*form.files.errors, f"{_shown(upload.filename)}{gettext(': ')}{sentence(error)}"]
    if not refused:
        return 200
    return 413 if any(isinstance(error, TooLarge) for error in refused) else 422


def keep(found: Inspected) -> KeptFile:
    """Seal the content and its preview for a new attachment."""
    uid = uuid4().hex
    address = store().keep(uid, "content", found.content)
    preview = store().keep(uid, "preview", found.preview) if found.preview else None
    return KeptFile(uid, found.name, found.media_type, len(found.content), found.sha256, address, preview, found.pages)


def give_up(files: list[KeptFile]) -> None:
    """The rows were refused: nothing names these files."""
    for file in files:
        store().discard(file.address)
        if file.preview_address:
            store().discard(file.preview_address)


def _inspected(upload: FileStorage, megabytes: int) -> Inspected:
    upload.stream.seek(0)  # a request that is run again reads again
    content = upload.stream.read(megabytes * MEGABYTE + 1)
    if len(content) > megabytes * MEGABYTE:
        raise TooLarge(_("A file may have at most %(most)s MB"), field="files", most=megabytes)
    return inspect(upload.filename or "", content)


def _shown(name: str | None) -> str:
    """The name as a person may be shown it: hidden characters are replaced, a long one is cut."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in name or "")[:60]
