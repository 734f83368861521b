"""A meeting by video 视频: a unit too far away joins through the link kept on the whistle; joining is its arrival."""

from urllib.parse import urlsplit

from models.callout import ArrivalMethod, Callout, Officer
from models.change import Change
from models.errors import TransitionNotAllowed
from models.words import _

LONGEST_LINK = 500


def meeting_link_problem(url: str) -> str | None:
    """Why this is no address of a meeting: it must be complete, encrypted and without a password of somebody's."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme != "https" or parts.username is not None or any(sign <= " " for sign in url):
        return _("Enter the complete link of the meeting, beginning with https://")
    return _("This link is too long") if len(url) > LONGEST_LINK else None


def join_meeting(change: Change, callout: Callout, officer: Officer | None) -> None:
    """加入视频: counts as the arrival; where codes wait for the desk, so does this. A second time changes nothing."""
    if not callout.whistle.video_url:
        raise TransitionNotAllowed(_("This whistle has no meeting by video"))
    waits = callout.dispute.centre.setting(change.session, "confirm_arrival")
    callout.arrive(change, ArrivalMethod.VIDEO, officer, is_doubtful=waits)
