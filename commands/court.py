"""`flask court`: the house's table for matters of the court, and what a court's table holds."""

import json
from io import BytesIO
from pathlib import Path
from time import sleep
from typing import Any
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from commands.group import Group
from commands.importing import PART, Importing
from models.actor import OPERATOR
from models.centre import Centre
from models.clock import local_day
from models.court_check import Check, headings_of, rules_of
from models.court_columns import HEADINGS, CourtColumn, missing, proposed
from models.court_heading import remembered
from models.court_import import CourtImport, ImportState, KeptTable
from models.court_import_run import CHUNK
from models.errors import RuleBroken
from models.unit import Unit, UnitKind
from models.usual_mode import UsualMode
from papers.court_template import template as template_of
from security.inspection import Inspected
from security.tables import looked_at, opened
from transaction import db, now, transaction
from web.language import CHINESE, sentence

UNREADABLE, UNWRITABLE, UNCLEAR, NOT_TAKEN = 3, 4, 5, 6
PAUSE = 0.2
S = ImportState


@click.group(cls=Group)
def court() -> None:
    """Matters of the court, as tables."""


@court.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def template(file: Path) -> None:
    """Write the empty table to FILE, an XLSX. Ends with 4 when FILE cannot be written."""
    try:
        file.write_bytes(template_of())
    except OSError as error:
        raise _end(f"{file} cannot be written: {error.strerror}", UNWRITABLE) from error
    click.echo(f"ok file={file}")


@court.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would be taken; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON: read, accepted, refused.")
@click.option("--court", "name", help="Name of the court, where the house works with several.")
@click.option("--mode", type=click.Choice(["assigned", "ordinary", "summary"]), help="For rows that do not say it.")
@with_appcontext
def import_(file: Path, name: str | None, mode: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Look through the table FILE (XLSX or CSV) and take every row that can be taken, all of them or none.

    Ends with 3 when FILE cannot be read as a table, 5 when it is unclear which court or column is meant, 6 when
    nothing was taken because something changed meanwhile.
    """
    centre, sender, usual = _house(), _court(name), UsualMode(mode or "")
    try:
        with force_locale(CHINESE):
            found, result = _read(file, centre, sender, usual)
    except click.ClickException as error:
        if as_json:
            whole = {"row": None, "column": None, "reason": error.message}
            click.echo(json.dumps({"read": 0, "accepted": 0, "refused": [whole]}, ensure_ascii=False))
        raise
    if not dry_run and result["accepted"]:
        _take(found, centre, sender, usual)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for one in result["refused"]:
        click.echo(f"row={one['row']} column={one['column'] or '-'} {one['reason']}")
    click.echo(f"ok read={result['read']} accepted={result['accepted']} dry_run={'yes' if dry_run else 'no'}")


def _read(file: Path, centre: Centre, sender: Unit, usual: UsualMode) -> tuple[Inspected, dict[str, Any]]:
    try:
        content = file.read_bytes()
        found = looked_at(file.name, content)
        return found, _looked_through(content, found.media_type, centre, sender, usual)
    except OSError as error:
        raise _end(f"{file} cannot be read: {error.strerror}", UNREADABLE) from error
    except RuleBroken as error:
        raise _end(sentence(error), UNREADABLE) from error


def _looked_through(content: bytes, media_type: str, centre: Centre, sender: Unit,
                    usual: UsualMode) -> dict[str, Any]:  # fmt: skip
    """What would be taken, and every fault with its place. Raises RuleBroken for the file as a whole."""
    session, read, accepted = db.session(), 0, 0
    refused: list[dict[str, Any]] = []
    with opened(BytesIO(content), media_type) as rows:
        heading_row, headings = headings_of(rows)
    places = proposed(headings, remembered(session, centre.id, sender.id))
    lacking = missing(places, usual.value)
    if lacking == [CourtColumn.MODE]:
        raise _end(f"no column says {HEADINGS[CourtColumn.MODE][0]}: name the mode of all rows with --mode", UNCLEAR)
    if lacking:
        named = "、".join(HEADINGS[column][0] for column in lacking)
        raise _end(f"unclear which column is {named}: import it once on the page, which remembers it", UNCLEAR)
    check = Check(centre.id, heading_row, rules_of(session, centre, headings, places, usual, local_day(now())))
    with opened(BytesIO(content), media_type) as rows:
        for lines in check.chunks(rows, CHUNK):
            chunk = check.through(session, lines)
            read, accepted = read + chunk.read, accepted + len(chunk.rows)
            refused += ({"row": found.row, "column": HEADINGS[found.column][0] if found.column else None,
                         "reason": sentence(found.fault)} for found in chunk.findings)  # fmt: skip
    return {"read": read, "accepted": accepted, "refused": refused}


def _take(found: Inspected, centre: Centre, sender: Unit, usual: UsualMode) -> None:
    """The way of the page: ordered, looked through, approved, released; a running worker may do some of it."""
    uid, store = uuid4().hex, current_app.extensions["files"]
    address = store.keep_long(uid, PART, BytesIO(found.content))
    kept = KeptTable(uid, found.name, found.media_type, len(found.content), found.sha256, address)
    with transaction(OPERATOR) as change:
        import_id = CourtImport.order(change, centre, sender, kept, usual).id
    if _went_on(import_id) is S.CHECKED:
        with transaction(OPERATOR) as change:
            row = change.session.get_one(CourtImport, import_id)
            row.approve(change, row.version)
    if _went_on(import_id) is not S.RELEASED:
        raise _end("nothing was taken: something has changed meanwhile, import it again", NOT_TAKEN)


def _went_on(import_id: int) -> ImportState:
    """Until the worker, this one or a running one, has come to its end."""
    importing = Importing(current_app._get_current_object())  # type: ignore[attr-defined]
    while True:
        db.session.rollback()
        state = db.session.get_one(CourtImport, import_id, populate_existing=True).state
        if state not in (S.READING, S.WRITING):
            return state
        if not importing.step():
            sleep(PAUSE)


def _house() -> Centre:
    centre = db.session.scalars(select(Centre).order_by(Centre.id).limit(1)).first()
    if centre is None:
        raise _end("there is no centre yet", UNCLEAR)
    return centre


def _court(name: str | None) -> Unit:
    known = select(Unit).where(Unit.kind == UnitKind.COURT, Unit.is_active).order_by(Unit.sort_key)
    found = [unit for unit in db.session.scalars(known) if name in (None, unit.name)]
    if len(found) != 1:
        raise _end("name the court with --court" if found else "there is no such court", UNCLEAR)
    return found[0]


def _end(message: str, code: int) -> click.ClickException:
    error = click.ClickException(message)
    error.exit_code = code
    return error
