"""A new screen: which face, where it hangs."""

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectField

from models.room import Room
from models.screen import Face
from models.words import _
from web.forms import CreatingForm, Line, Needed
from web.labels import label
from web.language import named


class ScreenForm(CreatingForm):
    name = Line(_("Name"), Needed(_("Enter a name for this screen")), most=60)
    face = RadioField(lazy_gettext(_("Face")), coerce=Face, default=Face.WALL)
    room_id = SelectField(lazy_gettext(_("Room")), coerce=int, default=0)

    def __init__(self, rooms: Iterable[Room]) -> None:
        super().__init__()
        self.face.choices = [(face, label(face)) for face in Face]
        self.room_id.choices = [(0, gettext("No room")), *((room.id, named(room)) for room in rooms)]
