"""Which matters of the court a house takes: asked once when it is new, and a setting ever after."""

import json
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.centre import Centre, Setting
from models.change import Change
from models.errors import Stale
from models.event_kinds import EventKind
from models.referral_course import MODE_SETTINGS, CourtMode
from models.words import _


def are_chosen(session: Session, centre: Centre) -> bool:
    """Whether the house has said it; until then it takes what is usual since 2025."""
    own = exists().where(Setting.centre_id == centre.id, Setting.name.in_(MODE_SETTINGS.values()))
    return bool(session.scalar(select(own)))


def modes_in_use(session: Session, centre: Centre) -> list[CourtMode]:
    return [mode for mode in CourtMode if centre.setting(session, MODE_SETTINGS[mode])]


def choose_modes(change: Change, centre: Centre, version: int, modes: Collection[CourtMode]) -> None:
    """The answer is kept even where it is the usual one, so that nobody is asked again."""
    change.lock(f"centre:{centre.id}", centre)
    if centre.version != version:
        raise Stale(_("Somebody else has changed this record in the meantime"))
    settings = centre.settings(change.session)
    if are_chosen(change.session, centre) and all(
        settings[name] == (mode in modes) for mode, name in MODE_SETTINGS.items()
    ):
        return
    for mode, name in MODE_SETTINGS.items():
        change.session.merge(Setting(centre_id=centre.id, name=name, value=json.dumps(mode in modes)))
    centre.version += 1
    chosen = [mode.value for mode in CourtMode if mode in modes]
    change.record(f"centre:{centre.id}", EventKind.CENTRE_CHOOSE_MODES, ("centre", centre.id), modes=chosen)
