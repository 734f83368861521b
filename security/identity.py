"""Who is asking: a person signed in, an officer's link, a screen, or nobody."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, select

from models.actor import Actor, ActorKind
from models.callout import Callout
from models.centre import DEFAULTS, Centre
from models.court_import import CourtImport
from models.dispute import Dispute
from models.dispute_unit import has_part
from models.person import Person, SignIn
from models.referral import CourtReferral
from models.screen import Screen
from models.unit import Unit
from security.permissions import HOLDS, PARTS, ROLE_PERMISSIONS, Permission
from transaction import db

_NEAREST = (
    select(Centre)
    .join(Unit)
    .where(Unit.id.in_(bindparam("above", expanding=True)))
    .order_by(func.length(Unit.path).desc())
    .limit(1)
)


@dataclass
class Identity:
    """The asker and everything that follows from who it is; made once per request."""

    person: Person | None = None
    sign_in: SignIn | None = None
    callout: Callout | None = None
    # Every callout whose link this phone has opened, the newest first.
    linked: list[Callout] = field(default_factory=list)
    screen: Screen | None = None
    _paths: dict[Permission, list[str]] = field(default_factory=dict)

    @cached_property
    def actor(self) -> Actor:
        if self.person is not None:
            first = self.person.roles[0].unit_id if self.person.roles else None
            return Actor(ActorKind.USER, self.person.id, first)
        if self.callout is not None:
            return Actor(ActorKind.LINK, self.callout.id, self.callout.unit_id)
        if self.screen is not None:
            return Actor(ActorKind.DEVICE, self.screen.id)
        return Actor(ActorKind.RESIDENT)

    @property
    def somebody(self) -> Person:
        """The person who is signed in; only behind `@requires`, which has admitted one."""
        if self.person is None:
            raise LookupError("nobody is signed in")
        return self.person

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Every permission of every role held. A person without a role may still change the password."""
        if self.person is None:
            return frozenset()
        granted = (ROLE_PERMISSIONS[held.role] for held in self.person.roles)
        return frozenset({Permission.ACCOUNT_OWN}).union(*granted)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def paths(self, permission: Permission) -> list[str]:
        """Paths of the units for which this permission is held."""
        if permission not in self._paths:
            roles = self.person.roles if self.person is not None else []
            self._paths[permission] = sorted(
                {held.unit.path for held in roles if permission in ROLE_PERMISSIONS[held.role]}
            )
        return self._paths[permission]

    def served_paths(self, permission: Permission) -> list[str]:
        """Paths this permission manages: who manages the centre manages the units of the place it serves."""
        roles = self.person.roles if self.person is not None else []
        return sorted({held.unit.served_path for held in roles if permission in ROLE_PERMISSIONS[held.role]})

    def disputes(self, permission: Permission) -> Select[tuple[Dispute]]:
        """The disputes this permission reaches."""
        return Dispute.visible_to(self.paths(permission), PARTS.get(permission, HOLDS))

    def reaches(self, dispute_id: SQLColumnExpression[Any], permission: Permission) -> ColumnElement[bool]:
        """Whether this permission reaches the dispute of a row: one look per row, however many disputes there are."""
        return has_part(dispute_id, self.paths(permission), PARTS.get(permission, HOLDS))

    def referrals(self, permission: Permission) -> Select[tuple[CourtReferral]]:
        """The referrals of the person's own court or house."""
        return CourtReferral.visible_to(self.paths(permission))

    def court_imports(self, permission: Permission) -> Select[tuple[CourtImport]]:
        """The imports of the person's own court or house."""
        return CourtImport.visible_to(self.paths(permission))

    def callouts(self, permission: Permission) -> Select[tuple[Callout]]:
        """The callouts of the person's own units."""
        return Callout.addressed_to(self.paths(permission))

    @cached_property
    def centre(self) -> Centre | None:
        """The house the person works in: the centre of the nearest unit at or above a role's unit."""
        if self.screen is not None:
            return self.screen.centre
        if self.callout is not None:
            return self.callout.dispute.centre
        for held in self.person.roles if self.person is not None else []:
            above = [int(unit_id) for unit_id in held.unit.path.strip("/").split("/")]
            nearest = db.session.scalars(_NEAREST, {"above": above}).first()
            if nearest is not None:
                return nearest
        # A department stands beside the centre, not below it: the house of the district calls it.
        return db.session.scalars(select(Centre).order_by(Centre.id).limit(1)).first()

    @cached_property
    def settings(self) -> dict[str, Any]:
        """How that house wants things done, read once per request."""
        return self.centre.settings(db.session()) if self.centre else DEFAULTS

    def settings_of(self, centre: Centre) -> dict[str, Any]:
        """How a house wants things done; it is mostly the asker's own."""
        return self.settings if centre is self.centre else centre.settings(db.session())


def current() -> Identity:
    """The identity of this request; nobody until somebody was recognised."""
    if "identity" not in g:
        g.identity = Identity()
    return g.identity  # type: ignore[no-any-return]
