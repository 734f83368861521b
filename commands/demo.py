"""`flask demo`: Ganzhou District with invented people."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from commands.group import Group
from models.centre import Centre
from seeds.court import load as load_court
from seeds.demo import load as load_demo
from transaction import db


@click.group(cls=Group)
def demo() -> None:
    """Demo data: places and units are public, people, numbers and telephones invented."""


@demo.command("load")
@with_appcontext
def load() -> None:
    """Load the demo into an empty database; a filled one is left as it is. Exit 2 in production."""
    if current_app.config["PRODUCTION"]:
        click.echo("Demo data are not loaded in production.", err=True)
        raise SystemExit(2)
    if db.session.scalar(select(func.count(Centre.id))):
        click.echo("demo: the database is not empty, nothing loaded")
        return
    count = load_demo(current_app.config["SETTINGS"].data_dir)
    matters = load_court()
    click.echo(f"demo: {count} accounts, log-ins in demo-logins.tsv; {matters} matters of the court")
