"""The operator's commands: `scripts/flask COMMAND --help`."""

from flask import Flask

from commands import audit, centre, court, demo, docs, dossier, files, preflight, users, worker


def init_app(app: Flask) -> None:
    groups = (users.users, centre.centre, audit.audit, court.court, demo.demo, docs.docs, dossier.dossier, files.files)
    for group in groups:
        app.cli.add_command(group)
    app.cli.add_command(worker.worker)
    app.cli.add_command(preflight.preflight)
