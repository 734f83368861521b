"""The channels a person may manage."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from models.centre import Centre
from models.channel import MessageChannel
from models.sending import Delivery, deliveries
from security.identity import current
from security.permissions import Permission
from transaction import db


def own_centre() -> Centre:
    """The centre the person manages; 404 for whoever only works in it."""
    centre = current().centre
    paths = current().served_paths(Permission.CHANNEL_MANAGE)
    if centre is None or not any(centre.unit.path.startswith(path) for path in paths):
        raise NotFound
    return centre


def channels_of(centre: Centre) -> Select[tuple[MessageChannel]]:
    """Those in use first, those of the house before those of single units."""
    return (
        select(MessageChannel)
        .where(MessageChannel.centre_id == centre.id)
        .options(joinedload(MessageChannel.unit))
        .order_by(MessageChannel.is_active.desc(), MessageChannel.unit_id.is_not(None), MessageChannel.id)
    )


def newest_test(channel: MessageChannel) -> Delivery | None:
    """The last message sent to try it out."""
    tests = deliveries(db.session(), "channel", channel.id)
    return tests[-1] if tests else None
