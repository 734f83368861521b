"""`flask centre`: the house of a new installation."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from models.actor import OPERATOR
from models.centre import Centre
from models.errors import RuleBroken
from models.unit import Unit, UnitKind
from seeds import lists
from transaction import db, transaction


@click.group()
def centre() -> None:
    """Centres."""


@centre.command("found")
@click.option("--name", required=True, help="Name of the centre, for example 甘州区综治中心")
@click.option("--code", required=True, help="Division code its numbers begin with, for example 620702")
@click.option("--prefix", required=True, help="Short name its numbers are spoken by, for example 甘综")
@with_appcontext
def found(name: str, code: str, prefix: str) -> None:
    """Found the centre of the district, with the kinds of disputes and the case types every house begins with.

    Exit 1 without a district (`flask users create-first` makes it), or when name, code or prefix are taken.
    """
    district = db.session.scalars(select(Unit).where(Unit.parent_id.is_(None))).first()
    if district is None:
        raise click.ClickException("There is no district yet: flask users create-first makes it.")
    try:
        with transaction(OPERATOR) as change:
            unit = Unit.create(change, district, UnitKind.CENTRE, name)
            house = Centre.found(change, unit, code, prefix, name)
            lists.case_types(change, house, lists.categories(change, house))
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"centre: {name}; its manager says which matters of the court are taken at the first visit")
