"""`/healthz` says ok, or which part is missing; nothing else."""

from datetime import timedelta

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from blueprints.health import bp
from models.heartbeat import last_beat
from security.access import public
from transaction import db, now

WORKER_SILENT = timedelta(seconds=30)


@bp.get("/healthz")
@public
def show_health() -> Response:
    state = health()
    return Response(state + "\n", 200 if state == "ok" else 503, mimetype="text/plain")


def health() -> str:
    """ok, or what is wrong: the database does not answer, its schema is another one, no worker yet, a silent worker."""
    try:
        if MigrationContext.configure(db.session.connection()).get_current_revision() != head():
            return "schema"
        beat = last_beat(db.session())
    except SQLAlchemyError:
        db.session.rollback()
        return "database"
    if beat is None:
        return "starting"
    return "ok" if now() - beat < WORKER_SILENT else "worker"


def head() -> str | None:
    config = current_app.extensions["migrate"].migrate.get_config()
    return ScriptDirectory.from_config(config).get_current_head()
