"""Tables and rules of the centre. Nothing here knows of the web.

Importing this package knows every table, so that relationships by name find each other.
"""

from models import (  # noqa: F401
    agreement,
    assignment,
    attendance,
    board,
    calendar,
    callout,
    category,
    centre,
    channel,
    counter,
    dispute,
    division,
    duty,
    event,
    hand_over,
    heartbeat,
    invitation,
    mediation,
    objection,
    outbox,
    party,
    person,
    presiding_body,
    room,
    screen,
    submission,
    unit,
    unit_answer,
    visit,
    whistle,
)
