"""Tables and rules of the centre. Nothing here knows of the web.

Importing this package knows every table, so that relationships by name find each other.
"""

from models import (  # noqa: F401
    agreement,
    assignment,
    back_entry,
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
    inquiry,
    invitation,
    mediation,
    objection,
    outage,
    outbox,
    party,
    person,
    preparation,
    presence,
    presiding_body,
    reserved_number,
    room,
    screen,
    submission,
    takeover,
    unit,
    visit,
    whistle,
)
