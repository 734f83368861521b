"""Files that no row wants any longer are taken out of the store, then their addresses out of the rows."""

from collections.abc import Iterable

from flask import current_app

from models.batch import BatchFile
from models.court_import import CourtImport
from security.files import FileStore
from transaction import db, writing


def discard(rows: Iterable[BatchFile | CourtImport]) -> None:
    """The files first: a worker that dies in between leaves an address, by which the next one finds nothing to do."""
    gone = [(type(row), row.id, row.address) for row in rows if row.address]
    db.session.rollback()
    store: FileStore = current_app.extensions["files"]
    for _table, _id, address in gone:
        store.discard(address)
    if gone:
        with writing() as session:
            for table, id_, _address in gone:
                session.get_one(table, id_).address = None
