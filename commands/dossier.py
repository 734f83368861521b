"""`flask dossier`: whole files of disputes, for the archive and for whoever takes the house's data elsewhere."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import or_, select

from commands.group import Group
from models.actor import OPERATOR
from models.attachment import Attachment, attachments
from models.dispute import Dispute
from models.event_kinds import EventKind
from models.lifecycle import DisputeStatus
from models.sealed import SealBroken
from papers.bundle import appearing
from papers.press import PRESS, NotDrawn
from papers.reading import matter_of
from papers.volume import order
from security.files import FileGone, FileStore
from transaction import db, now, transaction

SETTLED = (DisputeStatus.CLOSED, DisputeStatus.ARCHIVED)
UNKNOWN, UNSETTLED, UNREADABLE, UNWRITABLE, UNDRAWN = 3, 4, 5, 6, 7


@click.group(cls=Group)
def dossier() -> None:
    """The whole file of a dispute."""


@dossier.command("list")
@click.option("--settled", is_flag=True, help="Only what is closed or archived.")
@with_appcontext
def list_numbers(settled: bool) -> None:
    """Print the number of each dispute, one a line, the oldest first."""
    rows = select(Dispute.number).order_by(Dispute.id)
    for number in db.session.scalars(rows.where(Dispute.status.in_(SETTLED)) if settled else rows):
        click.echo(number)


@dossier.command("export")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def export(number: str, file: Path) -> None:
    """Write the whole file of the settled dispute NUMBER as a ZIP; it is recorded.

    Ends with 3 when there is no such dispute, 4 when it is not settled, 5 when a file of its material is not whole,
    6 when FILE cannot be written, 7 when it cannot be drawn.
    """
    dispute = db.session.scalars(
        select(Dispute).where(or_(Dispute.number == number, Dispute.reference == number))
    ).one_or_none()
    if dispute is None:
        raise _end(f"no dispute has the number {number}", UNKNOWN)
    if dispute.status not in SETTLED:
        raise _end(f"{number} is not settled: close it first", UNSETTLED)
    store: FileStore = current_app.extensions["files"]
    matter = matter_of(db.session(), dispute, current_app.extensions["sealer"], now(),
                       is_demo=current_app.config["DEMO"])  # fmt: skip
    rows = attachments(db.session(), dispute)

    def read(one: Attachment) -> bytes:
        return store.read(one.uid, "content", one.address)

    stream, subject = dispute.stream, dispute.id
    try:
        with appearing(file) as into:  # it has its name when it is recorded, or never
            pages = PRESS.bind(order(matter, rows, read), "zip", into)
            with transaction(OPERATOR) as change:
                change.record(stream, EventKind.DOSSIER_EXPORT, ("dispute", subject), file="zip", pages=pages)
    except (FileGone, SealBroken) as error:
        raise _end(f"material of {number} is missing or changed: run flask files verify", UNREADABLE) from error
    except OSError as error:
        raise _end(f"{file} cannot be written: {error.strerror}", UNWRITABLE) from error
    except NotDrawn as error:
        raise _end(f"{number} cannot be drawn: {error.fault}", UNDRAWN) from error
    click.echo(f"ok number={number} pages={pages} bytes={file.stat().st_size}")


def _end(message: str, code: int) -> click.ClickException:
    error = click.ClickException(message)
    error.exit_code = code
    return error
