"""`flask files`: whether the store of attachments and the rows that name them fit together."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from commands.group import Group
from models.attachment import Attachment
from models.batch import BatchFile
from models.court_import import CourtImport
from security.files import FileStore
from transaction import db

# A file is there before its row: a younger one may still be waiting for it.
PATIENCE = 24 * 60 * 60  # seconds


@click.group(cls=Group)
def files() -> None:
    """The files of attachments, batches and imports, kept beside the database."""


@files.command("reconcile")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@with_appcontext
def reconcile(dry_run: bool) -> None:
    """Remove files older than a day that no row names; name each row whose file is missing, and exit 1 then."""
    store: FileStore = current_app.extensions["files"]
    # The files first: one that is kept meanwhile is not looked at, its row is then known at worst too early.
    present = list(store.everything())
    named = _named()
    strays = [(path, age) for path, age in present if path.name not in named]
    old = [path for path, age in strays if age > PATIENCE]
    for path in old:
        click.echo(f"stray file={path.parent.name}/{path.name} {'kept' if dry_run else 'removed'}")
        if not dry_run:
            path.unlink(missing_ok=True)
    missing = {address: row for address, row in named.items() if not store.holds(address)}
    for row in missing.values():
        click.echo(f"missing {_told(row)}")
    click.echo(f"{'broken' if missing else 'ok'} rows={len(named)} files={len(present)} strays={len(old)} "
               f"young={len(strays) - len(old)} missing={len(missing)}")  # fmt: skip
    if missing:
        raise SystemExit(1)


@files.command("verify")
@with_appcontext
def verify() -> None:
    """Read every file that a row names: `ok files=N`, or one `broken …` line per file and exit 1. Needs no key."""
    store: FileStore = current_app.extensions["files"]
    named = _named()
    broken = [(address, row) for address, row in named.items() if not store.is_whole(address)]
    for address, row in broken:
        reason = "changed" if store.holds(address) else "missing"
        click.echo(f"broken {_told(row)} reason={reason}")
    if broken:
        raise SystemExit(1)
    click.echo(f"ok files={len(named)}")


Named = Attachment | BatchFile | CourtImport


def _named() -> dict[str, Named]:
    """Every address a row names, with the row; contents, previews, whole files of batches and tables alike."""
    rows = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()
    lying = db.session.scalars(select(BatchFile).where(BatchFile.address.is_not(None)).order_by(BatchFile.id)).all()
    tables = db.session.scalars(select(CourtImport).where(CourtImport.address.is_not(None))).all()
    named: dict[str, Named] = {one.address: one for one in (*lying, *tables) if one.address}
    return {address: row for row in rows for address in (row.address, row.preview_address) if address} | named


def _told(row: Named) -> str:
    if isinstance(row, CourtImport):
        return f"court-import={row.id}"
    if isinstance(row, BatchFile):
        return f"batch={row.batch_id} dispute={row.dispute_id} place={row.place}"
    return f"attachment={row.id} dispute={row.dispute_id} number={row.number}"
