"""Who does something: every change and every refusal names its actor."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    USER = "user"
    LINK = "link"
    DEVICE = "device"
    WORKER = "worker"
    OPERATOR = "operator"
    RESIDENT = "resident"


@dataclass(frozen=True)
class Actor:
    """A person signed in, an officer's link, a screen, the worker, the operator at the console, or a resident."""

    kind: ActorKind
    id: int | None = None
    unit: int | None = None


OPERATOR = Actor(ActorKind.OPERATOR)
WORKER = Actor(ActorKind.WORKER)
