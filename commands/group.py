"""What the operator's groups of commands share: a sentence and exit 1 when the database cannot be used."""

import click
from sqlalchemy.exc import SQLAlchemyError

from models.errors import Busy


class Group(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            # The driver's own first line: the statement's parameters may be personal.
            words = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
            raise click.ClickException(f"the database cannot be used: {words}") from error
        except Busy as error:
            raise click.ClickException("the database is busy: try again in a moment") from error
