"""What is finished keeps the hash of all it says: a changed word is found, whoever changed it."""

import hashlib

from models.base import Facts
from models.event import canonical


def frozen_hash(content: Facts) -> str:
    """SHA-256 over the content in one fixed writing. Instants go in as `clock.iso`."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
