"""The tap after scanning."""

from models.identity import phone_problem
from models.words import _
from web.forms import Checked, CreatingForm, Line


class ScanForm(CreatingForm):
    """报到 by QR: the officer is known already, or names himself beside the tap."""

    name = Line(_("Officer's name"), most=60)
    post = Line(_("Post"), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=20)
