"""Tables and rules of the centre. Nothing here knows of the web.

Importing this package knows every table, so that relationships by name find each other.
"""

from models import (  # noqa: F401
    agreement,
    answer,
    assignment,
    board,
    callout,
    category,
    centre,
    counter,
    dispute,
    division,
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
    reporting,
    room,
    screen,
    submission,
    unit,
    visit,
    whistle,
)
