"""How a deadline stands at a moment."""

from enum import StrEnum

from models.words import _


class Light(StrEnum):
    """How a deadline stands; text and shape, the colour only repeats it."""

    LATE = "late"
    SOON = "soon"
    FINE = "fine"
    STILL = "still"
    MET = "met"
    MET_LATE = "met_late"
    VOID = "void"


LIGHTS: dict[Light, str] = {
    Light.LATE: _("Overdue"),
    Light.SOON: _("Ends soon"),
    Light.FINE: _("In time"),
    Light.STILL: _("Standing still"),
    Light.MET: _("Kept"),
    Light.MET_LATE: _("Kept late"),
    Light.VOID: _("Without effect"),
}
