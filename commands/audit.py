"""`flask audit`: whether the memory of the house is whole."""

from itertools import chain

import click
from flask import current_app
from flask.cli import with_appcontext

from commands.group import Group
from models.beginnings import lost_streams
from models.event import Break
from models.event import verify as verify_chain
from models.seal import broken_seal
from transaction import db


@click.group(cls=Group)
def audit() -> None:
    """The chain of events."""


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Read every event: `ok events=N streams=M`, or one `broken …` line per stream and exit 1."""
    whole, totals = True, (0, 0)
    sealer = current_app.extensions["sealer"]
    session = db.session()
    found = verify_chain(session, sealer.key("events")), lost_streams(session), broken_seal(session, sealer)
    for result in chain(*found):
        if isinstance(result, Break):
            whole = False
            event = result.event if result.event is not None else "-"
            click.echo(f"broken stream={result.stream} seq={result.seq} event={event} reason={result.reason}")
        else:
            totals = result
    if not whole:
        raise SystemExit(1)
    click.echo(f"ok events={totals[0]} streams={totals[1]}")
