"""`flask centre`: the house of a new installation."""

import csv
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from commands.group import Group
from models.actor import OPERATOR
from models.centre import Centre
from models.division import bring
from models.errors import RuleBroken
from models.unit import Unit, UnitKind
from seeds import lists
from transaction import db, transaction


@click.group(cls=Group)
def centre() -> None:
    """Centres."""


@centre.command("found")
@click.option("--name", required=True, help="Name of the centre, for example 甘州区综治中心")
@click.option("--code", required=True, help="Division code its numbers begin with, for example 620702")
@click.option("--prefix", required=True, help="Short name its numbers are spoken by, for example 甘综")
@with_appcontext
def found(name: str, code: str, prefix: str) -> None:
    """Found the centre of the district, with the holidays, kinds of disputes and case types every house begins with.

    The places of Ganzhou District come with it; those of another district are brought by `flask centre places`.

    Exit 1 without a district (`flask users create-first` makes it), or when name, code or prefix are taken.
    """
    district = db.session.scalars(select(Unit).where(Unit.parent_id.is_(None))).first()
    if district is None:
        raise click.ClickException("There is no district yet: flask users create-first makes it.")
    try:
        with transaction(OPERATOR) as change:
            unit = Unit.create(change, district, UnitKind.CENTRE, name)
            house = Centre.found(change, unit, code, prefix, name)
            lists.calendar(change, house)
            lists.case_types(change, house, lists.categories(change, house))
            if code in {place["code"] for place in lists.rows("divisions")}:
                bring(change, lists.rows("divisions"))
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"centre: {name}; its manager says which matters of the court are taken at the first visit")


@centre.command("places")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def places(file: Path) -> None:
    """Take in the townships, sub-districts and villages of FILE, a CSV in UTF-8, by their codes.

    \b
    Its first row is: code,parent_code,name,name_en,level,kind
    level is county, township or village. A place stands below the one it lies in.
    Exit 1 for a row that is no place, or a list without any; then none is taken in.
    """
    try:
        with transaction(OPERATOR) as change:
            count = bring(change, lists.listed(file))
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(f"{file} is no CSV written in UTF-8") from error
    click.echo(f"places: {count}")
