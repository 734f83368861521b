"""What the manager of a new house is asked first."""

from models.court_modes import are_chosen
from security.identity import current
from security.permissions import Permission
from transaction import db


def court_modes() -> bool:
    """Whether this person is to say which matters of the court the house takes."""
    centre, paths = current().centre, tuple(current().served_paths(Permission.CENTRE_MANAGE))
    if centre is None or not centre.unit.path.startswith(paths):
        return False
    return not are_chosen(db.session(), centre)
