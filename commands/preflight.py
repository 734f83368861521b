"""`flask preflight`: whether this configuration may serve real people."""

import click


@click.command()
def preflight() -> None:
    """Exit 0 if it may. Otherwise the application refuses to start: one line per reason, exit 2."""
