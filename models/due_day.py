"""The last day of a clock that begins on a day, for pages and papers that name it without a deadline of the file."""

from datetime import date

from sqlalchemy.orm import Session

from models.calendar import WorkCalendar
from models.day_count import last_day
from models.deadlines import CLOCKS


def due_day(session: Session, centre_id: int, code: str, on: date) -> date:
    """By the clock's own length and the house's calendar, as its deadline is reckoned (民法典 art. 201–203).

    Raises LookupError for a clock without a length of its own.
    """
    length = CLOCKS[code].length
    if length is None:
        raise LookupError(f"{code} has no length of its own")
    return last_day(on, [length], WorkCalendar.of(session, centre_id).is_worked)
