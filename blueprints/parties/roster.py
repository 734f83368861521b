"""A group at once: the lines of a pasted list or of one card after another, looked at before they are taken in."""

import unicodedata
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext

from blueprints.parties import bp
from blueprints.parties.completion import editable
from blueprints.parties.forms import RosterForm
from models.bulk_entry import RosterProblem, RosterRow, roster, wedge_card
from models.clock import local_day
from models.completion import enrol
from models.dispute import Dispute
from models.identity import birth_of, sex_of
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.responses import page, see_other

MOST_PEOPLE = 300
LONGEST_NAME = 60
TOO_LONG = _("This name is too long.")


@bp.get("/disputes/<ref:reference>/roster")
@requires(Permission.DISPUTE_EDIT)
def new_roster(reference: str) -> Response:
    return _ask(editable(reference), RosterForm(), [], [])


@bp.post("/disputes/<ref:reference>/roster")
@requires(Permission.DISPUTE_EDIT)
def create_roster(reference: str) -> Response:
    """Shows what was understood, line by line; takes the people in when nothing is left to mend."""
    dispute, form = editable(reference), RosterForm()
    text = unicodedata.normalize("NFKC", form.people.data or "")
    rows, problems = roster(text, local_day(now()))
    problems += [RosterProblem(row["line"], TOO_LONG) for row in rows if len(row["name"]) > LONGEST_NAME]
    back = url_for("parties.edit_completion", reference=reference)
    if request.form.get("step") == "preview":
        return _ask(dispute, form, rows, problems)
    people = [_person(row, text.splitlines()) for row in rows]

    def take_in() -> None:
        with transaction(current().actor, form.submitted) as change:
            enrol(change, dispute, people)
            change.location = back

    if form.validate_on_submit() and (problems or len(rows) > MOST_PEOPLE):
        wrong = gettext("Mend the lines named below, then take the list in")
        form.people.errors = [wrong if problems else gettext("At most %(most)s people at once", most=MOST_PEOPLE)]
    elif form.accepts(take_in):
        return see_other(back)
    return _ask(dispute, form, rows, problems)


def _person(row: RosterRow, lines: list[str]) -> dict[str, Any]:
    """A row and what its line says besides: cards also name the ethnic group."""
    number, amount = row["id_number"], row["amount"]
    return {
        "name": row["name"],
        "id_number": number,
        "phone": row["phone"],
        "address": row["address"],
        "amount_fen": int(amount * 100) if amount is not None else None,
        "birth": birth_of(number),
        "sex": sex_of(number),
        "ethnic_group": wedge_card(lines[row["line"] - 1]).get("ethnic_group", ""),
    }


def _ask(dispute: Dispute, form: RosterForm, rows: list[RosterRow], problems: list[RosterProblem]) -> Response:
    told: dict[int, list[str]] = {}
    for problem in problems:
        told.setdefault(problem.line, []).append(gettext(problem.msgid))
    return page("parties/new_roster.html", form.status, dispute=dispute, form=form, rows=rows, problems=told)
