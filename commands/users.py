"""`flask users`: the first account of a new installation."""

import re

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from commands.group import Group
from models.actor import OPERATOR
from models.errors import RuleBroken
from models.person import USERNAME, Person, Role
from models.unit import Unit, UnitKind
from security.passwords import generated_password, hash_password
from transaction import db, transaction


@click.group(cls=Group)
def users() -> None:
    """Accounts."""


def usable(_context: click.Context, _option: click.Parameter, username: str) -> str:
    if not re.fullmatch(USERNAME, username):
        raise click.BadParameter("3 to 40 letters, digits, dots, dashes; begins with a letter")
    return username


@users.command("create-first")
@click.option("--username", required=True, callback=usable, help="User name of the first account")
@click.option("--name", default="安全管理员", show_default=True, help="Name shown on pages")
@click.option("--district", default="甘州区", show_default=True, help="Root unit, made when there is none yet")
@with_appcontext
def create_first(username: str, name: str, district: str) -> None:
    """Create the security administrator, who creates all others.

    Prints a one-time password; exit 1 if there are accounts already.
    """
    if db.session.scalar(select(func.count(Person.id))):
        click.echo("There are accounts already; the security administrator creates further ones.", err=True)
        raise SystemExit(1)
    password = generated_password()
    hashed = hash_password(password)
    try:
        with transaction(OPERATOR) as change:
            root = change.session.scalars(select(Unit).where(Unit.parent_id.is_(None))).first()
            root = root or Unit.create(change, None, UnitKind.DISTRICT, district)
            person = Person.create(change, username, name, hashed)
            person.grant(change, Role.SECURITY_ADMIN, root)
    except RuleBroken as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    click.echo(password)
